"""What the clerk meets in the review: locked ZIPs, names in foreign letters, the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import pyzipper
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QInputDialog

from kpss_desktop.archive.intake.plan import IntakeItem
from kpss_desktop.model import Dated, Kind, PartialDate
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.sheet_model import Column
from tests.journeys import hands
from tests.journeys.tour import Tour

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

LOOSE = "Zápis PS Péče 1. 2. 2016.txt"
LOCKED = "Zápis PS Péče 8. 8. 2016.txt"


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    (folder / LOOSE).write_text("Zápis z jednání PS Péče dne 1. 2. 2016", encoding="utf-8")
    with pyzipper.AESZipFile(folder / "tajné.zip", "w", encryption=pyzipper.WZ_AES) as packed:
        packed.setpassword(b"klic")
        packed.writestr(LOCKED, "Zápis z jednání PS Péče dne 8. 8. 2016: odlehčovací služba")
    return folder


def named(sheet: IntakeSheet, name: str) -> IntakeItem:
    return next(item for item in sheet.plan.items if item.name == name)


def select(sheet: IntakeSheet, name: str) -> None:
    model = sheet.view.model()
    row = next(row for row in range(model.rowCount()) if model.index(row, Column.FILE).data() == name)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    sheet.view.selectionModel().setCurrentIndex(model.index(row, Column.FILE), flags)


def give_password(tour: Tour, sheet: IntakeSheet, password: str) -> None:
    """Press the button of the question and type; wait until the drop was read again."""
    hands.click(sheet.notice.yes)
    asked = hands.shown(QInputDialog, tour.window)
    asked.setTextValue(password)
    asked.accept()
    hands.wait_until(lambda: sheet.busy, "the drop is read again")
    hands.wait_until(lambda: not sheet.busy, "all is read")


@pytest.mark.timeout(180)
def test_a_password_opens_what_was_locked_and_no_correction_is_lost(tour: Tour, drop: Path) -> None:
    tour.start()
    sheet = tour.take_in([drop])
    assert not named(sheet, LOCKED).take
    select(sheet, LOOSE)
    sheet.bulk.kind_chosen.emit(Kind.INVITATION)
    sheet.bulk.date_typed.emit(PartialDate(2016, 2, 3))

    give_password(tour, sheet, "jine")
    assert not named(sheet, LOCKED).take
    assert "jiným heslem" in sheet.notice.text.text()
    give_password(tour, sheet, "klic")
    assert named(sheet, LOCKED).take
    assert not sheet.notice.isVisible()
    assert (named(sheet, LOOSE).kind, named(sheet, LOOSE).dated) == (Kind.INVITATION, Dated(PartialDate(2016, 2, 3)))

    tour.accept(sheet)
    filed = sorted(path.name for path in (tour.folder / "Archiv KPSS").glob("Péče/2016/*"))
    assert filed == [LOOSE, LOCKED]
