"""Exports through their dialogs: what is offered, what goes in, and the file that comes of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.search import searching
from kpss_desktop.model import Kind
from kpss_desktop.ui.dialogs.bundle import BundleDialog
from kpss_desktop.ui.dialogs.export_year import ExportYearDialog
from kpss_desktop.ui.jobs import Jobs
from tests import keyboard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


@pytest.fixture
def year(archive: Archive, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> ExportYearDialog:
    """The dialog, on the screen, on the newest year of the first group."""
    (tmp_path / "ven").mkdir()
    made = ExportYearDialog(jobs, looking.groups(archive), looking.counts(archive).by_group_year, tmp_path / "ven")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.documents))
    return made


@pytest.fixture
def bundle(archive: Archive, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> BundleDialog:
    """The dialog with the documents of 2020."""
    found = [one.document for one in searching.find(archive, "rok:2020", limit=50).found]
    made = BundleDialog(jobs, sorted(found, key=lambda document: document.title), tmp_path, "Rok 2020")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_only_groups_and_years_that_exist_are_offered(year: ExportYearDialog, qtbot: QtBot) -> None:
    assert [year.group.itemText(place) for place in range(year.group.count())] == ["Péče", "Prevence"]
    assert [year.year.itemData(place) for place in range(year.year.count())] == [2020, 2019]
    assert year.year.itemText(0).endswith("4 dokumenty")
    year.choose(str(year.group.itemData(1)))
    qtbot.waitUntil(lambda: len(year.documents) == 2)
    assert [year.year.itemData(place) for place in range(year.year.count())] == [2020]


def test_the_list_is_chronological_and_follows_the_kinds(year: ExportYearDialog) -> None:
    dates = [str(document.dated.date) for document in year.documents if document.dated]
    assert dates == sorted(dates)
    assert len(dates) == 4
    assert set(year._boxes) == {Kind.MINUTES, Kind.INVITATION}
    year._boxes[Kind.INVITATION].click()
    assert {document.kind for document in year.documents} == {Kind.MINUTES}
    assert "3 dokumenty" in year._summary.text()


def test_the_year_is_packed_where_the_clerk_says(year: ExportYearDialog, tmp_path: Path, qtbot: QtBot) -> None:
    year._boxes[Kind.INVITATION].click()
    year._export.click()
    made = tmp_path / "ven" / "Pracovní skupina Péče - 2020.zip"
    qtbot.waitUntil(lambda: made.name in year.outcome.text)
    with zipfile.ZipFile(made) as packed:
        assert sorted(packed.namelist()) == [
            "Zápis PS Péče 16 1 2020.txt",
            "Zápis PS Péče 7 2 2020.txt",
            "Zápis PS Péče a Prevence 6 3 2020.txt",
        ]
    with qtbot.waitSignal(year.reveal_requested) as asked:
        year.outcome._reveal.click()
    assert asked.args == [made]


def test_nothing_ticked_nothing_to_export(year: ExportYearDialog) -> None:
    for box in year._boxes.values():
        box.setChecked(False)
    assert not year._export.isEnabled()


def test_a_folder_that_cannot_be_written_is_told(year: ExportYearDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "soubor").write_text("není složka", encoding="utf-8")
    year.folder.line.setText(str(tmp_path / "soubor"))
    year._export.click()
    qtbot.waitUntil(lambda: "soubor" in year.outcome.text)
    assert year._export.isEnabled()
    assert not year.outcome._reveal.isVisible()


def test_rows_move_and_leave(bundle: BundleDialog) -> None:
    before = [document.title for document in bundle.documents]
    bundle.table.selectRow(0)
    assert not bundle._up.isEnabled()
    keyboard.press(bundle.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [document.title for document in bundle.documents] == [before[1], before[0], *before[2:]]
    bundle.remove_rows()
    assert [document.title for document in bundle.documents] == [before[1], *before[2:]]


def test_several_rows_move_together_and_stop_at_the_end(bundle: BundleDialog) -> None:
    before = list(bundle.documents)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    bundle.table.selectionModel().clearSelection()
    for number in (1, 2):
        bundle.table.selectionModel().select(bundle.table.model().index(number, 0), flags)
    bundle.move_rows(-1)
    assert list(bundle.documents) == [before[1], before[2], before[0], *before[3:]]
    bundle.move_rows(-1)
    assert list(bundle.documents) == [before[1], before[2], before[0], *before[3:]]


def test_the_bundle_keeps_the_order_and_its_name_follows_the_title(
    bundle: BundleDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    bundle.title.selectAll()
    QTest.keyClicks(bundle.title, "Pro starostu")
    bundle.move_rows(1)
    titles = [document.title for document in bundle.documents]
    bundle._make.click()
    made = tmp_path / "Pro starostu.zip"
    qtbot.waitUntil(lambda: made.name in bundle.outcome.text)
    with zipfile.ZipFile(made) as packed:
        names = [name for name in packed.namelist() if not name.endswith(".html")]
    assert [name.split(" ", 1)[1].removesuffix(".txt") for name in sorted(names)] == titles


def test_a_file_named_by_hand_keeps_its_name(bundle: BundleDialog, tmp_path: Path) -> None:
    bundle.target.line.setText(str(tmp_path / "moje"))
    bundle.target.line.textEdited.emit(bundle.target.line.text())
    bundle.title.textEdited.emit("Jiný název")
    assert bundle.target.path == tmp_path / "moje"


def test_an_empty_bundle_is_not_made(bundle: BundleDialog) -> None:
    bundle.table.selectAll()
    bundle.remove_rows()
    assert bundle.documents == ()
    assert not bundle._make.isEnabled()
