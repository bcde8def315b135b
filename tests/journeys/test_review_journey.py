"""What the clerk meets in the review: locked ZIPs, names in foreign letters, the keyboard alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import pyzipper
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QWidget

from kpss_desktop.archive.intake.plan import IntakeItem
from kpss_desktop.model import Dated, Kind, PartialDate
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.sheet_model import Column
from kpss_desktop.ui.dialogs.sheet_rows import Status
from tests import keyboard
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


class DosName(zipfile.ZipInfo):
    """A member whose name is written as old programs do, without a word of how."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # the name zipfile calls it by
        return self.filename.encode("cp852"), self.flag_bits & ~0x800


@pytest.mark.timeout(180)
def test_names_of_a_zip_are_read_in_letters_that_the_clerk_chooses(tour: Tour, tmp_path: Path) -> None:
    packed = tmp_path / "z disku.zip"
    with zipfile.ZipFile(packed, "w") as making:
        making.writestr(DosName("Zápis ŘS 3. 6. 2015.txt"), "Zápis z jednání řídící skupiny")
    tour.start()
    sheet = tour.take_in([packed])
    assert sheet.plan.items[0].name == "Zápis ŘS 3. 6. 2015.txt"
    for words, name in (
        ("CP1250 (Windows)", "Z\u00a0pis üS 3. 6. 2015.txt"),
        ("Vybraném programem", "Zápis ŘS 3. 6. 2015.txt"),
    ):
        choose_from_menu(sheet, "&Názvy v ZIPu jsou v kódování", words)
        hands.wait_until(lambda: sheet.busy, "the drop is read again")
        hands.wait_until(lambda: not sheet.busy, "all is read")
        assert sheet.plan.items[0].name == name
    sheet.reject()


def choose_from_menu(sheet: IntakeSheet, submenu: str, words: str) -> None:
    """Choose in the menu of the first row."""
    sheet.view.selectRow(0)
    sheet._show_menu(sheet.view.mapToGlobal(sheet.view.rect().center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    inner = next(action for action in menu.actions() if action.text() == submenu).menu()
    assert isinstance(inner, QMenu)
    next(action for action in inner.actions() if action.text() == words).trigger()
    menu.close()


@pytest.mark.timeout(180)
def test_a_review_is_done_by_the_keyboard_alone(tour: Tour, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    for name in ("Zápis PS Senioři.txt", "Pozvánka PS Péče 6. 6. 2018.txt"):
        (folder / name).write_text(f"{name}: Dobrý den.", encoding="utf-8")
    tour.start()
    sheet = tour.take_in([folder])
    assert sheet.view.hasFocus()
    keys = Qt.Key
    press(sheet, keys.Key_Right, keys.Key_Right, keys.Key_Return)  # the groups of the first row, the one to check
    press(sheet, keys.Key_Space, keys.Key_End, keys.Key_Space, keys.Key_Return)  # Péče instead of the new one
    press(sheet, keys.Key_Right, keys.Key_F2)
    keyboard.type_text(focus(), "7. 6. 2018\n")
    hands.wait_until(sheet.view.hasFocus, "the date is typed")
    assert sheet.rows.tally().by_status == {Status.NEW: 2}
    press(sheet, *[keys.Key_Tab] * 5, keys.Key_Space)  # past the bar of the selected rows to the button
    tour.settle()
    hands.wait_until(tour.all_read, "all is filed")
    filed = sorted(path.name for path in (tour.folder / "Archiv KPSS" / "Péče" / "2018").iterdir())
    assert filed == ["Pozvánka PS Péče 6. 6. 2018.txt", "Zápis PS Senioři.txt"]


def press(sheet: IntakeSheet, *keys: Qt.Key) -> None:
    """Press keys, each where the keyboard is by then."""
    hands.wait_until(sheet.isActiveWindow, "the sheet is active")
    for key in keys:
        keyboard.press(focus(), key)
        hands.pause(20)


def focus() -> QWidget:
    """What hears the keys."""
    there = QApplication.focusWidget()
    assert there is not None
    return there
