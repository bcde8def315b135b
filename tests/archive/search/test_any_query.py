"""Show 5: any text as a query finds something or nothing, soon and without an error, in every verb that takes one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent

_PARTS = [
    "péče", "NEAR(", ")", "péče služba, 2", '"', "„", "-", "*", "^", "NEBO", "OR", "AND", "NOT", "{meta}:", "title:",
    "skupina:", 'skupina:"', "rok:", "rok:0000..99999", "datum:99.99.9999", "datum:..2019", "-rok:2019", "druh:x",
    "stav:sken", "štítek:,", "uložené:nic", "39/18", "16. 1. 2020", "\0", "\ud800", "\U0010ffff", "e\u0301", "k1", "'",
    ";", "%", "\\", "\u00ad", "+", "č.", "1-1-1",
]  # fmt: skip
_ANY = st.text(st.characters(exclude_categories=()), max_size=40)
_QUERIES = (
    _ANY | st.lists(st.sampled_from(_PARTS) | _ANY, max_size=8).map(" ".join) | st.text(max_size=40).map('"'.join)
)

LONG = {
    "one word": "péče " * 10_000,
    "ten thousand words": " ".join(f"slovo{number}" for number in range(10_000)),
    "alternatives": " NEBO ".join(["péče", "služba"] * 5_000),
    "exclusions": "-péče " * 10_000,
    "a phrase": '"' + "péče služba " * 5_000 + '"',
    "a megabyte without a blank": "a" * 1_000_000,
    "joined": "a-" * 50_000,
    "beginnings": "p* " * 5_000,
    "quotes": '"' * 100_000,
    "filters": "rok:2020 " * 5_000,
    "years": "rok:" + ",".join(map(str, range(5_000))),
    "days": "1. 1. 2020 " * 3_000,
    "accents": "e" + "\u0301" * 100_000,
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two documents; nothing here changes them."""
    folder = tmp_path_factory.mktemp("any query")
    for name, text in (("Zápis PS Péče 16. 1. 2020", "Péče o seniory, služba 39/18."), ("Pozvánka 2019", "K věci.")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPSS_DATA_DIR", str(folder / "data"))
        with create_archive(folder / "Archiv", (("Péče", GroupKind.WORKING),)) as made:
            file_intake(made, plan_intake(made, sorted(folder.glob("*.txt")), silent), silent)
            index_pending(made)
            yield made


def ask_everything(archive: Archive, text: str) -> None:
    """Ask in every way; what is found must agree."""
    for live in (False, True):
        for shelf in (Shelf(), Shelf(year=2020), Shelf(trashed=True)):
            page = searching.find(archive, text, shelf=shelf, live=live)
            ids = searching.ids_of(archive, text, shelf=shelf, live=live)
            facets = searching.facets(archive, text, shelf=shelf, live=live)
            assert {one.document.id for one in page.found} == set(ids)
            assert page.total == len(ids) == sum(facets.kinds.values())
    light = searching.light(archive, text)
    assert light is None or light.places("") == []
    searching.suggestion(archive, text)
    assert isinstance(searching.as_text(archive, text, Shelf(year=2020)), str)


@settings(max_examples=60)
@given(text=_QUERIES)
def test_any_text_is_a_query(archive: Archive, text: str) -> None:
    ask_everything(archive, text)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_very_long_text_is_a_query(archive: Archive, text: str) -> None:
    ask_everything(archive, text)


def test_of_a_very_long_text_the_beginning_is_looked_for(archive: Archive) -> None:
    assert searching.ids_of(archive, "péče " + "seniory " * 1_000)
    assert searching.ids_of(archive, "nesmyslxyz " + "seniory " * 1_000) == []
