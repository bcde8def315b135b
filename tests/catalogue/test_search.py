from __future__ import annotations

import csv
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlite_utils

from kpss_desktop.catalogue.migrations import MIGRATIONS, VERSION
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.scope import ROWS_OF_DAY, Scope
from kpss_desktop.catalogue.search import count, document_ids, facets, search
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.model import Certainty, Kind

if TYPE_CHECKING:
    from tests.catalogue.conftest import Shelf


@pytest.fixture
def minutes(shelf: Shelf) -> Shelf:
    for group in ("Péče", "Prevence"):
        shelf.group(group)
    shelf.put(
        "leden",
        "Členové projednali rozšíření pečovatelské služby. Usnesení 07/08/7/1 schváleno.",
        title="Zápis PS Péče",
        date="2020-01-16",
        groups=("Péče",),
        tags=("důležité",),
    )
    shelf.put(
        "unor",
        "Odlehčovací službu nabízí charita. Dluhy seniorů řeší poradna v Roudnici. Usnesení č. 3/2020.",
        title="Zápis PS Péče",
        date="2020-02-07",
        groups=("Péče",),
    )
    shelf.put(
        "brezen",
        "Společné jednání: dluhy, bydlení, peče se koláč.",
        title="Zápis PS Péče a Prevence",
        date="2020-03-06",
        groups=("Péče", "Prevence"),
        tags=("důležité", "k řešení"),
    )
    shelf.put(
        "loni",
        "Terénní program a dluhy. Pečovatelská služba.",
        title="Pozvánka na jednání o dluzích",
        date="2019",
        groups=("Prevence",),
        kind=Kind.INVITATION,
    )
    shelf.put("bez", "Logo města", title="Logo", kind=Kind.LOGO)
    return shelf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pecovatelska sluzba", ["leden", "loni"]),
        ("pečovatelskou službou", ["leden", "loni"]),
        ("PEČOVATELSKÁ", ["leden", "loni"]),
        ('"odlehčovací služby"', ["unor"]),
        ('"služba odlehčovací"', []),
        ("služba seniorů", ["unor"]),
        ("služba -poradna", ["leden", "loni"]),
        ("-služba", ["brezen", "bez"]),
        ('-"terénní program" dluh', ["brezen", "unor"]),
        ("poradna NEBO koláče", ["brezen", "unor"]),
        ("odlehč*", ["unor"]),
        ("07/08/7/1", ["leden"]),
        ("08/07", []),
        ("č. 3/2020", ["unor"]),
        ('"peče"', ["brezen"]),
        ('"pece"', ["brezen", "leden", "unor"]),
        ('"službu"', ["unor"]),
        ("nesmysl", []),
        ("dluhy nesmysl", []),
        ("dluhy -nesmysl", ["loni", "brezen", "unor"]),
        ("prevence", ["brezen"]),
    ],
)
def test_words_are_found_in_any_form(minutes: Shelf, text: str, expected: list[str]) -> None:
    found = minutes.found(text)
    assert found == expected if text != '"pece"' else set(found) == set(expected)


def test_a_noun_finds_the_adjective_made_of_it(shelf: Shelf) -> None:
    shelf.put("debts", "Dluhové poradenství")
    shelf.put("row", "řadový člen")
    assert shelf.found("dluhy") == ["debts"]
    assert shelf.found("řada") == ["row"]
    assert shelf.found("rád") == []


def test_titles_come_first_then_the_newest(minutes: Shelf) -> None:
    assert minutes.found("dluhy") == ["loni", "brezen", "unor"]
    assert minutes.found("dluhy", order="newest") == ["brezen", "unor", "loni"]
    assert set(minutes.found("dluhy", order="relevance")) == {"loni", "brezen", "unor"}
    assert minutes.found("dluhy", order="relevance")[0] == "loni"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("odle", ["unor"]), ("dlu", ["loni", "brezen", "unor"]), ("služba sen", ["unor"]), ("07/08/7", ["leden"])],
)
def test_the_last_word_may_go_on_while_she_types(minutes: Shelf, typed: str, expected: list[str]) -> None:
    assert minutes.found(typed, live=True) == expected
    assert minutes.found("odle") == []


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(groups=("Prevence",)), {"brezen", "loni"}),
        (Scope(groups=("Prevence",), without_group=True), {"brezen", "loni", "bez"}),
        (Scope(groups=("Péče", "Prevence")), {"leden", "unor", "brezen", "loni"}),
        (Scope(without_group=True), {"bez"}),
        (Scope(years=((2020, 2020),)), {"leden", "unor", "brezen"}),
        (Scope(years=((2018, 2019), (2021, 2022))), {"loni"}),
        (Scope(kinds=("invitation", "logo")), {"loni", "bez"}),
        (Scope(years=((1, 0),)), set()),
        (Scope(years=((1, 9999),)), {"leden", "unor", "brezen", "loni"}),
        (Scope(tags=("důležité",)), {"leden", "brezen"}),
        (Scope(tags=("důležité", "k řešení")), {"brezen"}),
        (Scope(states=("ready",)), {"leden", "unor", "brezen", "loni", "bez"}),
        (Scope(states=("empty",)), set()),
        (Scope(since="2020-02-01", until="2020-02-29"), {"unor"}),
        (Scope(since="2019-01-01", until="2020-01-16"), {"leden", "loni"}),
        (Scope(since="2019-02-01"), {"leden", "unor", "brezen"}),
        (Scope(until="2019-12-31"), {"loni"}),
        (Scope(exclude_groups=("Péče",)), {"loni", "bez"}),
        (Scope(exclude_years=((2020, 2020),)), {"loni", "bez"}),
        (Scope(exclude_kinds=("logo",)), {"leden", "unor", "brezen", "loni"}),
        (Scope(exclude_tags=("k řešení",)), {"leden", "unor", "loni", "bez"}),
        (Scope(exclude_states=("ready",)), set()),
        (Scope(unsure=True), set()),
        (Scope(documents=("leden", "bez")), {"leden", "bez"}),
        (Scope(documents=()), set()),
        (Scope(trashed=True), set()),
        (Scope(groups=("Péče",), years=((2020, 2020),), tags=("k řešení",)), {"brezen"}),
    ],
)
def test_scopes_mean_the_same_with_words_and_without(minutes: Shelf, scope: Scope, expected: set[str]) -> None:
    assert set(minutes.found("", scope)) == expected
    # Every document holds one of these words, so the index must say what the tables say.
    anything = "služba NEBO dluhy NEBO logo"
    assert set(minutes.found(anything, scope)) == expected
    assert set(minutes.found("-nesmyslxyz", scope)) == expected
    assert count(minutes.db, LANGUAGE, parse(anything), scope) == len(expected)
    assert count(minutes.db, LANGUAGE, parse(""), scope) == len(expected)
    for text in (anything, ""):
        ids = document_ids(minutes.db, LANGUAGE, parse(text), scope)
        assert ids == minutes.found(text, scope, order="newest")


def test_days_mean_the_same_with_words_and_without(shelf: Shelf) -> None:
    """Also where a day holds more documents than the index keeps rows for, so that they run over into the next days."""
    dates = [None, "--01-31", "2019-12-31", "2020", "2020-01", "2020-01-30", "2020-02", "2020-02-01", "2020-02-03"]
    with shelf.catalogue.transaction():
        for i, date in enumerate([*dates, *["2020-01-31"] * (2 * ROWS_OF_DAY + 3)]):
            shelf.put(f"d{i}", "zápis", date=date)
    shelf.follow()
    days = (None, "2019", "2020", "2020-01", "2020-01-01", "2020-01-30", "2020-01-31", "2020-02-01", "2020-02-02")
    for since in days:
        for until in (None, "2018-99-99", "2019-12-31", "2020-01-30", "2020-01-99", "2020-02-02", "2020-99-99"):
            scope = Scope(since=since, until=until)
            listed = document_ids(shelf.db, LANGUAGE, parse(""), scope)
            assert sorted(document_ids(shelf.db, LANGUAGE, parse("zápis"), scope)) == sorted(listed), scope
            assert count(shelf.db, LANGUAGE, parse("zápis"), scope) == len(listed)


def test_documents_of_a_place_are_counted_before_the_index_follows_and_after(minutes: Shelf) -> None:
    def counted() -> int:
        return count(minutes.db, LANGUAGE, parse(""), Scope(groups=("Péče",)))

    minutes.follow()
    before = counted()
    minutes.put("new", "služba", groups=("Péče",))
    assert counted() == before + 1
    minutes.change("new", trashed=1)
    assert counted() == before
    minutes.follow()
    assert counted() == before


def test_lists_without_words_are_newest_first(minutes: Shelf) -> None:
    assert minutes.found("") == ["brezen", "unor", "leden", "loni", "bez"]


def test_trash_and_uncertain_dates(minutes: Shelf) -> None:
    minutes.change("leden", trashed=1)
    minutes.change("unor", date_certainty=Certainty.INFERRED)
    assert minutes.found("služba") == ["unor", "loni"]
    for text in ("", "služba"):
        assert minutes.found(text, Scope(trashed=True)) == ["leden"]
        assert minutes.found(text, Scope(unsure=True)) == ["unor"]
    assert minutes.found("služba", Scope(trashed=True, years=((2020, 2020),))) == ["leden"]
    assert minutes.found("služba", Scope(trashed=True, years=((2019, 2019),))) == []


def test_what_cannot_be_found_any_more_is_not_shown_before_the_index_follows(minutes: Shelf) -> None:
    minutes.follow()
    minutes.change("leden", trashed=1)
    hits = search(minutes.db, LANGUAGE, parse("služba")).hits
    assert [hit.document_id for hit in hits] == ["unor", "loni"]


def test_pages_join_without_gap_or_repetition(shelf: Shelf) -> None:
    for i in range(30):
        shelf.put(f"d{i:02}", "zápis o péči", title="Péče" if i % 3 == 0 else "Jiné", date=f"20{10 + i % 7}-01-01")
    shelf.follow()
    for order in ("typing", "newest", "relevance"):
        whole = shelf.found("péče", order=order)
        assert sorted(whole) == sorted(f"d{i:02}" for i in range(30))
        pages = [
            hit.document_id
            for offset in range(0, 40, 7)
            for hit in search(shelf.db, LANGUAGE, parse("péče"), limit=7, offset=offset, order=order).hits
        ]
        assert pages == whole
    first = search(shelf.db, LANGUAGE, parse("péče"), limit=7)
    assert (len(first.hits), first.total, first.capped) == (7, 30, False)


def test_snippets_light_the_words_that_were_found(minutes: Shelf) -> None:
    (hit,) = minutes.search("odlehčovací služby senior").hits
    lit = [hit.snippet[start:end] for start, end in hit.spans]
    assert lit == ["Odlehčovací", "službu", "seniorů"]
    (hit,) = [hit for hit in minutes.search("dluhy").hits if hit.document_id == "loni"]
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["dluhy"]
    title = "Pozvánka na jednání o dluzích"
    assert [title[start:end] for start, end in hit.title_spans] == ["dluzích"]


def test_counts_to_narrow_a_search_by(minutes: Shelf) -> None:
    minutes.follow()
    found = facets(minutes.db, LANGUAGE, parse("dluhy"))
    assert found.groups == {"Péče": 2, "Prevence": 2}
    assert found.years == {2020: 2, 2019: 1}
    assert found.kinds == {"minutes": 2, "invitation": 1}
    assert found.tags == {"důležité": 1, "k řešení": 1}
    everything = facets(minutes.db, LANGUAGE, parse(""))
    assert everything.kinds == {"minutes": 3, "invitation": 1, "logo": 1}
    assert facets(minutes.db, LANGUAGE, parse("nesmysl")).kinds == {}


@pytest.mark.parametrize("with_accents", [True, False])
def test_hand_made_pairs(shelf: Shelf, shared: Path, *, with_accents: bool) -> None:
    with (shared / "search/pairs.tsv").open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    texts = sorted({pair["text"] for pair in pairs})
    with shelf.catalogue.transaction():
        for text in texts:
            shelf.put(text, text)
    queries = {pair["query"] for pair in pairs}
    found = {query: set(shelf.found(query if with_accents else LANGUAGE.fold(query))) for query in queries}
    wanted = [pair for pair in pairs if pair["must_match"] == "1"]
    unwanted = [pair for pair in pairs if pair["must_match"] == "0"]
    recall = sum(pair["text"] in found[pair["query"]] for pair in wanted) / len(wanted)
    violated = sum(pair["text"] in found[pair["query"]] for pair in unwanted) / len(unwanted)
    assert recall >= 0.98
    assert violated <= (0.01 if with_accents else 0.11)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("protidrogová politika obce", "drogy"),
        ("o protidrogové prevenci", "droga"),
        ("dluhové poradenství", "dluhy"),
    ],
)
def test_adjectives_of_a_noun_are_about_it(shelf: Shelf, text: str, typed: str) -> None:
    shelf.put("about", text)
    shelf.put("other", "protidrogerie, drogerie, protiklad, dlužník, povodí, protislužba, obec, plán")
    assert shelf.found(typed) == ["about"]
    assert shelf.found(LANGUAGE.fold(typed)) == ["about"]
    assert shelf.found("klad služba") == []


def test_notes_and_file_names_are_searched_too(shelf: Shelf) -> None:
    shelf.put(
        "one", "Text o ničem.", title="Zápis", note="Volat paní Novákové\nkvůli dotaci", called="Rozpočet na rok.doc"
    )
    shelf.put("two", "Dotace.", title="Rozpočet", called="Rozpočet.doc")
    assert shelf.found("dotace") == ["two", "one"]
    assert shelf.found("rozpočty") == ["two", "one"]
    (hit,) = shelf.search("Nováková").hits
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["Novákové"]
    (hit,) = shelf.search("rozpočet roku").hits
    assert hit.snippet == "Rozpočet na rok"
    assert shelf.found('"dotace rozpočet"') == []
    shelf.change("one", note="")
    assert shelf.found("Nováková") == []
    assert shelf.db.execute("SELECT beside FROM indexed WHERE document_id = 'two'").fetchone() == ("[]",)


def test_a_catalogue_of_the_first_version_is_brought_forward(tmp_path: Path, shelf: Shelf) -> None:
    database = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    database.create_collation("czech", lambda one, other: (one > other) - (one < other))
    MIGRATIONS[0](sqlite_utils.Database(database))
    database.execute("PRAGMA user_version = 1")
    database.execute(
        "INSERT INTO documents(id, title, kind, added, shelf, note) VALUES('one', 'Zápis', 'minutes', '', '', 'Péče')"
    )
    database.execute(
        "INSERT INTO files(id, document_id, path, path_key, size, sha256, mime, original_name) "
        "VALUES('file', 'one', '_', '_', 1, '', '', '_')"
    )
    database.execute("DELETE FROM stale")
    database.close()
    old = type(shelf)(tmp_path / "old.db")
    assert old.found("péče") == ["one"]
    assert (tmp_path / f"old.before-{VERSION}.db").exists()
    old.catalogue.close()
