"""Saved searches, synonyms and typed days: kept in archive.json, undone like any change, understood in every verb."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import saving, searching
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.undo import next_undo, redo, undo
from kpss_desktop.catalogue import fulltext, index_entries
from kpss_desktop.catalogue.scope import meta_tokens
from kpss_desktop.czech.abbreviations import USUAL_SYNONYMS
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.errors import BadValue, NameTaken, NoSuchSearch
from kpss_desktop.model import Kind, SavedSearch
from kpss_desktop.records import facts_path, read_facts

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

TEXTS = {
    "Zápis PS Péče 16. 1. 2020.txt": "O dotacích na odlehčovací službu.",
    "Zápis PS Péče 6. 3. 2020.txt": "Minule, 16. ledna 2020, se mluvilo o dluzích. DPS je plný.",
    "Zápis PS Prevence 2. 2. 2019.txt": "Dotace na dům s pečovatelskou službou.",
    "Zápis ŘS 5. 5. 2019.txt": "Smlouva č. 16 z 1. června 2020.",
}


@pytest.fixture
def filled(desk: Desk, inbox: Path) -> Desk:
    for name, text in TEXTS.items():
        (inbox / name).write_text(text, encoding="utf-8")
    desk.take(inbox)
    index_pending(desk.archive)
    return desk


def found(desk: Desk, text: str, shelf: Shelf | None = None) -> list[str]:
    page = searching.find(desk.archive, text, shelf=shelf or Shelf())
    assert page.total == len(page.found)
    ids = searching.ids_of(desk.archive, text, shelf=shelf or Shelf())
    assert {one.document.id for one in page.found} == set(ids)
    return [one.document.title.removeprefix("Zápis ") for one in page.found]


def test_a_search_is_saved_renamed_and_forgotten(filled: Desk) -> None:
    made = saving.save_search(filled.archive, '  Dotace  "obcí" ', "dotace   rok:2020")
    assert made == SavedSearch("Dotace obcí", "dotace rok:2020")
    saving.save_search(filled.archive, "Čas", "čas")
    saving.save_search(filled.archive, "DOTACE OBCI", "dotace")
    assert saving.searches(filled.archive) == (SavedSearch("Čas", "čas"), SavedSearch("DOTACE OBCI", "dotace"))
    with pytest.raises(NameTaken):
        saving.rename_search(filled.archive, "čas", "Dotace obci")
    saving.rename_search(filled.archive, "cas", "ČAS")
    saving.delete_search(filled.archive, "dotace obcí")
    assert saving.searches(filled.archive) == (SavedSearch("ČAS", "čas"),)
    for name, text in ((" ", "x"), ("x", " "), ("x", "?!")):
        with pytest.raises(BadValue):
            saving.save_search(filled.archive, name, text)
    with pytest.raises(NoSuchSearch):
        saving.delete_search(filled.archive, "nikdy")


def test_it_is_kept_in_the_folder_and_undone(filled: Desk) -> None:
    before = state_digest(filled.archive)
    saving.save_search(filled.archive, "Dotace", "dotace")
    saving.set_synonyms(filled.archive, [("DPS", "pečovatelák")])
    after = state_digest(filled.archive)
    step = next_undo(filled.archive)
    assert step is not None
    assert step.label == "synonyms"
    assert read_facts(filled.folder).searches == (SavedSearch("Dotace", "dotace"),)
    undo(filled.archive)
    undo(filled.archive)
    assert state_digest(filled.archive) == before
    assert read_facts(filled.folder).searches == ()
    assert read_facts(filled.folder).synonyms == saving.synonyms(filled.archive)
    redo(filled.archive)
    redo(filled.archive)
    assert state_digest(filled.archive) == after
    filled.forget()
    assert state_digest(filled.archive) == after
    assert saving.synonyms(filled.archive) == (("DPS", "pečovatelák"),)


def test_what_a_later_program_wrote_beside_stays(filled: Desk) -> None:
    path = facts_path(filled.folder)
    data = json.loads(path.read_text(encoding="utf-8"))
    data |= {"colours": {"a": [1]}, "searches": [{"name": "A", "query": "a", "icon": "star"}, {"name": 5}, 7]}
    path.write_text(json.dumps(data), encoding="utf-8")
    filled.reopen()
    assert saving.searches(filled.archive) == (SavedSearch("A", "a"),)
    saving.save_search(filled.archive, "B", "b")
    assert json.loads(path.read_text(encoding="utf-8"))["colours"] == {"a": [1]}
    assert filled.problems() == []


def test_an_archive_starts_with_the_usual_synonyms(filled: Desk) -> None:
    usual = {frozenset(family) for family in USUAL_SYNONYMS}
    assert {frozenset(family) for family in saving.synonyms(filled.archive)} == usual
    assert found(filled, "dps") == ["PS Péče 6. 3. 2020", "PS Prevence 2. 2. 2019"]
    saving.set_synonyms(filled.archive, [])
    assert found(filled, "dps") == ["PS Péče 6. 3. 2020"]
    filled.forget()
    assert saving.synonyms(filled.archive) == ()


def test_saved_searches_are_understood_wherever_a_search_is(filled: Desk) -> None:
    saving.save_search(filled.archive, "Dotace", "dotace")
    saving.save_search(filled.archive, "Loni", "rok:2019")
    saving.save_search(filled.archive, "Dotace loni", 'uložené:Dotace uložené:"loni"')
    assert found(filled, "uložené:Dotace") == ["PS Péče 16. 1. 2020", "PS Prevence 2. 2. 2019"]
    assert found(filled, "ulozene:dotace odlehčovací") == ["PS Péče 16. 1. 2020"]
    assert found(filled, 'saved:"dotace LONI"') == ["PS Prevence 2. 2. 2019"]
    assert found(filled, "-uložené:Dotace rok:2020") == ["PS Péče 6. 3. 2020"]
    assert len(found(filled, "uložené:Dotace,Loni")) == 3
    assert found(filled, "uložené:nikdy") == []
    assert len(found(filled, "-uložené:nikdy")) == 4
    assert found(filled, "zápis", Shelf(query="uložené:Loni")) == ["ŘS 5. 5. 2019", "PS Prevence 2. 2. 2019"]
    (hit, *_) = searching.find(filled.archive, "", shelf=Shelf(query="uložené:Dotace")).found
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["dotacích"]


def test_a_search_that_looks_for_itself_finds_nothing_and_ends(filled: Desk) -> None:
    saving.save_search(filled.archive, "A", "uložené:B zápis")
    saving.save_search(filled.archive, "B", "uložené:A")
    saving.save_search(filled.archive, "C", "-uložené:C,A")
    assert found(filled, "uložené:A") == []
    assert len(found(filled, "uložené:C")) < 5


@pytest.mark.parametrize(
    "typed", ["16. 1. 2020", "16.1.2020", "16 1 2020", "16.1. 2020", "16. ledna 2020", "2020-01-16"]
)
def test_a_typed_day_finds_its_documents_and_the_texts_that_name_it(filled: Desk, typed: str) -> None:
    assert found(filled, typed) == ["PS Péče 16. 1. 2020", "PS Péče 6. 3. 2020"]
    assert found(filled, f"{typed} dluh") == ["PS Péče 6. 3. 2020"]
    assert found(filled, f"dotace {typed}") == ["PS Péče 16. 1. 2020"]


@pytest.mark.parametrize("typed", ["leden 2020", "LEDNA 2020", "lednu 2020 rok:2020"])
def test_a_typed_month_finds_its_documents_and_the_texts_that_name_it(filled: Desk, typed: str) -> None:
    assert found(filled, typed) == ["PS Péče 16. 1. 2020", "PS Péče 6. 3. 2020"]


def test_a_month_without_its_year_stays_a_word(filled: Desk) -> None:
    assert found(filled, "únor 2019") == ["PS Prevence 2. 2. 2019"]
    assert found(filled, "ledna") == ["PS Péče 6. 3. 2020"]
    assert found(filled, '"únor" 2019') == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zápis od 2020", ["PS Péče 6. 3. 2020", "PS Péče 16. 1. 2020"]),
        ("do roku 2019", ["ŘS 5. 5. 2019", "PS Prevence 2. 2. 2019"]),
        ("od:5. 5. 2019 do:leden 2020", ["PS Péče 16. 1. 2020", "ŘS 5. 5. 2019"]),
        ("skupina:pre nebo skupina:řídící", ["ŘS 5. 5. 2019", "PS Prevence 2. 2. 2019"]),
        ("dotace skupina:p rok:201", ["PS Prevence 2. 2. 2019"]),
        ("dotace NOT skupina:péče", ["PS Prevence 2. 2. 2019"]),
    ],
)
def test_time_and_groups_are_told_in_many_ways(filled: Desk, typed: str, expected: list[str]) -> None:
    assert found(filled, typed) == expected


def test_what_is_no_day_stays_words(filled: Desk) -> None:
    assert found(filled, "31. 2. 2020") == []
    assert found(filled, '"16. 1. 2020"') == ["PS Péče 16. 1. 2020"]
    assert found(filled, "16 června 2020") == []
    assert found(filled, "16 1") == ["PS Péče 16. 1. 2020", "ŘS 5. 5. 2019"]


def test_a_search_within_chosen_documents(filled: Desk) -> None:
    ids = tuple(searching.ids_of(filled.archive, "rok:2020"))
    assert found(filled, "dotace", Shelf(among=ids)) == ["PS Péče 16. 1. 2020"]
    assert len(found(filled, "", Shelf(among=ids))) == 2
    assert found(filled, "", Shelf(among=ids, year=2019)) == []


def test_a_place_is_put_in_words(filled: Desk) -> None:
    shelf = Shelf(group="pece", year=2020, kinds=(Kind.MINUTES,), tag="a b")
    text = searching.as_text(filled.archive, "dotace rok:2020", shelf)
    assert text == 'dotace rok:2020 skupina:Péče druh:minutes štítek:"a b"'
    assert searching.as_text(filled.archive, "dotace") == "dotace"


def test_what_was_perhaps_meant(filled: Desk) -> None:
    assert searching.suggestion(filled.archive, "odlehčovcí") == "odlehčovací"
    assert searching.suggestion(filled.archive, "odlehčovací 16. 1. 2020") is None
    assert searching.suggestion(filled.archive, "odlehčovcí rok:2020") == "odlehčovací rok:2020"


def test_nothing_is_suggested_that_finds_nothing_here(filled: Desk) -> None:
    assert searching.suggestion(filled.archive, "odlehčovcí rok:2019") is None
    assert searching.suggestion(filled.archive, "odlehčovcí", shelf=Shelf(year=2019)) is None
    assert searching.suggestion(filled.archive, "smlouav", shelf=Shelf(year=2019)) == "Smlouva"
    assert searching.suggestion(filled.archive, "smlouav", shelf=Shelf(year=2020)) is None


def test_nothing_is_suggested_for_what_finds_something(filled: Desk) -> None:
    assert found(filled, "smlouvy nebo odlehčovcí")
    assert searching.suggestion(filled.archive, "smlouvy nebo odlehčovcí") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("datum:2020", ["PS Péče 6. 3. 2020", "PS Péče 16. 1. 2020"]),
        ("datum:2019-03..", ["PS Péče 6. 3. 2020", "PS Péče 16. 1. 2020", "ŘS 5. 5. 2019"]),
        ("datum:..2019", ["ŘS 5. 5. 2019", "PS Prevence 2. 2. 2019"]),
        ("-datum:2019", ["PS Péče 6. 3. 2020", "PS Péče 16. 1. 2020"]),
        ("-datum:16.1.2020 dotace", ["PS Prevence 2. 2. 2019"]),
        ("datum:2019..2020-01 datum:2019-05..", ["PS Péče 16. 1. 2020", "ŘS 5. 5. 2019"]),
        ("datum:2019 datum:2020", []),
        ("datum:nesmysl", []),
    ],
)
def test_days_may_be_a_range_open_at_one_end_or_left_out(filled: Desk, text: str, expected: list[str]) -> None:
    assert found(filled, text) == expected


def test_an_index_that_an_older_program_made_without_months_is_made_anew(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_months(*known: Any) -> str:
        return " ".join(token for token in meta_tokens(*known).split() if len(token) != len("w202001"))

    with monkeypatch.context() as older:
        older.setattr(index_entries, "meta_tokens", without_months)
        fulltext.rebuild(filled.archive.catalogue.db, replace(LANGUAGE, version=2))
        fulltext.refresh(filled.archive.catalogue.db, replace(LANGUAGE, version=2))
    assert found(filled, "leden 2020") == ["PS Péče 6. 3. 2020"]
    filled.reopen()
    index_pending(filled.archive)
    assert found(filled, "leden 2020") == ["PS Péče 16. 1. 2020", "PS Péče 6. 3. 2020"]
