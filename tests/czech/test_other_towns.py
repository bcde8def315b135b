"""Names of papers as other towns, councils and local action groups give them, against what a person reads in them.

The labels were written before the rules saw the names. "dev" served to mend the rules; the other sets were each
tried blind first, and only then. In the column of groups "+" marks one that is not registered and is to be proposed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kpss_desktop.czech.recognise import recognise
from kpss_desktop.model import Certainty, Group, GroupKind, Kind, Recognition

TITLES = Path(__file__).parent / "data" / "other_towns.tsv"
GROUPS = (
    *(
        Group(name, name)
        for name in (
            "Senioři",
            "Rodina, děti a mládež",
            "Osoby ohrožené sociálním vyloučením",
            "Cizinci a menšiny",
            "Duševně nemocní",
            "Závislosti",
        )
    ),
    Group("Osoby se zdravotním postižením", "Osoby se zdravotním postižením", aliases=("OZP",)),
    Group("ŘS", "ŘS", GroupKind.STEERING),
    Group("Koordinační skupina", "Koordinační skupina", GroupKind.OTHER),
    Group("Sociální komise", "Sociální komise", GroupKind.OTHER, aliases=("Komise sociální",)),
)
with TITLES.open(encoding="utf-8") as file:
    ROWS = [
        (row, recognise(row["name"], groups=GROUPS))
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def date_of(read: Recognition) -> str:
    return str(read.date.value) if read.date else ""


def kind_of(read: Recognition) -> str:
    return str(read.kind.value) if read.kind else ""


def groups_of(read: Recognition) -> list[str]:
    """The groups a row would be filed into without being asked."""
    return list(read.groups.value) if read.groups and read.groups.certainty is not Certainty.UNCERTAIN else []


def registered(row: dict[str, str]) -> list[str]:
    return [name for name in row["groups"].split(";") if name and not name.startswith("+")]


def test_there_are_enough_of_them() -> None:
    assert len(ROWS) > 1000
    assert len({row["name"] for row, _ in ROWS}) == len(ROWS)


def test_full_dates_are_read() -> None:
    full = [(row, read) for row, read in ROWS if len(row["date"]) == 10]
    wrong = [(row["name"], date_of(read)) for row, read in full if date_of(read) != row["date"]]
    assert len(wrong) <= 0.02 * len(full), wrong


def test_no_wrong_date_is_sure() -> None:
    wrong = [(row["name"], read.date) for row, read in ROWS if read.date and date_of(read) != row["date"]]
    assert [one for one in wrong if one[1].certainty is Certainty.SURE] == []


def test_kinds_are_read() -> None:
    named = [(row, read) for row, read in ROWS if row["kind"]]
    missed = [(row["name"], kind_of(read)) for row, read in named if kind_of(read) != row["kind"]]
    assert len(missed) <= 0.04 * len(named), missed


def test_an_unknown_kind_is_not_guessed() -> None:
    guessed = [
        (row["name"], kind_of(read))
        for row, read in ROWS
        if kind_of(read) not in {row["kind"], ""} and (row["kind"] or kind_of(read) != Kind.OTHER)
    ]
    assert len(guessed) <= 0.02 * len(ROWS), guessed


def test_groups_are_read() -> None:
    named = [(row, read) for row, read in ROWS if registered(row)]
    missed = [(row["name"], groups_of(read)) for row, read in named if groups_of(read) != registered(row)]
    assert len(missed) <= 0.05 * len(named), missed


def test_nothing_is_filed_into_a_group_it_does_not_name() -> None:
    wrong = [(row["name"], groups_of(read)) for row, read in ROWS if set(groups_of(read)) - set(registered(row))]
    assert len(wrong) <= 0.01 * len(ROWS), wrong


@pytest.mark.parametrize(
    ("row", "read"),
    [pytest.param(row, read, id=row["name"]) for row, read in ROWS if "+" in row["groups"]],
)
def test_unknown_groups_are_proposed_by_their_name(row: dict[str, str], read: Recognition) -> None:
    assert read.proposed == tuple(name[1:] for name in row["groups"].split(";"))
