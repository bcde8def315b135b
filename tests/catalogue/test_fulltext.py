"""The index follows every change: it is always equal to one that is made afresh."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpss_desktop.catalogue.fulltext import pending, refresh
from kpss_desktop.catalogue.highlight import spans
from kpss_desktop.catalogue.plan import plan
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.scope import TRASH, Scope
from kpss_desktop.catalogue.search import search
from kpss_desktop.czech.language import LANGUAGE
from tests.index_content import index_content, require_as_made_afresh

if TYPE_CHECKING:
    from tests.catalogue.conftest import Shelf


def test_changes_are_followed(shelf: Shelf) -> None:
    shelf.put("one", "Péče o seniory", title="Zápis", date="2020-01-16")
    shelf.put("two", "Prevence kriminality", "druhý soubor", title="Zápis", date="2020-01-16")
    assert pending(shelf.db) == 2
    assert shelf.found("senior") == ["one"]
    assert pending(shelf.db) == 0
    shelf.retext("one", "Dluhy")
    assert shelf.found("senior") == []
    assert shelf.found("dluh") == ["one"]
    shelf.change("one", title="Pozvánka", date="2021-01-01")
    assert shelf.found("pozvánka") == ["one"]
    shelf.delete("two")
    assert shelf.found("prevence") == []
    shelf.change("one", trashed=1)
    assert shelf.found("dluh") == []
    assert shelf.found("dluh", Scope(trashed=True)) == ["one"]
    (row,) = shelf.db.execute("SELECT number FROM indexed").fetchone()
    assert row < TRASH / 2
    require_as_made_afresh(shelf.db)
    assert shelf.db.execute("SELECT count(*) FROM former_texts").fetchone() == (0,)


def test_a_phrase_does_not_reach_from_one_file_into_the_next(shelf: Shelf) -> None:
    shelf.put("one", "dům s pečovatelskou", "službou v Roudnici")
    assert shelf.found('"pečovatelská služba"') == []
    assert shelf.found("pečovatelská služba") == ["one"]


def test_a_text_that_is_replaced_twice_before_the_index_follows(shelf: Shelf) -> None:
    shelf.put("one", "první text")
    shelf.follow()
    shelf.retext("one", "druhý text")
    shelf.retext("one", "třetí text")
    assert shelf.found("třetí") == ["one"]
    require_as_made_afresh(shelf.db)


def test_an_index_whose_text_was_lost_is_made_anew(shelf: Shelf) -> None:
    shelf.put("one", "první text")
    shelf.put("two", "jiný text")
    shelf.follow()
    shelf.retext("one", "druhý text")
    shelf.db.execute("DELETE FROM former_texts")
    assert shelf.found("první") == []
    assert set(shelf.found("text")) == {"one", "two"}
    require_as_made_afresh(shelf.db)


def test_batches_may_be_stopped_and_taken_up(shelf: Shelf) -> None:
    for i in range(7):
        shelf.put(f"d{i}", "zápis")
    assert refresh(shelf.db, LANGUAGE, limit=3) == 3
    assert pending(shelf.db) == 4
    assert refresh(shelf.db, LANGUAGE, limit=3) == 3
    assert refresh(shelf.db, LANGUAGE, limit=3) == 1
    assert refresh(shelf.db, LANGUAGE, limit=3) == 0
    assert len(shelf.found("zápis")) == 7


def test_a_batch_that_fails_changes_nothing(shelf: Shelf) -> None:
    shelf.put("one", "první text")
    shelf.follow()
    shelf.put("two", "druhý text")

    def broken(_: str) -> str:
        raise ZeroDivisionError

    before = index_content(shelf.db)
    with pytest.raises(ZeroDivisionError):
        refresh(shelf.db, dataclasses.replace(LANGUAGE, key=broken))
    assert index_content(shelf.db) == before
    assert pending(shelf.db) == 1
    assert set(shelf.found("text")) == {"one", "two"}


def test_new_rules_of_the_language_make_the_index_anew(shelf: Shelf) -> None:
    shelf.put("one", "pečovatelskou")
    shelf.follow()
    blunt = dataclasses.replace(LANGUAGE, version=LANGUAGE.version + 1, key=lambda word: word)
    assert refresh(shelf.db, blunt) == 1
    assert shelf.db.execute("SELECT key FROM lexkeys").fetchall() == [("pečovatelskou",)]
    assert shelf.found("pečovatelská") == ["one"]


def test_data_that_is_no_word_takes_no_room(shelf: Shelf) -> None:
    shelf.put("one", "před " + "a1" * 5000 + " po")
    assert shelf.found('"před po"') == []
    assert shelf.found("před") == ["one"]
    assert shelf.db.execute("SELECT count(*) FROM forms").fetchone() == (2,)


def test_short_beginnings_are_counted_beforehand_when_words_are_many(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("one", "služba služebna sluha a slunce")
    shelf.put("two", "služba")
    shelf.follow()
    before = {typed: shelf.found(typed, live=True) for typed in ("s", "sl", "slu", "služ")}
    monkeypatch.setattr("kpss_desktop.catalogue.lexicon._FEW_FORMS", 2)
    shelf.put("three", "slunce")
    shelf.follow()
    assert shelf.db.execute("SELECT count(*) FROM short_prefixes").fetchone()[0] > 3
    for typed, expected in before.items():
        assert set(shelf.found(typed, live=True)) - {"three"} == set(expected)
    assert "three" in shelf.found("sl", live=True)


def test_short_beginnings_are_counted_again_with_the_last_document_that_waited(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpss_desktop.catalogue.lexicon._FEW_FORMS", 2)
    shelf.put("before", "služba sluha slunce sleva smetana")
    shelf.follow()
    for number, word in enumerate(("smlouva", "spolek", "starosta")):
        shelf.put(f"after {number}", word)
    while pending(shelf.db):
        refresh(shelf.db, LANGUAGE, limit=1)
    assert sorted(shelf.found("s", live=True)) == ["after 0", "after 1", "after 2", "before"]


NAMES = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.lists(
    st.sampled_from(
        ["péče", "péči", "peče", "Péče", "služba", "služby", "vý-\nbor", "39/18", "Rada", "řada", "_", "."]
    ),
    max_size=6,
).map(" ".join)
DATES = st.sampled_from([None, "2019", "2020-03", "2020-03-06", "2020-03-07", "--03-06"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), NAMES, TEXTS, DATES),
        st.tuples(st.just("retext"), NAMES, TEXTS),
        st.tuples(st.just("title"), NAMES, TEXTS),
        st.tuples(st.just("date"), NAMES, DATES),
        st.tuples(st.just("trash"), NAMES, st.booleans()),
        st.tuples(st.just("delete"), NAMES),
        st.tuples(st.just("follow"), st.integers(1, 3)),
    ),
    max_size=12,
)


def take(shelf: Shelf, step: tuple[Any, ...], present: set[str]) -> None:
    """One change, if it can be made."""
    verb, name, *values = step
    if verb == "follow":
        refresh(shelf.db, LANGUAGE, limit=name)
    elif verb == "put" and name not in present:
        present.add(name)
        shelf.put(name, values[0], title=f"Zápis {name} {values[0][:6]}", date=values[1])
    elif name in present and verb == "retext":
        shelf.retext(name, values[0])
    elif name in present and verb == "title":
        shelf.change(name, title=values[0])
    elif name in present and verb == "date":
        shelf.change(name, date=values[0])
    elif name in present and verb == "trash":
        shelf.change(name, trashed=int(values[0]))
    elif name in present and verb == "delete":
        present.discard(name)
        shelf.delete(name)


@settings(max_examples=30)
@given(steps=STEPS)
def test_any_changes_leave_the_index_equal_to_one_made_afresh(shelf: Shelf, steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        fresh = type(shelf)(Path(folder) / "catalogue.db")
        present: set[str] = set()
        for step in steps:
            take(fresh, step, present)
        require_as_made_afresh(fresh.db)
        fresh.catalogue.close()


QUERIES = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(
            [
                "péče",
                "pece",
                "peče",
                "sl",
                "služba*",
                "-rada",
                '"péče služba"',
                '"peče"',
                "NEBO",
                "39/18",
                "výbor",
                '"',
                "*",
            ]
        ),
        max_size=4,
    ).map(" ".join),
)


@settings(max_examples=60)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4, unique=True), query=QUERIES, live=st.booleans())
def test_a_hit_is_lit_and_what_is_lit_is_a_hit(shelf: Shelf, texts: list[str], query: str, *, live: bool) -> None:
    for (name,) in shelf.db.execute("SELECT id FROM documents").fetchall():
        shelf.delete(name)
    for i, text in enumerate(texts):
        shelf.put(f"d{i}", text)
    found = set(shelf.found(query, live=live))
    planned = plan(shelf.db, LANGUAGE, parse(query), live=live)
    if not planned.has_words:
        assert len(found) == len(texts)
        return
    for i, text in enumerate(texts):
        lit = [bool(spans(text, dataclasses.replace(planned, clauses=(clause,)))) for clause in planned.clauses]
        barred = any(spans(text, dataclasses.replace(planned, clauses=((run,),))) for run in planned.excluded)
        assert (f"d{i}" in found) == (planned.possible and all(lit) and not barred)


@given(query=st.text())
def test_any_text_can_be_searched_for(shelf: Shelf, query: str) -> None:
    if not shelf.db.execute("SELECT 1 FROM documents").fetchone():
        shelf.put("one", "péče o seniory 39/18", title="Zápis", date="2020-01-16")
        shelf.follow()
    for live in (False, True):
        results = search(shelf.db, LANGUAGE, parse(query), live=live)
        assert results.total == len(results.hits)
