from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from kpss_desktop.archive import undo
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.looking import documents
from kpss_desktop.archive.search.searching import ids_of
from kpss_desktop.model import Group
from kpss_desktop.ui import wiring
from kpss_desktop.ui.dialogs.bundle import BundleDialog
from kpss_desktop.ui.dialogs.export_year import ExportYearDialog
from kpss_desktop.ui.dialogs.group import GroupDialog
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.report import ReportDialog
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.verbs import filing, house, originals
from kpss_desktop.ui.workplace import Workplace


def test_an_original_leaves_as_a_copy_that_cannot_be_written(folder: Path) -> None:
    with open_archive(folder) as archive:
        document = documents(archive, ids_of(archive, "katalog"))[0]
        copy = originals.copy_out(archive, document.file)
    assert copy.name == "Zápis PS Péče a Prevence 6. 3. 2020.txt"
    assert copy.read_bytes() == (folder / document.file.path).read_bytes()
    assert not copy.is_relative_to(folder)
    assert not copy.stat().st_mode & 0o222
    assert os.access(folder / document.file.path, os.W_OK)


def test_what_may_be_a_program_is_not_opened(
    qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path
) -> None:
    (tmp_path / "Zápis PS Péče 1. 4. 2020.exe").write_bytes(b"MZ")
    filing.take_in(window.desk, [tmp_path / "Zápis PS Péče 1. 4. 2020.exe"])
    qtbot.waitUntil(lambda: bool(window.findChildren(IntakeSheet)))
    sheet = window.findChildren(IntakeSheet)[0]
    qtbot.waitUntil(lambda: bool(sheet.plan.items) and not sheet.busy)
    sheet._file.click()
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 6)
    qtbot.waitUntil(lambda: len(place.selection) == 1)
    originals.open_original(window.desk)
    assert window.status.sentence.text().startswith("Soubory tohoto druhu se odtud neotevírají")


def test_the_year_chosen_in_the_navigator_is_the_one_to_export(window: MainWindow, place: Workplace) -> None:
    assert place.overview is not None
    group = next(group for group in place.overview.groups.values() if group.name == "Prevence")
    place.navigator.choose(f"group/{group.id}/2020")
    window.actions_["export-year"].trigger()
    dialog = window.findChildren(ExportYearDialog)[0]
    assert dialog.group.currentData() == group.id
    assert dialog.year.currentData() == 2020
    dialog.reject()


def test_a_bundle_is_made_of_what_is_selected(window: MainWindow, place: Workplace) -> None:
    assert not window.actions_["bundle"].isEnabled()
    place.table.selectRow(1)
    window.actions_["bundle"].trigger()
    dialog = window.findChildren(BundleDialog)[0]
    assert dialog.documents == place.selection
    dialog.reject()


def test_a_file_is_renamed(qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path) -> None:
    place.table.selectRow(4)

    def answer() -> None:
        dialog = window.findChildren(QInputDialog)[0]
        line = dialog.findChildren(QLineEdit)[0]
        line.setText("Zápis řídící skupiny.txt")
        dialog.accept()

    window.actions_["rename"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QInputDialog)))
    answer()
    qtbot.waitUntil(lambda: bool(list(folder.rglob("Zápis řídící skupiny.txt"))))


def test_a_group_gets_another_colour_and_name(qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path) -> None:
    assert place.overview is not None
    group = next(group for group in place.overview.groups.values() if group.name == "Prevence")
    house.edit_group(window.desk, group)
    dialog = window.findChildren(GroupDialog)[0]
    dialog.name.setText("Prevence kriminality")
    dialog.accept()
    qtbot.waitUntil(
        lambda: place.overview is not None and place.overview.groups[group.id].name == "Prevence kriminality"
    )
    assert (folder / "Prevence kriminality" / "2020").is_dir()


def test_a_new_group_of_a_chosen_colour_is_one_step(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    assert place.overview is not None
    house.edit_group(window.desk, Group("", "", colour=7))
    dialog = window.findChildren(GroupDialog)[0]
    dialog.name.setText("Senioři")
    dialog.accept()

    def colours() -> list[int]:
        assert place.overview is not None
        return [group.colour for group in place.overview.groups.values() if group.name == "Senioři"]

    qtbot.waitUntil(lambda: colours() == [7])
    place.jobs.change(lambda archive, _progress: undo.undo(archive))
    qtbot.waitUntil(lambda: colours() == [])


def test_the_menu_of_a_group_offers_its_year_and_its_change(window: MainWindow, place: Workplace) -> None:
    where = next(one for _index, one in place.navigator._walk() if one.key.startswith("group/"))
    menu = wiring.place_menu(window.desk, where)
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Exportovat &rok…", "Upravit &skupinu…"]
    menu.close()
    trash = next(one for _index, one in place.navigator._walk() if one.key == "trash")
    assert wiring.place_menu(window.desk, trash) is None


def test_the_result_of_an_intake_can_be_shown(
    qtbot: QtBot, window: MainWindow, place: Workplace, sources: list[Path]
) -> None:
    filing.take_in(window.desk, sources)
    qtbot.waitUntil(lambda: bool(window.findChildren(IntakeSheet)))
    sheet = window.findChildren(IntakeSheet)[0]
    qtbot.waitUntil(lambda: len(sheet.plan.items) == 5)
    sheet.plan_accepted.emit(sheet.plan)
    sheet.accept()
    qtbot.waitUntil(window.status.show_button.isVisible)
    assert window.status.sentence.text() == "Zařazeno 0 dokumentů, 5 už bylo v archivu."
    window.status.show_button.click()
    assert window.findChildren(ReportDialog)
    window.findChildren(ReportDialog)[0].close()
    assert place.table.rows.rowCount() == 5


def test_what_was_taken_in_is_shown_alone(
    qtbot: QtBot, window: MainWindow, place: Workplace, sources: list[Path], tmp_path: Path
) -> None:
    new = tmp_path / "Zápis PS Péče 3. 3. 2011.txt"
    new.write_text("Starý zápis o ubytovně", encoding="utf-8")
    filing.take_in(window.desk, [new, sources[0]])
    qtbot.waitUntil(lambda: bool(window.findChildren(IntakeSheet)))
    sheet = window.findChildren(IntakeSheet)[0]
    qtbot.waitUntil(sheet._file.isEnabled)
    sheet._file.click()
    qtbot.waitUntil(window.status.show_button.isVisible)
    window.status.show_button.click()
    report = window.findChildren(ReportDialog)[0]
    next(one for one in report.findChildren(QPushButton) if one.text() == "Ukázat dokumenty").click()
    titles = {"Zápis PS Péče 3. 3. 2011", "Zápis PS Péče 10. 1. 2020"}

    def shown() -> set[str]:
        documents = (place.table.rows.document(row) for row in range(place.table.rows.rowCount()))
        return {document.title for document in documents if document}

    qtbot.waitUntil(lambda: shown() == titles)
    assert not window.findChildren(ReportDialog)


@pytest.mark.usefixtures("place")
def test_the_preview_beside_a_review_is_as_it_was_left(window: MainWindow) -> None:
    for before, press in ((False, True), (True, True), (False, False)):
        sheet = filing.make_sheet(window.desk)
        assert sheet.beside is not None
        assert sheet.beside.pane.isVisibleTo(sheet) is before
        if press:
            sheet.beside.chip.click()
        sheet.leave()
