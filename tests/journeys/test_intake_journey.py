"""An intake through the window: drop, correct three rows at once, teach a name, accept, undo it whole, redo it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.search import searching
from kpss_desktop.model import Document, Group
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.sheet_model import Column
from tests.journeys import hands
from tests.journeys.tour import Tour

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

CORRECTED = [f"Zápis PS Pec {month}. {month}. 2018.txt" for month in (1, 2, 3)]
LEARNT = [f"Zápis PS Pec {month}. {month}. 2018.txt" for month in (4, 5)]
KNOWN = ["Zápis PS Prevence 6. 6. 2018.txt"]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    for number, name in enumerate(CORRECTED + LEARNT + KNOWN):
        (folder / name).write_text(f"Zápis číslo {number}: " + "pečovatelská služba " * number, encoding="utf-8")
    return folder


def inside(folder: Path) -> tuple[tuple[Document, ...], tuple[Group, ...]]:
    with open_archive(folder, writable=False) as archive:
        return looking.documents(archive, searching.ids_of(archive)), looking.groups(archive)


def groups_of(documents: tuple[Document, ...]) -> dict[str, tuple[str, ...]]:
    return {document.file.original_name: document.groups for document in documents}


def select(sheet: IntakeSheet, names: list[str]) -> None:
    """Select the rows of these files, as Ctrl and a click do."""
    model = sheet.view.model()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    sheet.view.selectionModel().clearSelection()
    for row in range(model.rowCount()):
        if model.index(row, Column.FILE).data() in names:
            sheet.view.selectionModel().select(model.index(row, Column.FILE), flags)


def put_into_first_group(sheet: IntakeSheet) -> None:
    """Tick the first group for all selected rows."""
    hands.click(sheet.bulk._pick)
    QTest.keyClick(sheet.bulk._picker._list, Qt.Key.Key_Space)
    QTest.keyClick(sheet.bulk._picker, Qt.Key.Key_Return)


@pytest.mark.timeout(180)
def test_rows_are_corrected_a_name_is_taught_and_all_is_undone_and_redone(tour: Tour, drop: Path) -> None:
    tour.start()
    folder = tour.folder / "Archiv KPSS"
    before = inside(folder)
    sheet = tour.take_in([drop])
    assert {item.name: item.new_groups for item in sheet.plan.items if item.new_groups} == dict.fromkeys(
        CORRECTED + LEARNT, ("Pec",)
    )

    select(sheet, CORRECTED)
    put_into_first_group(sheet)
    first = next(iter(sheet.rows.groups))
    assert {item.name for item in sheet.plan.items if item.groups == (first,)} == set(CORRECTED)
    hands.wait_until(sheet.notice.isVisible, "a name is offered to be remembered")
    assert "Pec" in sheet.notice.text.text()

    hands.click(sheet.notice.yes)
    hands.wait_until(
        lambda: {item.name for item in sheet.plan.items if item.groups == (first,)} == {*CORRECTED, *LEARNT},
        "the other rows are recognised by the name that was taught",
    )
    assert inside(folder) == before  # nothing is written until it is accepted

    tour.accept(sheet)
    documents, groups = inside(folder)
    expected = dict.fromkeys(CORRECTED + LEARNT, (first,)) | {KNOWN[0]: ("prevence",)}
    assert groups_of(documents) == expected
    assert {group.id: group.aliases for group in groups}[first] == ("Pec",)

    hands.press(tour.place.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    tour.settle()
    assert inside(folder) == before
    assert list(folder.glob("[!.]*/2018/*")) == []

    hands.wait_until(tour.window.actions_["redo"].isEnabled, "the intake can be made again")
    tour.window.actions_["redo"].trigger()
    tour.settle()
    documents, groups = inside(folder)
    assert groups_of(documents) == expected
    assert {group.id: group.aliases for group in groups}[first] == ("Pec",)
    assert len(list(folder.glob("[!.]*/2018/*"))) == len(expected)
