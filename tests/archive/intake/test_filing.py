"""Rows that are filed together: names that meet, papers of one meeting, files of one document, and what goes wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kpss_desktop import records
from kpss_desktop.archive.intake.filing import Filed, file_intake
from kpss_desktop.archive.intake.plan import FileAs, ItemState
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.undo import next_undo, undo
from kpss_desktop.catalogue.documents import load_groups
from kpss_desktop.catalogue.meetings import all_meetings
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive.conftest import Desk


def write(folder: Path, *names: str) -> None:
    """Files that say their names, so that no two are the same."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Obsah souboru {name}", encoding="utf-8")


def meetings(desk: Desk) -> list[tuple[str, int | None]]:
    return [(date, number) for _id, date, _home, number in all_meetings(desk.archive.catalogue.db)]


@pytest.mark.parametrize("others", [0, 40])  # of many, their folder's list is asked
def test_files_of_one_name_in_one_drop_get_numbers_that_neither_a_row_nor_a_stranger_has(
    desk: Desk, inbox: Path, others: int
) -> None:
    write(inbox / "first", "Zápis PS Péče 16 1 2020.txt")
    desk.take(inbox / "first")
    write(desk.folder / "Péče" / "2020", "Zápis PS Péče 16 1 2020 (3).txt")
    write(
        inbox / "more", "a/Zápis PS Péče 16 1 2020.txt", "b/Zápis PS Péče 16 1 2020.txt", "c/Jiný PS Péče 1 2 2020.txt"
    )
    write(inbox / "more", *(f"k {number} PS Péče 1 3 2020.txt" for number in range(others)))
    desk.take(inbox / "more")
    paths = [document.file.path for document in desk.documents()]
    assert [path for path in paths if not path.startswith("Péče/2020/k ")] == [
        "Péče/2020/Jiný PS Péče 1 2 2020.txt",
        "Péče/2020/Zápis PS Péče 16 1 2020 (2).txt",
        "Péče/2020/Zápis PS Péče 16 1 2020 (4).txt",
        "Péče/2020/Zápis PS Péče 16 1 2020.txt",
    ]


def test_rows_are_filed_shelf_after_shelf_and_told_in_the_order_of_the_plan(desk: Desk, inbox: Path) -> None:
    write(inbox, *(f"{n:02d} Zápis PS {('Péče', 'Prevence')[n % 2]} {n + 1} 1 {2019 + n % 3}.txt" for n in range(12)))
    plan = plan_intake(desk.archive, [inbox], silent, read=False)
    told: list[str] = []
    report = file_intake(desk.archive, plan, lambda _done, _total, name="": told.append(name))
    assert [outcome.item for outcome in report.outcomes] == list(plan.items)
    shelves = [desk.one(name).file.path.rpartition("/")[0] for name in told if name]
    assert len(shelves) == 12
    assert shelves == sorted(shelves, key=shelves.index)  # none is come back to
    paths = {document.id: document.file.path for document in desk.documents()}
    assert [paths[str(outcome.document_id)].rpartition("/")[2] for outcome in report.outcomes] == [
        item.name for item in plan.items
    ]


@pytest.mark.parametrize("drops", [1, 2])
def test_joint_minutes_make_one_meeting_of_those_of_their_groups(desk: Desk, inbox: Path, drops: int) -> None:
    write(inbox / "1", "Pozvánka č. 7 PS Péče 16 1 2020.txt", "Pozvánka PS Prevence 16 1 2020.txt")
    write(inbox / str(drops), "Zápis PS Péče a Prevence 16 1 2020.txt")
    before = []
    for drop in sorted(inbox.iterdir()):
        before.append(desk.state())
        desk.take(drop)
    assert meetings(desk) == [("2020-01-16", 7)]
    assert len({document.meeting for document in desk.documents()}) == 1
    known = desk.state()
    desk.forget()
    assert desk.state() == known
    assert desk.problems() == []


def test_joint_minutes_that_are_undone_leave_two_meetings(desk: Desk, inbox: Path) -> None:
    write(inbox / "1", "Pozvánka č. 7 PS Péče 16 1 2020.txt", "Pozvánka PS Prevence 16 1 2020.txt")
    write(inbox / "2", "Zápis PS Péče a Prevence 16 1 2020.txt")
    desk.take(inbox / "1")
    before, two = desk.state(), sorted(meetings(desk), key=str)
    desk.take(inbox / "2")
    undo(desk.archive)
    assert (desk.state(), sorted(meetings(desk), key=str)) == (before, two)
    assert len(two) == 2


def test_the_number_of_a_meeting_is_the_first_that_a_name_tells(desk: Desk, inbox: Path) -> None:
    write(
        inbox,
        "a Pozvánka PS Péče 16 1 2020.txt",
        "b Zápis č. 4 PS Péče 16 1 2020.txt",
        "c Zápis č. 5 PS Péče 16 1 2020.txt",
    )
    desk.take(inbox)
    assert meetings(desk) == [("2020-01-16", 4)]


def test_a_row_may_belong_to_one_that_belongs_to_another(desk: Desk, inbox: Path) -> None:
    write(inbox, "1 Zápis PS Péče 16 1 2020.txt", "2 Zápis PS Péče 16 1 2020.pdf", "3 Zápis PS Péče 16 1 2020.odt")
    plan = plan_intake(desk.archive, [inbox], silent, read=False)
    first, second, third = plan.items
    second, third = (
        replace(item, state=ItemState.RENDITION, files_as=FileAs.RENDITION, rendition_of=of)
        for of, item in enumerate((second, third))
    )
    chain = (first, second, third)
    report = file_intake(desk.archive, replace(plan, items=chain), silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.ADDED, Filed.ADDED]
    [document] = desk.documents()
    assert [file.original_name[0] for file in document.files] == ["1", "2", "3"]
    step = next_undo(desk.archive)
    assert step is not None
    assert step.amount == 1, "three files of one document"


def test_a_newer_version_is_shown_first_whatever_else_comes_with_it(desk: Desk, inbox: Path) -> None:
    write(inbox / "1", "Zápis PS Péče 16 1 2020.txt")
    desk.take(inbox / "1")
    [document] = desk.documents()
    write(inbox / "2", "a.pdf", "b.txt", "c.odt")
    plan = plan_intake(desk.archive, [inbox / "2"], silent, read=False)
    ways = (FileAs.RENDITION, FileAs.VERSION, FileAs.RENDITION)
    items = tuple(
        replace(item, state=ItemState.SIMILAR, files_as=way, similar_to=document.id)
        for item, way in zip(plan.items, ways, strict=True)
    )
    assert file_intake(desk.archive, replace(plan, items=items), silent).added == 3
    [document] = desk.documents()
    assert [file.original_name for file in document.files] == ["b.txt", "Zápis PS Péče 16 1 2020.txt", "a.pdf", "c.odt"]
    assert sorted(desk.tree()) == sorted(file.path for file in document.files)


def test_a_record_file_that_cannot_be_written_is_written_by_the_next_change(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(inbox / "1", "Zápis PS Péče 16 1 2020.txt")
    write(inbox / "2", "Zápis PS Prevence 16 1 2020.txt")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("kpss_desktop.records.safe_write", full)
        with pytest.raises(OSError, match="No space"):
            desk.take(inbox / "1")
    assert not (desk.folder / ".kpss" / "records" / "Péče").exists()
    desk.take(inbox / "2")
    lines = records.shelf_path(desk.folder, "Péče/2020").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["meeting", "document"]
    assert desk.problems() == []
    assert desk.staged() == []


def test_new_groups_get_their_colours_in_the_order_in_which_they_were_met(desk: Desk, inbox: Path) -> None:
    names = ["Zeleň", "Čtenáři", "Byty"]
    write(inbox, *(f"{place}/Zápis PS {name} 6. 3. 2020.txt" for place, name in enumerate(names)))
    file_intake(desk.archive, plan_intake(desk.archive, [inbox], silent), silent)
    new = load_groups(desk.archive.catalogue.db)[-3:]
    assert [group.name for group in new] == names
    assert len({group.colour for group in new}) == 3
