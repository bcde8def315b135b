from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.catalogue.highlight import Snippet, snippet, spans
from kpss_desktop.catalogue.plan import plan
from kpss_desktop.catalogue.query import parse
from kpss_desktop.czech.language import LANGUAGE

if TYPE_CHECKING:
    from tests.catalogue.conftest import Shelf


def lit(shelf: Shelf, query: str, text: str, *, live: bool = False) -> list[str]:
    shelf.follow()
    return [text[start:end] for start, end in spans(text, plan(shelf.db, LANGUAGE, parse(query), live=live))]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Pečovatelské služby a služebna.", "pečovatelská služba", ["Pečovatelské", "služby"]),
        ("O péči se peče.", "péče", ["péči"]),
        ("O péči se peče.", "peci*", ["péči"]),
        ("Usnesení 07/08/7/1, 7/1 a 08.", "07/08/7/1", ["07", "08", "7", "1"]),
        ("Rada města a město rady; rada, město.", '"rada města"', ["Rada", "města", "rada", "město"]),
        ("soci\u00adální slu\u00adžby", "sociální služba", ["soci\u00adální", "slu\u00adžby"]),
        ("vý-\nbor se sešel, soci-\r\n  ální", "výbor sociální", ["vý-\nbor", "soci-\r\n  ální"]),
        (unicodedata.normalize("NFD", "řešení dluhů"), "dluh", [unicodedata.normalize("NFD", "dluhů")]),
        ("zapis_2020_pece", "pece", ["pece"]),
        ("nic takového", "péče", []),
        ("péče bez dotace", "péče -dotace", ["péče"]),
    ],
)
def test_what_was_searched_for_is_lit(shelf: Shelf, text: str, query: str, expected: list[str]) -> None:
    shelf.put("one", text)
    assert lit(shelf, query, text) == expected


def test_many_forms_light_as_few_do(shelf: Shelf) -> None:
    text = " ".join(f"slovo{i}a" for i in range(100)) + " jiné"
    shelf.put("one", text)
    assert lit(shelf, "slovo*", text) == text.split()[:-1]


def test_a_snippet_is_cut_around_the_most_different_words() -> None:
    text = "služba " + "x " * 200 + "odlehčovací   služba\n\tv Roudnici " + "y " * 200
    words = ("služba", "odlehčovací")
    found = sorted((i, i + len(word)) for word in words for i in range(len(text)) if text.startswith(word, i))
    lines = snippet(text, found, width=100)
    shown, places = lines.text, lines.spans
    assert [shown[start:end] for start, end in places] == ["odlehčovací", "služba"]
    assert "odlehčovací služba v Roudnici" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 102


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("  Zápis\nz jednání ", [(2, 7)]) == Snippet("Zápis z jednání", [(0, 5)])
    assert snippet("", []) == Snippet("", [])
    assert snippet("a" * 500, []).text == "a" * 160 + "…"


def test_long_texts_show_their_first_hits_whole(shelf: Shelf) -> None:
    filler = "slovo " * 300
    texts = {
        "early": "péče " + filler,
        "edge": "slovo " * 16_600 + "péče o péči a péče " + filler,
        "late": "slovo " * 20_000 + "péče " + filler,
    }
    for name, text in texts.items():
        shelf.put(name, text)
    hits = {hit.document_id: hit for hit in shelf.search("péče").hits}
    assert {name: [hit.snippet[start:end] for start, end in hit.spans] for name, hit in hits.items()} == {
        "early": ["péče"],
        "edge": ["péče", "péči", "péče"],
        "late": ["péče"],
    }
    assert all(hit.snippet.endswith("…") for hit in hits.values())
