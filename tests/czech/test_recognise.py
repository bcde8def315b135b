from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.czech.heads import head_of
from kpss_desktop.czech.recognise import Context, recognise
from kpss_desktop.czech.text_dates import date_in_text, number_in_text
from kpss_desktop.model import Certainty, Group, GroupKind, Kind, Recognition, Source

SHARED = Path(__file__).parents[3] / "shared"
CARE = Group("Péče", "Péče")
PREVENTION = Group("Prevence", "Prevence")
STEERING = Group("ŘS", "ŘS", GroupKind.STEERING)
GROUPS = (CARE, PREVENTION, STEERING)
KINDS = {"zápis": Kind.MINUTES, "pozvánka": Kind.INVITATION, "prezenční listina": Kind.ATTENDANCE}


def dated(recognition: Recognition) -> str:
    date = recognition.date
    return f"{date.value} {date.source} {date.certainty}" if date else ""


@pytest.mark.parametrize("collection", ["drive", "seed-page"])
def test_every_paper_of_the_sample_drive(collection: str) -> None:
    truth = SHARED / f"minutes/{collection}.jsonl"
    if not truth.exists():
        pytest.skip("the sample minutes of the shared folder are not here")
    rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    places = defaultdict(list)
    for row in rows:
        place, name = split(row["file"])
        places[place].append(name)
    for row in rows:
        place, name = split(row["file"])
        folders = tuple(part for part in place.split("/") if part and not part.endswith(".zip"))
        archive = place.rpartition("/")[2] if place.endswith(".zip") else None
        beside = tuple(other for other in places[place] if other != name)
        read = recognise(name, groups=GROUPS, context=Context(folders, archive, beside))
        assert read.kind is not None
        assert read.kind.value is KINDS[row["kind"]], name
        assert read.groups is not None
        assert list(read.groups.value) == row["groups"], name
        assert read.groups.certainty is Certainty.SURE
        assert read.proposed == ()
        assert read.date is not None
        assert str(read.date.value) == row["date"], name
        whole = str(row["year"]) in name
        assert (read.date.certainty is Certainty.SURE) == whole, name


def split(file: str) -> tuple[str, str]:
    place, _, name = file.rpartition("!" if "!" in file else "/")
    return place, name


NEIGHBOURS = ("Zápis PS Péče 7 2 2020.doc", "Zápis PS Péče 16 1 2020.doc", "Zápis PS Péče 3 4 2019.doc")


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("Zápis PS Péče 16 1 2020.doc", Context(archive_name="PS Péče - 2019.zip"), "2020-01-16 name sure"),
        # a year from around, in this order, never sure
        ("Zápis 6 3", Context(), "--03-06 name inferred"),
        ("Zápis 6 3", Context(year=2021, archive_name="PS - 2019.zip"), "2021-03-06 clerk inferred"),
        ("Zápis 6 3", Context(("2018",), "PS - 2019.zip", NEIGHBOURS), "2019-03-06 zip inferred"),
        ("Zápis 6 3", Context(("2017", "2018"), None, NEIGHBOURS), "2018-03-06 folder inferred"),
        ("Zápis 6 3", Context(("Péče",), None, NEIGHBOURS), "2020-03-06 neighbours inferred"),
        ("Zápis 6 3", Context((), None, NEIGHBOURS[1:]), "--03-06 name inferred"),
        ("Zápis 3 4", Context((), None, (*NEIGHBOURS, "Pozvánka 3. 4. 2019")), "2019-04-03 neighbours inferred"),
        ("Zápis 6 3", Context(("Zápisy 2015-2018",)), "--03-06 name inferred"),
        ("Zápis 29 2", Context(("2019",), None, NEIGHBOURS), "2020-02-29 neighbours inferred"),
        ("zapis03-06", Context(("2019",)), "2019-06-03 folder uncertain"),
        # two readings of the same digits, decided by the year of the place
        ("Zápis 190514", Context(), "2014-05-19 name uncertain"),
        ("190514 Zápis", Context(), "2019-05-14 name uncertain"),
        ("Scan_20200116.pdf", Context(), "2020-01-16 name inferred"),
        ("Zápis 190514", Context(("2014",)), "2014-05-19 name inferred"),
        ("Zápis 190514", Context(("2019",)), "2019-05-14 name inferred"),
        # no date at all
        ("Zápis PS Péče", Context(), ""),
        ("Zápis PS Péče", Context(("2018",)), "2018 folder inferred"),
        ("Zápis PS Péče", Context((), "Pracovní skupina Péče - 2019.zip"), "2019 zip inferred"),
        ("Zápis PS Péče", Context((), "Zapis_07.KS_25.09.2019.zip"), "2019-09-25 zip inferred"),
        ("Zápis PS Péče", Context((), None, NEIGHBOURS), ""),
        # two dates
        ("Zápis konaného dne 06.05.2015 (11.05.2015)", Context(), "2015-05-06 name sure"),
        ("Zápis (11.05.2015) ze dne 06.05.2015", Context(), "2015-05-06 name sure"),
        ("Zápis 6. 5. 2015 (opraveno 11. 5. 2015)", Context(), "2015-05-06 name sure"),
        ("Zápis č. 3/2019, schváleno RM 5. 6. 2019", Context(), "2019 name inferred"),
        ("Zápis ŘS schválený 5. 6. 2019", Context(), "2019-06-05 name uncertain"),
        ("Akční plán 2020 - schváleno ZM 12.12.2019", Context(), "2020 name inferred"),
        ("Zápis PS pro osoby bez přístřeší 6. 3. 2020", Context(), "2020-03-06 name sure"),
        ("Scan_20190410 zápis z 9.4.2019.pdf", Context(), "2019-04-09 name sure"),
        # an upload, a scanner, a newer version
        ("20220627-zapis-ps-cizinci-23-6-2022.pdf", Context(), "2022-06-23 name uncertain"),
        ("20220623 Zápis, úkoly 27. 6. 2022.pdf", Context(), "2022-06-23 name uncertain"),
        ("doc00452320230316084512.pdf", Context(), "2023-03-16 name inferred"),
        ("doc00452320230316084512 zápis 14.3.2023.pdf", Context(), "2023-03-14 name sure"),
        ("doc00452399990316084512.pdf", Context(), ""),
        ("PS4_Zapis_2022-10-05_rev_2022-10-12.docx", Context(), "2022-10-05 name sure"),
        ("Zápis PS prev 5.10.2022.docx", Context(), "2022-10-05 name sure"),
        ("Zápis revitalizace 5.10.2022.docx", Context(), "2022-10-05 name sure"),
        ("Zápis PS senioři 6.2. + 5.3.2019.docx", Context(), "2019-03-05 name uncertain"),
        ("KPSS 4 - návrh k připomínkám do 30. 9. 2014", Context(), "2014-09-30 name uncertain"),
        ("KPSS 2014-2017 po projednání 25.11.2013", Context(), "2014 name inferred"),
        ("Jednací řád aktualizovaný 5. 6. 2019", Context(), "2019-06-05 name sure"),
        ("MUXY-2020-1234-zapis", Context(), "2020 name inferred"),
        ("5. KPSS Uherské Hradiště 2023–2026 návrh k 15. 9. 2022", Context(), "2023 name inferred"),
        ("Vyhodnocení AP 2021 - schváleno ŘS 10.3.2022", Context(), "2022-03-10 name uncertain"),
        ("Jednání odloženo z 12.3.2019 na 9.4.2019", Context(), "2019-03-12 name uncertain"),
        ("Zápis ze dne 12.3.2019 o návštěvě 5.2.2019", Context(), "2019-03-12 name sure"),
        ("Zápis z 14.1.2021 k akci dne 20.2.2021", Context(), "2021-01-14 name uncertain"),
        ("Usnesení č. Z5/12/2022 ze dne 15. 6. 2022", Context(), "2022-06-15 name sure"),
        ("Zápis ze 16.1. (příště 20.2.2020)", Context(), "--01-16 name inferred"),
        ("Zápis 16. 1. 2020, příští jednání 20. 2. 2020", Context(), "2020-01-16 name sure"),
        ("Zápis 9-2019", Context(), "2019 name inferred"),
        ("zapis%20PS%20P%C3%A9%C4%8De%2016.1.2020.pdf", Context(), "2020-01-16 name sure"),
        ("Zápis 6. 5. 2015 - aktualizace dne 11. 5. 2015", Context(), "2015-05-06 name sure"),
        ("č.j. 5/2018 zápis 20. 1.", Context((), "PS - 2019.zip"), "2019-01-20 zip inferred"),
        ("č.j. 5/2018 zápis 20. 1.", Context(), "2018-01-20 name inferred"),
        ("20. 1. zápis PS Péče 2020", Context(), "2020-01-20 name inferred"),
        ("Zápis 6. 5. 2015 a 7. 8. 2015", Context(), "2015-05-06 name uncertain"),
        # years of plans
        ("Komunitní plán na období 2021-2024", Context(), "2021 name inferred"),
        ("Pozvánka na jednání - příprava plánu pro rok 2011", Context(), ""),
        ("Zápis č. 3/2018", Context(), "2018 name inferred"),
        ("Zápis 31. 2. 2020", Context(), "2020 name uncertain"),
    ],
)
def test_date_from_name_and_place(name: str, context: Context, expected: str) -> None:
    assert dated(recognise(name, groups=GROUPS, context=context)) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Zápis.doc", "Zápis z jednání\nkonaného dne 2.5.2020 v 12.30 hod.", "2020-05-02 text sure"),
        ("Zápis.doc", "Zápis\nDatum: 15. května 2020, od 8:00 hod.", "2020-05-15 text sure"),
        ("Zápis.doc", "Zápis\nTermín jednání:\n13.9.2020", "2020-09-13 text sure"),
        ("Zápis.doc", "Zápis\núterý 5. 3. 2019 od 13 hodin", "2019-03-05 text sure"),
        ("Zápis.doc", "Zápis\nPéče 5. 3. 2019", "2019-03-05 text inferred"),
        ("Zápis.doc", "Zápis\nTermín jednání: 27. 6. v 16:00", "--06-27 text inferred"),
        ("Zápis.doc", "Zápis\nPříští jednání dne 5. 3. 2019\nzákon ze dne 1. 1. 2007", ""),
        ("Zápis.doc", "V Roudnici nad Labem dne 5. 3. 2019", ""),
        ("Zápis.doc", "\n".join(["řádek"] * 20) + "\nkonané dne 5. 3. 2019", ""),
        ("Pozvánka.doc", "Zveme Vás na další jednání, které se koná dne 5. 3. 2019", "2019-03-05 text sure"),
        ("Zápis 6 3.doc", "konané dne 6. 3. 2019", "2019-03-06 text inferred"),
        ("Zápis 6 3.doc", "konané dne 7. 3. 2019", "2019-03-06 text uncertain"),
        ("Zápis 6 3 2020.doc", "konané dne 6. 3. 2020", "2020-03-06 name sure"),
        ("Zápis 6 3 2020.doc", "konané dne 3. 6. 2020", "2020-03-06 name uncertain"),
        ("Zápis 6 3 2020.doc", "dopis od 3. 6. 2020", "2020-03-06 name sure"),
        ("Scan_20200310.pdf", "konané dne 6. 3. 2020", "2020-03-06 text sure"),
        ("Zápis 12-19.pdf", "konané dne 6. 3. 2020", "2020-03-06 text uncertain"),
        ("Zápis 12-20.pdf", "konané dne 6. 3. 2020", "2020-03-06 text sure"),
        ("190514 Zápis.doc", "konané dne 19. 5. 2014", "2014-05-19 text sure"),
        ("190514 Zápis.doc", "konané dne 14. 5. 2019", "2019-05-14 name sure"),
        ("Zápis č. 1/2019.doc", "konané dne 3. 6. 2019", "2019-06-03 text sure"),
        ("Zápis č. 1/2019.doc", "konané dne 3. 6. 2020", "2019 name uncertain"),
        ("Zápis červen 2019.doc", "konané dne 3. 6. 2019", "2019-06-03 text sure"),
        ("Komunitní plán 2019.doc", "schůzka konaná dne 3. 6. 2018", "2019 name inferred"),
    ],
)
def test_date_from_text(name: str, text: str, expected: str) -> None:
    assert dated(recognise(name, text, groups=GROUPS)) == expected


def test_a_contradiction_shows_both_dates() -> None:
    date = recognise("Zápis 6 3 2020.doc", "konané dne 3. 6. 2020", groups=GROUPS).date
    assert date is not None
    assert "6 3 2020" in date.evidence
    assert "3. 6. 2020" in date.evidence


def test_the_place_contradicts_the_text() -> None:
    context = Context(archive_name="PS Péče - 2018.zip")
    read = recognise("Zápis 6 3.doc", "konané dne 6. 3. 2019", groups=GROUPS, context=context)
    assert dated(read) == "2018-03-06 zip uncertain"


@pytest.mark.parametrize(
    ("name", "text", "context", "expected"),
    [
        ("Zápis PS Péče", "", Context(("Prevence",)), "Péče name sure"),
        ("Zápis 6 3", "", Context(("Péče", "2020")), "Péče folder inferred"),
        ("Zápis 6 3", "", Context(("Péče", "Prevence")), "Prevence folder inferred"),
        ("Zápis 6 3", "", Context((), "Pracovní skupina Péče - 2019.zip"), "Péče zip inferred"),
        ("Zápis 6 3", "Zápis z jednání pracovní skupiny Prevence", Context(), "Prevence text inferred"),
        ("Zápis 6 3", "", Context(groups=("ŘS",)), "ŘS clerk sure"),
        ("Zápis PS Prevence", "", Context(groups=("Péče",)), "Péče clerk sure"),
        ("Zápis PS Péče a Prevence", "", Context(groups=("Péče",)), "Péče Prevence name sure"),
        ("Zápis 6 3", "", Context(("02_PSpéče",)), "Péče folder inferred"),
        ("Zápis 6 3", "", Context((), "pece-prevence-2018.zip"), "Péče Prevence zip inferred"),
        ("Zápis 6 3", "", Context((unicodedata.normalize("NFD", "Péče"),)), "Péče folder inferred"),
        (unicodedata.normalize("NFD", "Zápis PS Péče a Prevence"), "", Context(), "Péče Prevence name sure"),
        ("Zápis 6 3", "", Context(), ""),
    ],
)
def test_groups_from_name_place_and_text(name: str, text: str, context: Context, expected: str) -> None:
    groups = recognise(name, text, groups=GROUPS, context=context).groups
    assert (f"{' '.join(groups.value)} {groups.source} {groups.certainty}" if groups else "") == expected


def test_an_alias_of_two_groups_is_narrowed_by_the_folder() -> None:
    sport = Group("sport", "Komise sportu", GroupKind.OTHER, ("KS",))
    school = Group("school", "Komise školství", GroupKind.OTHER, ("KS",))
    alone = recognise("Zápis KS 6 3", groups=(sport, school)).groups
    assert alone is not None
    assert (alone.value, alone.certainty) == (("sport", "school"), Certainty.UNCERTAIN)
    placed = recognise("Zápis KS 6 3", groups=(sport, school), context=Context(("Komise školství",))).groups
    assert placed is not None
    assert (placed.value, placed.source) == (("school",), Source.FOLDER)


def test_groups_are_proposed_from_the_place() -> None:
    read = recognise("Zápis 6 3", groups=(), context=Context((), "Pracovní skupina Péče - 2019.zip"))
    assert read.proposed == ("Péče",)
    assert recognise("Zápis ŘS 6 3", groups=()).proposed == ("ŘS",)


def test_a_month_beside_a_year_is_read_in_papers_that_nobody_numbers() -> None:
    assert dated(recognise("Prezenční listina PS Péče 01-2022.pdf", groups=GROUPS)) == "2022-01 name inferred"
    assert dated(recognise("Prezenční listina PS Péče 13-2022.pdf", groups=GROUPS)) == "2022 name inferred"
    assert dated(recognise("Zápis PS Péče 01-2022.pdf", groups=GROUPS)) == "2022 name inferred"
    assert dated(recognise("Prezenční listina PS Péče 04-2022 a 05-2022.pdf", groups=GROUPS)) == "2022 name inferred"


def test_the_zip_of_a_year() -> None:
    read = recognise("Pracovní skupina Péče - 2019.zip", groups=GROUPS)
    assert read.kind is not None
    assert read.kind.value is Kind.YEAR_ZIP
    assert read.groups is not None
    assert read.groups.value == ("Péče",)
    assert dated(read) == "2019 name sure"


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("Zápis z 2. jednání", "Zápis z 3. jednání", 2),
        ("Zápis", "Město\nZápis z 3. jednání PS", 3),
        ("Pozvánka", "Zveme Vás na 6. jednání, které se koná dne 26. 10. 2020", 6),
        ("Zápis", "Příští, 4. jednání bude", None),
        ("Zápis", "Usnesení č. 3", None),
        ("Zápis", "Zápis\nUsnesení č. 1/2/2020: PS\nUsnesení č. 2/2/2020: PS", 2),
        ("Zápis", "Zápis\nUsnesení č. 1/2/2020: PS\nUsnesení č. 1/3/2020: PS", None),
    ],
)
def test_running_number(name: str, text: str, number: int | None) -> None:
    assert recognise(name, text, groups=GROUPS).number == number


def test_both_ends_of_a_name_longer_than_any_disk_allows_are_read() -> None:
    read = recognise(f"Zápis PS Péče {'velmi ' * 9999}16. 1. 2020.docx", groups=GROUPS)
    assert read.kind is not None
    assert read.kind.value is Kind.MINUTES
    assert read.groups is not None
    assert dated(read) == "2020-01-16 name sure"


CONTEXTS = st.builds(
    Context,
    folders=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    archive_name=st.none() | st.text(max_size=20),
    neighbours=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    year=st.none() | st.integers(-1, 99999),
)
TITLES = st.text(alphabet="Zápis PSŘ éčea Prevnc0123456789._-/()č", max_size=60) | st.text(max_size=60)


@given(TITLES, TITLES, CONTEXTS)
def test_no_name_text_or_place_raises(name: str, text: str, context: Context) -> None:
    read = recognise(name, text, groups=GROUPS, context=context)
    assert read == recognise(name, text, groups=GROUPS, context=context)
    assert read.date is None or read.date.value.year is None or read.date.value.year >= 1990


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 8000,
        "1." * 4000,
        "a " * 4000,
        " " * 8000,
        "1 " * 4000,
        "Z á " * 2000,
        "/" * 8000,
        "(1) " * 9999,
        "1," * 9999,
    ],
)
def test_long_and_odd_texts_are_read_in_no_time(hostile: str) -> None:
    read = recognise(hostile, hostile, groups=GROUPS)
    assert read.kind is None
    assert date_in_text(head_of(hostile)) is None
    assert number_in_text(head_of(hostile)) is None
