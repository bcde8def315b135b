"""Synonyms, and what was perhaps meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpss_desktop.catalogue.highlight import spans
from kpss_desktop.catalogue.plan import plan
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.suggest import suggestions
from kpss_desktop.catalogue.synonyms import load_synonyms, save_synonyms
from kpss_desktop.czech.language import LANGUAGE

if TYPE_CHECKING:
    from tests.catalogue.conftest import Shelf

FAMILIES = (("DPS", "dům s pečovatelskou službou", "pečovatelák"), ("ÚP", "úřad práce"))


@pytest.fixture
def houses(shelf: Shelf) -> Shelf:
    shelf.put("short", "Jednání se koná v DPS.")
    shelf.put("long", "V domě s pečovatelskou službou je volno, dům byl opraven.")
    shelf.put("apart", "Dům má zahradu. S paní jednala služba, a to pečovatelská.")
    shelf.put("work", "Odpověď z úřadu práce.")
    with shelf.catalogue.transaction():
        save_synonyms(shelf.db, FAMILIES)
    return shelf


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dps", {"short", "long"}),
        ("domy s pečovatelskou službou", {"short", "long", "apart"}),
        ("dps opravit", {"long"}),
        ("ÚP", {"work"}),
        ("dps NEBO práce", {"short", "work"}),
        ('"DPS"', {"short"}),
        ('"dům s pečovatelskou službou"', {"long"}),
        ("-dps dům", {"long", "apart"}),
    ],
)
def test_either_way_of_saying_finds_the_other(houses: Shelf, typed: str, expected: set[str]) -> None:
    assert set(houses.found(typed)) == expected


def test_the_other_way_of_saying_is_lit(houses: Shelf) -> None:
    houses.follow()
    text = "V domě s pečovatelskou službou je volno."
    lit = spans(text, plan(houses.db, LANGUAGE, parse("dps")))
    assert [text[start:end] for start, end in lit] == ["domě", "s", "pečovatelskou", "službou"]


def test_the_word_being_typed_stays_the_unfinished_one(houses: Shelf) -> None:
    assert set(houses.found("dps op", live=True)) == {"long"}


def test_the_list_is_kept(houses: Shelf) -> None:
    assert {frozenset(family) for family in load_synonyms(houses.db)} == {frozenset(family) for family in FAMILIES}
    save_synonyms(houses.db, [("ÚP", "úřad práce", "?"), ("samo",), ()])
    assert load_synonyms(houses.db) == (("ÚP", "úřad práce"),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pečovatelka sluzby", None),
        ("odlehčovcí služba", "odlehčovací služba"),
        ("odlehcovaic", "odlehčovací"),
        ("vbýor", "výbor"),
        ("pečovatlka odlehčovcí", "pečovatelka odlehčovací"),
        ("vhbor", "výbor"),
        ("vábor rok:2019", "výbor rok:2019"),
        ("tdlehčovací", "odlehčovací"),
        ('"odlehčovcí služba"', '"odlehčovací služba"'),
        ("služba", None),
        ("služba -odlehčovcí", None),
        ("xyzzyqwert", None),
        ("slu*", None),
        ("", None),
    ],
)
def test_did_you_mean(shelf: Shelf, typed: str, expected: str | None) -> None:
    shelf.put("one", "odlehčovací služba a výbor, pečovatelka")
    shelf.put("two", "vábit")
    shelf.follow()
    found = next(suggestions(shelf.db, LANGUAGE, parse(typed)), None)
    assert (None if found is None else str(found)) == expected
