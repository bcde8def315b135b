from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.catalogue.query import Clause, Filter, Query, Term, parse, years


def terms(text: str) -> list[str]:
    return [str(clause) for clause in parse(text).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pečovatelská služba", ["pečovatelská", "služba"]),
        ('"odlehčovací služba" Péče', ['"odlehčovací služba"', "Péče"]),
        ("„odlehčovací služba“", ['"odlehčovací služba"']),
        ('"nedopsaná věta', ['"nedopsaná věta"']),
        ("-dotace", ["-dotace"]),
        ('-"rada města"', ['-"rada města"']),
        ("odlehč*", ["odlehč*"]),
        ("Péče,Prevence;dluhy", ["Péče", "Prevence", "dluhy"]),
        ("sociálně-právní", ["sociálně-právní"]),
        ("07/08/7/1", ["07/08/7/1"]),
        ("usnesení č. 3/2020", ["usnesení", "3/2020"]),
        ("č.j. 39/18", ["39/18"]),
        ("č. 3", ["č", "3"]),
        ("16.1.2020", ["16/1/2020"]),
        ("žádost/podnět", ["žádost", "podnět"]),
        ("DPS NEBO domov", ["DPS NEBO domov"]),
        ("a OR b NEBO c d", ["a NEBO b NEBO c", "d"]),
        ("NEBO péče NEBO", ["péče"]),
        ("péče nebo prevence", ["péče NEBO prevence"]),
        ("péče NEBO -dotace", ["péče", "-dotace"]),
        ("péče | prevence or dluhy", ["péče NEBO prevence NEBO dluhy"]),
        ("nebo", ["nebo"]),
        ("péče nebo", ["péče"]),
        ("péče AND prevence & dluhy", ["péče", "prevence", "dluhy"]),
        ("péče NOT dotace", ["péče", "-dotace"]),
        ('NOT "rada města"', ['-"rada města"']),
        ("‚rada města‘", ['"rada města"']),
        ("(péče nebo prevence) dluhy", ["péče NEBO prevence", "dluhy"]),
        ("č.j. MURCE/123/2019", ["MURCE-123/2019"]),
        ("COVID-19", ["COVID-19"]),
        ("do práce od pondělí", ["do", "práce", "od", "pondělí"]),
        ('"od 2019"', ['"od 2019"']),
        ('- * ( ) : AND "', []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("skupina:Péče", Filter("group", ("Péče",))),
        ("group:Péče,Prevence", Filter("group", ("Péče", "Prevence"))),
        ('skupina:"Děti a rodina",ŘS', Filter("group", ("Děti a rodina", "ŘS"))),
        ("skupina: Péče", Filter("group", ("Péče",))),
        ("ROK:2018..2020", Filter("year", ("2018..2020",))),
        ("štítek:x", Filter("tag", ("x",))),
        ("stitek:x", Filter("tag", ("x",))),
        ('-štítek:"k řešení', Filter("tag", ("k řešení",), negated=True)),
        ("druh:zápis", Filter("kind", ("zápis",))),
        ("stav:sken", Filter("state", ("sken",))),
        ("datum:1.3.2019..30.4.2019", Filter("date", ("1.3.2019..30.4.2019",))),
        ("datum:1. 3. 2019–30. 4. 2019", Filter("date", ("1. 3. 2019..30. 4. 2019",))),
        ("datum:2019-2020", Filter("date", ("2019..2020",))),
        ("datum:2019-03", Filter("date", ("2019-03",))),
        ("datum: březen 2019", Filter("date", ("březen 2019",))),
        ("od:3/2019", Filter("date", ("3/2019..",))),
        ("until: 6. března 2019", Filter("date", ("..6. března 2019",))),
        ("od 2019", Filter("date", ("2019..",))),
        ("do roku 2019", Filter("date", ("..2019",))),
        ("skupina = Péče", Filter("group", ("Péče",))),
        ("druh:zápis, pozvánka", Filter("kind", ("zápis", "pozvánka"))),
        ("skupina:Péče nebo skupina:ŘS", Filter("group", ("Péče", "ŘS"))),
        ("NOT skupina:Péče", Filter("group", ("Péče",), negated=True)),
    ],
)
def test_filters(text: str, expected: Filter) -> None:
    query = parse(f"dluhy {text}")
    assert query.filters == (expected,)
    assert [str(clause) for clause in query.clauses] == ["dluhy"]


def test_a_filter_without_a_value_restricts_nothing() -> None:
    assert parse("skupina: rok:2018 druh:") == Query(filters=(Filter("year", ("2018",)),))


def test_words_with_a_colon_are_no_filters() -> None:
    assert terms("Předseda: Novák http://obec.cz") == ["Předseda", "Novák", "http", "obec-cz"]


def test_filters_are_taken_away_and_added() -> None:
    query = parse("dluhy skupina:Péče rok:2019")
    rest = query.without(Filter("group", ("Péče",)))
    assert str(rest) == "dluhy rok:2019"
    assert str(rest.having(Filter("year", ("2020",)))) == "dluhy rok:2019,2020"
    assert str(rest.having(Filter("tag", ("k řešení",)))) == 'dluhy rok:2019 štítek:"k řešení"'


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [("péče", True), ("péče ", False), ('"péče', False), ("péč*", False), ("péče rok:2019", False), ("39/1", True)],
)
def test_the_last_word_may_be_unfinished(text: str, *, unfinished: bool) -> None:
    assert parse(text).unfinished is unfinished


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019", (2019, 2019)), ("2018..2020", (2018, 2020)), ("2020-2018", (2018, 2020)), ("..2019", (1000, 2019)),
        ("2018..", (2018, 9999)), ("201", (2010, 2019)), ("2018..20", (2018, 2099)), ("2018 2019", None),
        ("2018…2019", (2018, 2019)), ("..", None), ("loni", None), ("", None),
    ],
)  # fmt: skip
def test_years(value: str, expected: tuple[int, int] | None) -> None:
    assert years(value) == expected


PIECES = st.sampled_from(
    [
        "péče",
        "Ž",
        '"',
        "-",
        "*",
        "NEBO",
        "nebo",
        "AND",
        "NOT",
        "do",
        "od:",
        "datum:",
        "1. 3. 2019",
        " ",
        "  ",
        "skupina:",
        "rok:",
        ",",
        "..",
        "2019",
        "39/18",
        "č.",
        ":",
        "„",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_what_was_understood_is_understood_the_same_when_shown(text: str) -> None:
    query = parse(text)
    again = parse(str(query))
    assert (again.clauses, again.filters) == (query.clauses, query.filters)
    assert all(isinstance(clause, Clause) and clause.terms for clause in query.clauses)
    assert all(isinstance(term, Term) and term.words for clause in query.clauses for term in clause.terms)
