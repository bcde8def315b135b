from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.catalogue.highlight import spans
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
