from __future__ import annotations

import pytest

from kpss_desktop.archive.search.filter_values import groups_meant, kinds_meant, states_meant, tags_meant
from kpss_desktop.model import Group, GroupKind, Kind, TextState

GROUPS = (
    Group("care", "Péče", aliases=("Senioři",)),
    Group("prevention", "Prevence"),
    Group("family", "Péče o rodinu"),
    Group("steering", "ŘS", GroupKind.STEERING),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Péče", ("care",)),
        ("pece", ("care",)),
        ("P", ("care", "prevention", "family")),
        ("pre", ("prevention",)),
        ("rodin", ("family",)),
        ("seni", ("care",)),
        ("řídící", ("steering",)),
        ("evence", ()),
        ("nikdo", ()),
    ],
)
def test_groups(typed: str, expected: tuple[str, ...]) -> None:
    assert groups_meant([typed], GROUPS) == expected


def test_several_values_are_all_meant_once() -> None:
    assert groups_meant(["Péče", "P", "ŘS"], GROUPS) == ("care", "prevention", "family", "steering")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zápisy", (Kind.MINUTES,)),
        ("poz", (Kind.INVITATION,)),
        ("prezenční", (Kind.ATTENDANCE,)),
        ("minutes", (Kind.MINUTES,)),
        ("plán", (Kind.PLAN,)),
        ("xyz", ()),
        ("", ()),
    ],
)
def test_kinds(typed: str, expected: tuple[Kind, ...]) -> None:
    assert kinds_meant([typed]) == expected


def test_states() -> None:
    assert states_meant(["sken"]) == (TextState.EMPTY,)
    assert states_meant(["pošk"]) == (TextState.DAMAGED,)
    assert states_meant(["nic"]) == ()


def test_tags_need_no_accents_and_may_be_begun() -> None:
    tags = ("důležité", "Důležité", "k řešení")
    assert tags_meant(["důležité"], tags) == ("důležité",)
    assert tags_meant(["DULEZITE", "řeš"], tags) == ("důležité", "k řešení")
    assert tags_meant(["jiný"], tags) == ("jiný",)
