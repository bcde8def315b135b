"""Whatever a clerk does, takes back and makes again: the index is the one that would be made afresh."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis.stateful import run_state_machine_as_test

from kpss_desktop.archive import editing, undo
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import saving, searching
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.errors import NameTaken, NothingToRedo, NothingToUndo
from kpss_desktop.model import Dated, Kind, PartialDate
from tests.index_content import require_as_made_afresh
from tests.torture import work
from tests.torture.any_index import AnyIndex
from tests.torture.any_order import trials

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

TEXTS = (
    "Pečovatelská služba a dluhy.",
    "O dotacích na rok 2020.",
    "Dům s pečovatelskou službou, DPS.",
    "",
    "Péče 39/18",
)
TYPED = (
    "služba",
    "dluh",
    "dotace",
    "DPS",
    '"pečovatelská služba"',
    "zápis",
    "k věci",
    "rozpočet",
    "16. 1. 2020",
    "39/18",
)
STEPS = 25


def found(desk: Desk) -> dict[str, set[str]]:
    """What each of some searches finds, also in the trash."""
    return {
        f"{typed} {trashed}": set(searching.ids_of(desk.archive, typed, shelf=Shelf(trashed=trashed)))
        for typed in TYPED
        for trashed in (False, True)
    }


def change(desk: Desk, chance: random.Random, inbox: Path, number: int) -> None:
    """One thing a clerk may do."""
    ids = all_ids(desk.archive.catalogue.db)
    some = chance.sample(ids, min(len(ids), chance.randint(1, 2)))
    date = Dated(PartialDate(chance.choice((2019, 2020)), 1, 16))
    verbs: list[Any] = [
        lambda: desk.take(_written(inbox, chance, number)),
        lambda: editing.edit(desk.archive, some, Edit(title=chance.choice(("Rozpočet", "Zápis")), dated=date)),
        lambda: editing.edit(desk.archive, some, Edit(note=chance.choice(("k věci", "")), kind=Kind.PLAN)),
        lambda: editing.edit(desk.archive, some, Edit(groups=("prevence",))),
        lambda: editing.tag(desk.archive, some, "důležité"),
        lambda: editing.rename(desk.archive, some[0], f"Rozpočet {number}"),
        lambda: editing.trash(desk.archive, some),
        lambda: editing.restore(desk.archive, some),
        lambda: saving.set_synonyms(desk.archive, [("dluh", "dotace")] if chance.random() < 0.5 else []),
        lambda: undo.undo(desk.archive),
        lambda: undo.undo(desk.archive),
        lambda: undo.redo(desk.archive),
        lambda: index_pending(desk.archive),
    ]
    verb = chance.choice(verbs) if ids else verbs[0]
    try:
        verb()
    except (NameTaken, NothingToUndo, NothingToRedo):
        return


def _written(inbox: Path, chance: random.Random, number: int) -> Path:
    path = inbox / f"Zápis PS Péče {number + 1}. 1. 2020.txt"
    path.write_text(f"{chance.choice(TEXTS)} {number}", encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(4))
def test_any_changes_leave_the_index_equal_to_one_made_afresh(desk: Desk, inbox: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(STEPS):
        change(desk, chance, inbox, number)
    index_pending(desk.archive)
    answers = found(desk)
    assert any(answers.values())
    assert require_as_made_afresh(desk.archive.catalogue.db)
    assert found(desk) == answers


@pytest.mark.skipif(sys.platform == "win32", reason="its worlds lie in a folder of POSIX systems")
def test_any_order_of_changes_readings_and_undoing_leaves_the_index_as_one_made_afresh(tmp_path: Path) -> None:
    """The long form is in tests/torture."""

    class Here(AnyIndex):
        original = work.made(tmp_path / "original", documents=6, more=6)
        here = tmp_path / "here"

    run_state_machine_as_test(Here, settings=trials(8, 20, always_the_same=True))
    assert Here.rows


def test_each_hit_is_lit_and_what_is_lit_is_a_hit(desk: Desk, inbox: Path) -> None:
    for number in range(12):
        _written(inbox, random.Random(number), number)
    desk.take(inbox)
    index_pending(desk.archive)
    for typed in TYPED:
        page = searching.find(desk.archive, typed)
        light = searching.light(desk.archive, typed)
        hits = {one.document.id for one in page.found}
        if light is None:
            assert hits == set()  # no document holds such a word at all
            continue
        assert hits == {
            document.id
            for document in desk.documents()
            if any(light.places(text) for text in (document.title, _text(desk, document.file.sha256)))
        }
        assert all(one.spans or one.title_spans for one in page.found)


def _text(desk: Desk, sha256: str) -> str:
    row = desk.archive.catalogue.db.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return str(row[0])
