"""What a clerk corrects on the sheet teaches the archive names of its groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive import looking
from kpss_desktop.archive.intake import teaching
from kpss_desktop.archive.intake.doubts import Doubt, doubts
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan, Lesson, plan_intake
from kpss_desktop.archive.intake.recognising import recognised_again
from kpss_desktop.archive.undo import redo, undo
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def plan(desk: Desk, inbox: Path) -> IntakePlan:
    return plan_intake(desk.archive, [inbox], silent)


def row(made: IntakePlan, name: str) -> IntakeItem:
    return next(item for item in made.items if item.name == name)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_corrections_teach_a_name(desk: Desk, inbox: Path) -> None:
    for month in range(1, 5):
        write(inbox, f"Zápis PS Pec {month}. {month}. 2018.txt", f"text {month}")
    made = plan(desk, inbox)
    assert [item.new_groups for item in made.items] == [("Pec",)] * 4
    groups = looking.groups(desk.archive)
    lesson = teaching.propose(made.items[:2], "pece", groups)
    assert lesson == Lesson("Pec", "pece")
    again = dict(recognised_again(made.items, teaching.taught(groups, [lesson]), made.extracts))
    assert {place: (item.groups, item.new_groups) for place, item in again.items()} == dict.fromkeys(
        range(4), (("pece",), ())
    )
    learnt = IntakePlan(tuple(again[place] for place in range(4)), made.extracts, (lesson,))
    file_intake(desk.archive, learnt, silent)
    aliases = {group.id: group.aliases for group in looking.groups(desk.archive)}
    assert aliases["pece"] == ("Pec",)
    undo(desk.archive)
    assert looking.groups(desk.archive)[0].aliases == ()
    redo(desk.archive)
    write(inbox, "další/Zápis PS Pec 7. 7. 2019.txt", "další")
    assert row(plan(desk, inbox), "Zápis PS Pec 7. 7. 2019.txt").groups == ("pece",)


def test_a_lesson_is_an_abbreviation_too_and_never_what_is_known(desk: Desk, inbox: Path) -> None:
    write(inbox, "Zapis_07.KPS_25.09.2019.txt", "a")
    write(inbox, "Zápis PS Péče 1. 1. 2018.txt", "b")
    made = plan(desk, inbox)
    groups = looking.groups(desk.archive)
    assert teaching.propose([row(made, "Zapis_07.KPS_25.09.2019.txt")], "pece", groups) == Lesson("KPS", "pece")
    assert teaching.propose([row(made, "Zápis PS Péče 1. 1. 2018.txt")], "prevence", groups) is None
    assert teaching.accept(desk.archive, [Lesson("KPS", "pece")]) == 1
    assert teaching.accept(desk.archive, [Lesson("KPS", "pece")]) == 0


def test_a_word_of_two_groups_asks(desk: Desk, inbox: Path) -> None:
    lessons = [Lesson("KPS", "pece"), Lesson("KPS", "prevence")]
    assert [
        group.id
        for group in teaching.also_called(lessons[1], teaching.taught(looking.groups(desk.archive), lessons[:1]))
    ] == ["pece"]
    teaching.accept(desk.archive, lessons)
    write(inbox, "Zápis KPS 25. 9. 2019.txt", "a")
    item = plan(desk, inbox).items[0]
    assert item.groups == ()
    assert Doubt.UNCERTAIN_GROUP in doubts(item)


def test_proposals_of_many_rows_are_told_once(desk: Desk, inbox: Path) -> None:
    for name in (
        "PS Senioři 1. 1. 2018",
        "PS seniori 2. 2. 2018",
        "PS Rodina 3. 3. 2018",
        "PS Rodina a Senioři 4. 4. 2018",
    ):
        write(inbox, f"Zápis {name}.txt", name)
    made = plan(desk, inbox)
    assert {name for item in made.items for name in item.new_groups} == {"Senioři", "Rodina"}
    assert set(row(made, "Zápis PS Rodina a Senioři 4. 4. 2018.txt").new_groups) == {"Senioři", "Rodina"}
