from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.czech.group_shapes import registry_of
from kpss_desktop.czech.groups import groups_in_text, groups_in_title
from kpss_desktop.czech.heads import head_of
from kpss_desktop.czech.names import core_name, find_group, folder_name, full_title
from kpss_desktop.czech.proposals import as_name, independent_names
from kpss_desktop.model import Certainty, Group, GroupKind, Kind

CARE = Group("care", "Péče", aliases=("PS Péče",))
PREVENTION = Group("prevention", "Prevence")
STEERING = Group("steering", "ŘS", GroupKind.STEERING)
FAMILY = Group("family", "Děti, mládež a rodina")
DISABLED = Group("disabled", "Osoby se zdravotním postižením", aliases=("OPS OZP",))
SENIORS = Group("seniors", "Senioři", aliases=("OPS S",))
AUTISM = Group("autism", "Osoby s mentálním postižením a autismem")
SPORT = Group("sport", "Komise sportu", GroupKind.OTHER, aliases=("KS",))
SCHOOL = Group("school", "Komise školství", GroupKind.OTHER, aliases=("KS",))
ALL = (CARE, PREVENTION, STEERING, FAMILY, DISABLED, SENIORS, AUTISM, SPORT, SCHOOL)


def read(title: str, groups: tuple[Group, ...] = ALL, kind: Kind | None = Kind.MINUTES) -> str:
    reading = groups_in_title(title, registry_of(tuple(groups)), kind).reading
    return f"{' '.join(reading.value)} {reading.certainty}" if reading else ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Zápis PS Péče 16 1 2020", "care sure"),
        ("Zápis PS Péče a Prevence 6 3", "care prevention sure"),
        ("Zápis PS Prevence + Péče", "prevention care sure"),
        ("Zápis PS Péče/Prevence", "care prevention sure"),
        ("zapis-ps-pece-a-prevence-6-3", "care prevention sure"),
        ("Zápis společného jednání PS Péče a PS Prevence", "care prevention sure"),
        ("Zápis z jednání pracovní skupiny Péče", "care sure"),
        ("Zápis z jednání pracovních skupin Péče a Prevence dne 1. 2. 2020", "care prevention sure"),
        ("Zápis skupiny pro péči", "care sure"),
        ("Zápis PS Péče Roudnice nad Labem", "care sure"),
        ("Zápis PS péče - mimořádné jednání", "care sure"),
        ("Zápis Péče 16 1 2020", "care sure"),
        ("Zápis ŘS 31 5 2018", "steering sure"),
        ("zapis_rs_2018", "steering sure"),
        ("Zápis z 1. jednání řídící skupiny KPSS Klatovy", "steering sure"),
        ("Zápis z jednání řídicí skupiny", "steering sure"),
        ("Zápis z jednání ÚŘS - 11.02.2010", "steering sure"),
        ("Společné jednání ŘS a PS Péče", "steering care sure"),
        ("Určení platu ŘŠ a ŠZ", ""),
        ("Zápis z porady RŠ", ""),
        # any order, any case, after "pro"
        ("Zápis PS Děti, mládež a rodina", "family sure"),
        ("Zápis PS Rodina, děti, mládež", "family sure"),
        ("Pracovní skupina pro rodinu, mládež a děti", "family sure"),
        ("zapis ps rodina-deti-mladez", "family sure"),
        ("PRACOVNÍ SKUPINA OSOBY S MENTÁLNÍM POSTIŽENÍM A AUTISMEM", "autism sure"),
        ("Zápis PS pro seniory", "seniors sure"),
        ("Pracovni-skupina-seniori", "seniors sure"),
        ("Zápis z jednání pracovních skupin Senioři a Osoby se zdravotním postižením", "seniors disabled sure"),
        # abbreviations of the office
        ("Zápis z jednání OPS OZP 18.06.2010", "disabled sure"),
        ("Zápis z jednání OPS S a OPS OZP 03.03.2011", "seniors disabled sure"),
        ("zapis-z-jednani-ops-s-a-ops-ozp-03-03-2011", "seniors disabled sure"),
        ("Zápis PS ZTP", "disabled inferred"),
        ("Zapis_KS_1", "sport school uncertain"),
        # nothing is torn out of a longer name
        ("Zápis PS Rodina", "family inferred"),
        ("Zápis PS Péče o seniory", "care uncertain"),
        ("Zápis PS 1 - Péče o seniory", "care uncertain"),
        ("Zápis PS Péče a Bydlení", "care uncertain"),
        ("Zápis PS Bydlení a péče", ""),
        ("Jednací řád PS", ""),
        ("Zápis s panem Novákem", ""),
        ("Zápis prevence kriminality", "prevention inferred"),
        ("Zápis prevence a pro oblast bydlení", "prevention uncertain"),
        ("Pozvánka PS OZP + program 10.4.2014", "disabled sure"),
        # other bodies for the same people are another group
        ("Zápis komise prevence kriminality", "prevention uncertain"),
        ("Zápis komise pro seniory 3. 4. 2020", "seniors uncertain"),
        ("Zápis Domov pro seniory 3. 4. 2020", "seniors uncertain"),
        # the same people in other words
        ("Zápis Rodina 3. 4. 2020", "family inferred"),
        ("Zápis komise pro rodinu 3. 4. 2020", ""),
        ("Zápis PS senioři a ZTP", "seniors disabled inferred"),
        ("Zápis PS Senioři, rodina 3. 4. 2020", "seniors family inferred"),
        ("Zápis PS pro děti se speciálními potřebami", "family uncertain"),
        ("Zápis řídící pracovní skupiny 3. 4. 2020", "steering sure"),
        ("Zápis P.S. Senioři 3. 4. 2020", "seniors sure"),
        ("Zápis z prac. sk. Senioři", "seniors sure"),
        ("Zápis PS č. 2 Senioři", "seniors sure"),
    ],
)
def test_groups_in_title(title: str, expected: str) -> None:
    assert read(title) == expected


def test_a_name_of_several_groups_is_one_when_it_is_registered_whole() -> None:
    joint = Group("joint", "Péče a Prevence")
    assert read("Zápis PS Péče a Prevence", (CARE, PREVENTION, joint)) == "joint sure"
    assert read("Zápis PS Děti, mládež a rodina", (Group("f", "Rodina"),)) == "f inferred"


@pytest.mark.parametrize("title", ["Metodika prevence kriminality", "Katalog služeb péče o seniory"])
def test_papers_of_no_meeting_take_no_group_from_a_mere_word(title: str) -> None:
    assert read(title, kind=Kind.HANDBOOK) == ""
    assert read("Plán PS Péče", kind=Kind.PLAN) == "care sure"


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("Zápis PS Bydlení 6 3", ("Bydlení",)),
        ("Zápis z jednání pracovní skupiny Sociální oblast dne 5. 6.", ("Sociální oblast",)),
        ("Zápis pracovní skupiny pro seniory", ("Senioři",)),
        ("Zápis PS Děti, mládež a rodina 2020", ("Děti, mládež a rodina",)),
        ("pracovni-skupina-cizinci", ("Cizinci",)),
        ("Zápis PS PÉČE O DUŠI", ("Péče o duši",)),
        ("Zápis PS Osoby v krizi 3. 4. 2020", ("Osoby v krizi",)),
        ("Zápis PS Senioři v Roudnici", ("Senioři",)),
        ("PS1_zapis_07062012", ("PS 1",)),
        ("Zápis PS 1 7. 6. 2012", ()),
        ("Zápis PS č. 3/2018", ()),
        ("Zápis z jednání řídící skupiny", ("ŘS",)),
        ("Jednací řád ŘS", ("ŘS",)),
        ("Jednací řád PS", ()),
        ("Setkání PS a paktu zaměstnanosti", ()),
        ("Zápis ze setkání pracovní skupiny KPSS Blansko", ()),
        ("Pozvánka na jednání pracovních skupin - příprava Realizačního plánu", ()),
        ("Návrh aktivit z 3. pracovní skupiny", ()),
        ("Zápis z jednání pracovní skupiny dne 5. 6. 2020", ()),
        ("zápis PS_12 mar 2019", ()),
        ("zápis PS MAR 2019", ("MAR",)),
        ("PS1_PS5_joint_zapis_2024-11-27", ("PS 1", "PS 5")),
        ("KPSS_Members_PS1-PS7", ("PS 1", "PS 7")),
        # what is said of the paper is no group
        ("Zápis PS_podepsáno_3.5.2022", ()),
        ("zapis_PS_seniori_CISTOPIS", ("Seniori",)),
        ("Zápis PS Bydlení sken", ("Bydlení",)),
        ("Zápis PS Podpora bydlení - opraveno", ("Podpora bydlení",)),
        ("zapis_PS2_k_pripominkovani", ("PS 2",)),
        ("Jednací řád ŘS a PS_schváleno 15. 2. 2024", ("ŘS",)),
        ("Členové PS k datu 21. 1. 2021", ()),
    ],
)
def test_unregistered_groups_are_proposed(title: str, proposed: tuple[str, ...]) -> None:
    assert groups_in_title(title, registry_of(()), Kind.MINUTES).proposed == proposed


def test_groups_in_text_need_to_be_called_so() -> None:
    text = "Město\nZápis z jednání pracovní skupiny Prevence\nPřítomni: ..."
    reading = groups_in_text(head_of(text), registry_of(ALL))
    assert reading is not None
    assert reading.value == ("prevention",)
    assert reading.certainty is Certainty.INFERRED
    assert groups_in_text(head_of("Program: péče o seniory, prevence kriminality"), registry_of(ALL)) is None


NUMBERED = (
    Group("one", "PS 1"),
    Group("two", "PS č. 2"),
    Group("three", "Pracovní skupina č. 3"),
    Group("four", "PS 4 - Senioři"),
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Zápis PS 1", "one sure"),
        ("PS1_zapis_07062012", "one sure"),
        ("Zápis PS č. 1 7. 6. 2012", "one sure"),
        ("Zápis PS 2 - 7. 6. 2012", "two sure"),
        ("Zápis PS 02 únor", ""),
        ("zapis-pracovni-skupina-c-3-duben-2012", "three sure"),
        ("Zápis PS 4", "four sure"),
        ("Zápis PS senioři", "four sure"),
        ("Zápis PS 3/2018", ""),
        ("Zápis PS č. 3/2018", ""),
        ("Zápis PS 1 2 2018", ""),
        ("Zápis PS 5", ""),
    ],
)
def test_groups_that_are_only_numbers(title: str, expected: str) -> None:
    assert read(title, NUMBERED) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Péče", CARE),
        ("péče", CARE),
        ("pece", CARE),
        ("PS Péče", CARE),
        ("ps péči", CARE),
        ("Pracovní skupina Péče", CARE),
        ("rs", STEERING),
        ("ŘS", STEERING),
        ("řídící skupina", STEERING),
        ("Řídící skupina KPSS", STEERING),
        ("rodina, děti a mládež", FAMILY),
        ("OZP", DISABLED),
        ("ops ozp", DISABLED),
        ("care", CARE),
        ("KS", None),
        ("bydlení", None),
        ("", None),
    ],
)
def test_find_group(typed: str, found: Group | None) -> None:
    assert find_group(typed, ALL) is found


@pytest.mark.parametrize(
    ("group", "title", "folder"),
    [
        (CARE, "Pracovní skupina Péče", "Péče"),
        (Group("x", "PS Péče"), "Pracovní skupina Péče", "Péče"),
        (Group("x", "Pracovní skupina Péče"), "Pracovní skupina Péče", "Péče"),
        (STEERING, "Řídící skupina", "Řídící skupina"),
        (Group("x", "Koordinační skupina", GroupKind.STEERING), "Koordinační skupina", "Koordinační skupina"),
        (SPORT, "Komise sportu", "Komise sportu"),
    ],
)
def test_titles_and_folders(group: Group, title: str, folder: str) -> None:
    assert full_title(group) == title
    assert folder_name(group) == folder


def test_marks_tell_words_of_one_stem_apart() -> None:
    council = Group("council", "Rada", GroupKind.OTHER)
    order = Group("order", "Řád", GroupKind.OTHER)
    assert read("Jednací řád", (council,), Kind.RULES) == ""
    assert read("jednaci-rad", (council,), Kind.RULES) == ""
    assert read("Zápis rady 3. 4. 2020", (council,)) == "council sure"
    assert read("Zápis řádu 3. 4. 2020", (order,)) == "order sure"
    assert read("Zápis ráda 3. 4. 2020", (order,)) == ""
    assert read("Zápis PS Péče", (Group("care", "Pece"),)) == "care sure"
    assert read("Zápis PS pece", (CARE,)) == "care sure"


@pytest.mark.parametrize(
    ("proposed", "independent"),
    [
        (["Péče", "Prevence", "Péče a Prevence"], ("Péče", "Prevence")),
        (["Péče a Prevence", "Péče"], ("Péče a Prevence", "Péče")),
        (["Péče, Prevence", "Prevence", "Péče"], ("Prevence", "Péče")),
        (["Seniori", "Senioři", "senioři"], ("Senioři",)),
        (["Děti, mládež a rodina"], ("Děti, mládež a rodina",)),
        ([], ()),
    ],
)
def test_proposals_of_many_documents(proposed: list[str], independent: tuple[str, ...]) -> None:
    assert independent_names(proposed) == independent


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("pro seniory", "Senioři"),
        ("pro kvalitu", "Kvalita"),
        ("pro veřejnou správu a terénní práci", "Veřejná správa a terénní práce"),
        ("pro rozvoj venkova a regionu", "Rozvoj venkova a regionu"),
        ("pro kvalitu života seniorů a regionu", "Kvalita života seniorů a regionu"),
        ("pro seniory, kulturu a romskou komunitu", "Senioři, kultura a romská komunita"),
        ("a paktu zaměstnanosti", ""),
        ("seniorů", "Senioři"),
        ("pro-seniory", "Senioři"),
        ("pro Romy", "Romové"),
        ("pro mladé lidi", "Mladí lidé"),
        ("pro české občany", "Čeští občané"),
        ("pro duševně nemocné", "Duševně nemocní"),
        ("zdravotně postižených", "Zdravotně postižení"),
        ("osob ohrožených sociálním vyloučením", "Osoby ohrožené sociálním vyloučením"),
        ("pro osoby závislé na drogách", "Osoby závislé na drogách"),
        ("pro obyvatele sociálně vyloučených lokalit", "Obyvatelé sociálně vyloučených lokalit"),
        ("poskytovatelů sociálních služeb", "Poskytovatelé sociálních služeb"),
        ("pro rodinu, děti a mládež", "Rodina, děti a mládež"),
        ("rodin s dětmi", "Rodiny s dětmi"),
        ("etnických menšin", "Etnické menšiny"),
        ("pro ohrožené děti a mládež", "Ohrožené děti a mládež"),
        ("pro neformální pečující", "Neformální pečující"),
        ("sociálního začleňování", "Sociální začleňování"),
        ("pro prevenci kriminality", "Prevence kriminality"),
        ("Péče o seniory", "Péče o seniory"),
        ("Financování sociálních služeb", "Financování sociálních služeb"),
        ("národnostních menšin", "Národnostní menšiny"),
        ("Osoby v krizi", "Osoby v krizi"),
    ],
)
def test_a_proposed_group_is_called_by_the_nominative(words: str, name: str) -> None:
    assert as_name(words) == name


def test_core_name_keeps_what_has_no_more() -> None:
    assert core_name("PS") == "PS"
    assert core_name("psychiatrie") == "psychiatrie"


GROUPS = st.lists(st.builds(Group, st.text(min_size=1, max_size=4), st.text(max_size=12)), max_size=3).map(tuple)


@given(st.text(alphabet="psPS péčeaAřŘ skupina,-/ 13ŠS") | st.text(), GROUPS)
def test_no_title_raises(title: str, groups: tuple[Group, ...]) -> None:
    found = groups_in_title(title, registry_of((*groups, *ALL)))
    ids = {group.id for group in (*groups, *ALL)}
    assert found.reading is None or set(found.reading.value) <= ids
    assert find_group(title, groups) in {None, *groups}
