from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.czech.date_finding import Form, find_dates
from kpss_desktop.czech.dates import format_date, format_date_in_words, latest_year, parse_date
from kpss_desktop.model import Certainty, PartialDate

NEXT_YEAR = latest_year()


@pytest.mark.parametrize(
    ("date", "written", "in_words"),
    [
        ("2020-01-16", "16. 1. 2020", "16. ledna 2020"),
        ("2020-03", "březen 2020", "březen 2020"),
        ("2020", "2020", "2020"),
        ("--03-06", "6. 3.", "6. března"),
    ],
)
def test_format_date(date: str, written: str, in_words: str) -> None:
    assert format_date(PartialDate.parse(date)) == written
    assert format_date_in_words(PartialDate.parse(date)) == in_words
    assert str(parse_date(written)) == date
    assert str(parse_date(in_words)) == date


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("16.1.2020", "2020-01-16"),
        (" 16 . 1 . 2020 ", "2020-01-16"),
        ("16 1 2020", "2020-01-16"),
        ("16/1/2020", "2020-01-16"),
        ("16-01-2020", "2020-01-16"),
        ("16. 1.", "--01-16"),
        ("2020", "2020"),
        ("březen 2020", "2020-03"),
        ("BREZEN 2020", "2020-03"),
        ("6. března 2020", "2020-03-06"),
        ("6. března", "--03-06"),
        ("červenec 2021", "2021-07"),
        ("16012020", "2020-01-16"),
        ("20200116", "2020-01-16"),
        ("2020-01-16", "2020-01-16"),
        ("2020 01 16", "2020-01-16"),
        ("2020-01", "2020-01"),
        ("--01-16", "--01-16"),
        ("3/2020", "2020-03"),
        ("16.1.20", "2020-01-16"),
        ("16.1.95", "1995-01-16"),
        ("28. 10. 1918", "1918-10-28"),
    ],
)
def test_parse_date(typed: str, date: str) -> None:
    assert str(parse_date(typed)) == date


@pytest.mark.parametrize(
    "typed", ["", "31. 2. 2020", "32.1.2020", "včera", "1", "2020-13", "1.1.60", "březen", "1 2 3 4"]
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert parse_date(typed) is None


@given(st.text(alphabet="0123456789. -/březnaúor") | st.text())
def test_no_typed_text_raises(typed: str) -> None:
    date = parse_date(typed)
    assert date is None or parse_date(str(date)) == date


def best(name: str) -> str | None:
    found = find_dates(name).dates
    return str(max(found, key=lambda one: (one.form.value, -one.start)).date) if found else None


@pytest.mark.parametrize(
    ("name", "date"),
    [
        # the forms of names, by how common they are
        ("Zapis_05.SVZ_29.05.2019", "2019-05-29"),
        ("Zapis_26_KSZ_24062026", "2026-06-24"),
        ("ÚŘS 07102010 1", "2010-10-07"),
        ("zapis-z-jednani-urs-07-10-2010", "2010-10-07"),
        ("Zápis ze dne 14. 2. 2011", "2011-02-14"),
        ("Zápis PS 16. ledna 2020", "2020-01-16"),
        ("zapis-rady-17-cervence-2001", "2001-07-17"),
        ("jednani-dne-14--prosince-2006-21159", "2006-12-14"),
        ("190514 GSE agenda", "2019-05-14"),
        ("Zápis PS Péče 16 1 2020", "2020-01-16"),
        ("k 30 4 2015", "2015-04-30"),
        ("Zápis PS Prevence 2020 01 10", "2020-01-10"),
        ("PRS 2 12_09_2019", "2019-09-12"),
        ("Zasedání KV KS - 27.3.15", "2015-03-27"),
        ("zapis 27-03-15", "2015-03-27"),
        ("18-05-10_8-22", "2018-05-10"),
        ("zapis_ps_120319", "2019-03-12"),
        ("IMG_20200116_101112", "2020-01-16"),
        ("2019-06-03 Zápis", "2019-06-03"),
        ("20190603_zapis", "2019-06-03"),
        ("Zápis 7042026", "2026-04-07"),
        ("2019-04-09-1000-zapis", "2019-04-09"),
        ("zapis_6feb2019", "2019-02-06"),
        ("zápis_23.brez.2021", "2021-03-23"),
        ("zápis_2021_březen_23", "2021-03-23"),
        ("zápis 2021 březen 2. jednání", "2021-03"),
        ("zápis_2020_únor_30", "2020-02"),
        ("příloha 1 list 2019", "2019"),
        ("Plán 2 pro 2019", "2019"),
        ("Zápis 12. 5. '15", "2015-05-12"),
        ("Usnesení č. 1/25-3-2021", "2021-03-25"),
        ("doc20191210104523", "2019-12-10"),
        ("Zápis PS Péče a Prevence 6 3", "--03-06"),
        ("Zápis 6. 3.", "--03-06"),
        ("Zápis 6.3.", "--03-06"),
        ("Zápis_06_03", "--03-06"),
        ("Zápis 6. března", "--03-06"),
        ("květen 2011 Komunitní plán", "2011-05"),
        ("Zápis 2019 leden", "2019-01"),
        ("2018-03 Zápis", "2018-03"),
        ("KPSS_2016_2018", "2016"),
        ("č.j. MUKO 12345/2018", "2018"),
        ("12.června 2018 od 9.00 do 11.00", "2018-06-12"),
        ("v listopadu a v prosinci 2016", "2016-11"),
        ("v Brně 26. – 27. 3. 2012", "2012-03-26"),
        ("zápis_24-25_4_2017", "2017-04-24"),
        ("Zápis 3-16.1.2020", "2020-01-16"),
        ("Zápis 16. I. 2020", "2020-01-16"),
        ("Zápis 3.XII.2018", "2018-12-03"),
        ("zapis_16_ledna_2020", "2020-01-16"),
        ("zápis z listopadové schůzky 2019", "2019-11"),
        ("zákon č. 108/2006 Sb.", None),
        ("Zpráva projektu CZ.1.04/3.1.03/66.00058", None),
        ("CZ.03.2.63_16_063_0006534_12.6.2017", "2017-06-12"),
        ("Rodiny s dětmi 3-18", None),
        ("Opatření 1.2.15 senioři", None),
        ("Opatření 1.2.2019", "2019-02-01"),
        ("Zápis pro děti 3-15 let", None),
        ("vyhláška 505-2006", None),
        ("CamScanner 03-15-2022 09.12", "2022-03-15"),
        ("setkání 28. 2. - 1. 3. 2012", "2012-02-28"),
        ("setkání 26. a 27. března 2012", "2012-03-26"),
        ("Pracovní skupina Péče - 2019", "2019"),
        ("Komunitní plán na období 2021-2024", "2021"),
        ("na období 2023–2024", "2023"),
        ("období 2015 až 2018", "2015"),
        ("Harmonogram DŘ2018", "2018"),
        # double spaces, missing spaces
        ("konaného dne 21. února  2011", "2011-02-21"),
        ("22.9. 2025", "2025-09-22"),
        ("5.dubna2018", "2018-04-05"),
        # number and year, not a date
        ("Zápis č. 8/2013", "2013"),
        ("zasedání č. I/2016", "2016"),
        ("Zápis řídící skupiny č. 37/2016", "2016"),
        ("zapis-komise-c-8-2013-konaneho-dne", "2013"),
        ("Usnesení č. 2/58/2012", "2012"),
        ("zapis12010nove", "2010"),
        ("Zápis č. 3/2018 konaného dne 29. srpna 2018 od 18:00 hodin", "2018-08-29"),
        ("c-7-2008-konaneho-dne-27-11-2008-v-17-00-hod", "2008-11-27"),
        ("5745-1-18-05-11-2018", "2018-11-05"),
        # running numbers
        ("z 31. zasedání", None),
        ("jednání č. 26", None),
        ("1. jednání řídící skupiny", None),
        ("Zapis-3-zasedani-konaneho-dne-18-01-2011", "2011-01-18"),
        ("Zápis z 17. zasedání konaného dne 17. července 2001", "2001-07-17"),
        ("Zápis z 8.rady města ze dne 21.2.2011", "2011-02-21"),
        ("KS.04_15.05.2019", "2019-05-15"),
        ("1 revize", None),
        # districts and parts
        ("ZMČ Praha 5 17. 4. 2008", "2008-04-17"),
        ("Praha 21, konané dne 20. 3. 2012", "2012-03-20"),
        ("senátu 1. LF UK dne 3. 4. 2017", "2017-04-03"),
        # times
        ("12. 9. 2011 v 17.00 hod. ve školní restauraci", "2011-09-12"),
        ("konané od 19,00 hodin", None),
        ("jednání v 9.30 hod", None),
        ("jednani-25-11-2011-v-17-00", "2011-11-25"),
        ("27. 6. v 16:00", "--06-27"),
        ("24.6.2026 v 16hod.", "2026-06-24"),
        ("16. 1. 2020 12.30", "2020-01-16"),
        ("16.1.2020 12:30", "2020-01-16"),
        ("24. 6. 9.00-11.00", "--06-24"),
        ("24. 6. 9.00", "--06-24"),
        ("15. 6, Římská 45", "--06-15"),
        ("7.3.03, Římská 45", "2003-03-07"),
        ("PS 2 19. 8.", "--08-19"),
        ("PS pro seniory 2019", "2019"),
        # ids are no years, and no year lies far ahead
        ("1366-zaznam", None),
        ("3130766_1085797_Navrh", None),
        (f"Plán {NEXT_YEAR}", str(NEXT_YEAR)),
        (f"Zápis 3. 4. {NEXT_YEAR + 1}", None),
        ("Zápis 31. 2. 2020", "2020"),
        ("Zápis 29 2 2019", "2019"),
        ("Zápis 3. 4. 1989", None),
        ("Římská 45", None),
        ("verze 1.2", None),
        ("(80.92 kB)", None),
    ],
)
def test_dates_in_names(name: str, date: str | None) -> None:
    assert best(name) == date


@pytest.mark.parametrize(
    ("name", "alternatives"),
    [
        ("190514 Zápis", ["2014-05-19"]),
        ("Zápis 160120", ["2016-01-20"]),
        ("18-05-10 Zápis", ["2010-05-18"]),
        ("13-9-23 Zápis", ["2013-09-23"]),
        ("Zápisy PS 6. 2. a 5. 3. 2019", ["2019-03-05"]),
        ("Zápis per rollam 10. - 15. 12. 2020", ["2020-12-15"]),
        ("Zápis 1112020", ["2020-01-11"]),
        ("Zápisy leden až červen 2014", ["2014-06"]),
    ],
)
def test_two_readings_are_both_kept_and_doubted(name: str, alternatives: list[str]) -> None:
    found = find_dates(name).dates[0]
    assert found.certainty is Certainty.UNCERTAIN
    assert [str(date) for date in found.alternatives] == alternatives


@pytest.mark.parametrize(
    "name",
    [
        "Zápis 16 1 20",
        "Zápis 2/5/2012",
        "Zápis 16,1,2020",
        "Zápis 5/3/18",
        "2011-12",
        "Zápis 1612025",
        "zapis03-06",
        "rok 01/18",
        "zápis_24-25_4_2017",
        "šetření 03-04_2022",
        "CamScanner 03-15-2022",
        "Zápis č. 12/19",
        "zápis PS 5_23",
        "Zápis 11-18 ŘS",
        "usneseni_2013_1210",
        "zápis leden14",
        "zápis 2019 březen_2",
    ],
)
def test_what_may_be_something_else_is_doubted(name: str) -> None:
    assert {found.certainty for found in find_dates(name).dates} == {Certainty.UNCERTAIN}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("2. jednání řídící skupiny", 2),
        ("Zápis č. 3", 3),
        ("Zápis č.13. z jednání", 13),
        ("Zápis č. 3/2018", 3),
        ("Zápis z 222. zasedání", 222),
        ("Zapis-c-3-z-jednani", 3),
        ("Zapis_05.SVZ_29.05.2019", 5),
        ("z 2. mimořádného zasedání", 2),
        ("6. řádné jednání", 6),
        ("Příloha č. 1", None),
        ("Příl. č. 3 k zápisu", None),
        ("priloha_1_zapis_16_1_2020", None),
        ("Zápis z 1. jednání PS č. 2 Rodina", 1),
        ("Zápis PS č. 1 - Senioři 6. 3. 2020", None),
        ("Zápis PS č. 3/2018", 3),
        ("Zápis č. 12/19", 12),
        ("Usnesení č. 2/58/2012", 58),
        ("Usnesení č. 6/2023", None),
        ("Zápis řídící skupiny č. 37/2016", 37),
        ("16. 1. jednání", None),
        ("Zápis č. 5.12.2020", None),
        ("NÁVRH 2. KOMUNITNÍHO PLÁNU", None),
        ("Zápis PS Péče 6 3", None),
    ],
)
def test_running_numbers(name: str, number: int | None) -> None:
    assert find_dates(name).number == number


def test_planned_years_are_told_from_years_of_the_paper() -> None:
    assert find_dates("Pozvánka - příprava plánu pro rok 2011").dates[0].planned
    assert not find_dates("Zpráva o činnosti v roce 2017").dates[0].planned
    assert not find_dates("PS pro seniory 2019").dates[0].planned
    assert not find_dates("Zápisy rok 2019").dates[0].planned
    assert not find_dates("Pracovní skupina Péče - 2019").dates[0].planned


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_in_its_cases(month: int) -> None:
    forms = {
        1: "leden ledna lednu", 2: "únor února únoru", 3: "březen března březnu", 4: "duben dubna dubnu",
        5: "květen května květnu", 6: "červen června červnu", 7: "červenec července červenci", 8: "srpen srpna srpnu",
        9: "září", 10: "říjen října říjnu", 11: "listopad listopadu", 12: "prosinec prosince prosinci",
    }  # fmt: skip
    for form in forms[month].split():
        for text in (f"5. {form} 2020", f"5-{form}-2020", f"5. {form.upper()} 2020"):
            assert str(find_dates(text).dates[0].date) == f"2020-{month:02d}-05"
        assert find_dates(f"{form} 2020").dates[0].form is Form.MONTH


@given(st.text(alphabet="0123456789. -_/:č") | st.text())
def test_no_name_raises_and_no_year_is_out_of_question(name: str) -> None:
    for found in (*find_dates(name).dates, *find_dates(name, is_name=False).dates):
        assert found.date.year is None or 1990 <= found.date.year <= NEXT_YEAR
        assert 0 <= found.start < found.end
