"""New archive, group, report, settings, about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from kpss_desktop import __version__
from kpss_desktop.archive.intake.filing import Filed, IntakeReport, Outcome
from kpss_desktop.archive.intake.planning import IntakeItem, Origin
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.errors import DiskFull, NotTaken
from kpss_desktop.model import Group, GroupKind
from kpss_desktop.settings import Settings
from kpss_desktop.ui.dialogs.about import AboutDialog
from kpss_desktop.ui.dialogs.group import GroupDialog
from kpss_desktop.ui.dialogs.new_archive import NewArchive, NewArchiveDialog
from kpss_desktop.ui.dialogs.report import ReportDialog
from kpss_desktop.ui.dialogs.settings import SettingsDialog
from tests import keyboard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


def test_a_new_archive_begins_with_a_steering_group(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = NewArchiveDialog(tmp_path)
    qtbot.addWidget(dialog)
    assert dialog.choice == NewArchive(tmp_path / "Archiv KPSS", (("Řídící skupina", GroupKind.STEERING),))
    assert [line.text() for line, _kind in dialog.rows] == ["Řídící skupina", "", ""]


def test_groups_are_typed_and_the_same_name_counts_once(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = NewArchiveDialog(tmp_path)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    dialog._add_empty_row()
    for (line, _kind), name in zip(dialog.rows[1:], ("Péče", "  péče ", "Děti,  mládež"), strict=True):
        keyboard.type_text(line, name)
    assert dialog.choice.groups == (
        ("Řídící skupina", GroupKind.STEERING),
        ("Péče", GroupKind.WORKING),
        ("Děti, mládež", GroupKind.WORKING),
    )
    dialog.name.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)


def test_no_name_no_archive_and_a_name_is_made_safe(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = NewArchiveDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.name.setText("Archiv: 2020?")
    assert dialog.choice.folder.parent == tmp_path
    assert not set(':?"') & set(dialog.choice.folder.name)
    dialog.name.setText("  ")
    assert not dialog._buttons.main.isEnabled()


def test_a_folder_that_exists_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = NewArchiveDialog(tmp_path.parent)
    qtbot.addWidget(dialog)
    before = dialog._where.text()
    dialog.name.setText(tmp_path.name)
    assert str(tmp_path) in dialog._where.text()
    assert before != dialog._where.text()


def test_a_group_keeps_its_id_and_gets_what_was_typed(qtbot: QtBot) -> None:
    dialog = GroupDialog(Group("g1", "Péče", aliases=("PS Péče",), colour=2))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.clear()
    keyboard.type_text(dialog.name, "Péče o seniory")
    dialog.aliases.setPlainText("PS Péče\n\n  Senioři \nPS Péče")
    dialog.kind.setCurrentIndex(dialog.kind.findData(GroupKind.OTHER.value))
    dialog._colours.button(5).click()
    assert dialog.group == Group("g1", "Péče o seniory", GroupKind.OTHER, ("PS Péče", "Senioři"), 5)


def test_two_groups_do_not_share_a_name(qtbot: QtBot) -> None:
    dialog = GroupDialog(Group("", ""), [Group("g2", "Péče")])
    qtbot.addWidget(dialog)
    assert not dialog._buttons.main.isEnabled()
    dialog.name.setText("Prevence")
    assert dialog._buttons.main.isEnabled()
    dialog.name.setText("pece")
    assert not dialog._buttons.main.isEnabled()
    assert dialog._trouble.text() == "Název „pece“ už má jiná skupina."


def test_a_further_name_of_two_groups_is_saved_and_said_to_raise_questions(qtbot: QtBot) -> None:
    others = [Group("g2", "Prevence", aliases=("Rodina",)), Group("g3", "Senioři")]
    dialog = GroupDialog(Group("g1", "Péče", aliases=("rodina", "Pečující")), others)
    qtbot.addWidget(dialog)
    assert dialog._buttons.main.isEnabled()
    assert dialog._trouble.text() == "„rodina“ znamená i skupinu Prevence, program se proto bude ptát."
    dialog.aliases.setPlainText("Pečující")
    assert not dialog._trouble.text()


def outcome(name: str, state: Filed, error: DiskFull | None = None) -> Outcome:
    """What became of one file."""
    return Outcome(IntakeItem(Origin(Path(name)), name, name), state, error=error)


REPORT = IntakeReport(
    (
        outcome("a.doc", Filed.FILED),
        outcome("b.doc", Filed.DUPLICATE),
        outcome("c.doc", Filed.FAILED, DiskFull(Path("/plno"), 10, 1)),
        outcome("d.doc", Filed.SKIPPED),
        outcome("e.doc", Filed.JOINED),
        outcome("f.doc", Filed.FILED),
    )
)


def test_a_report_begins_with_what_failed_and_why(qtbot: QtBot) -> None:
    dialog = ReportDialog(REPORT)
    qtbot.addWidget(dialog)
    model = dialog.table.model()
    rows = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]
    assert [name for name, _result in rows] == ["c.doc", "d.doc", "e.doc", "b.doc", "a.doc", "f.doc"]
    assert str(Path("/plno")) in rows[0][1]
    assert len({result for _name, result in rows}) == 5
    assert dialog.summary.text().startswith("Zařazeny 2 dokumenty, 2 už byly")


def test_a_report_says_what_came_twice_and_what_stayed_packed(qtbot: QtBot) -> None:
    closed = replace(outcome("b.zip", Filed.FILED).item, refusal=Refusal.DAMAGED_ZIP)
    twice = replace(outcome("c.doc", Filed.DUPLICATE).item, duplicate_item=0)
    refused = NotTaken("a.zip!d.doc", Refusal.PASSWORD)
    report = IntakeReport(
        (
            outcome("a.doc", Filed.FILED),
            Outcome(closed, Filed.FILED),
            Outcome(twice, Filed.DUPLICATE),
            Outcome(outcome("a.zip!d.doc", Filed.FAILED).item, Filed.FAILED, error=refused),
        )
    )
    dialog = ReportDialog(report)
    qtbot.addWidget(dialog)
    assert dialog.summary.text() == "Zařazeny 2 dokumenty, 1 přišel dvakrát, 1 nešel přijmout."
    assert dialog.as_text().splitlines()[2:] == [
        "a.zip!d.doc\tchráněno heslem",
        "c.doc\tpřišel dvakrát",
        "b.zip\tzařazen zabalený: ZIP je v tomto místě poškozený",
        "a.doc\tzařazen",
    ]


def test_a_report_is_copied_as_text(qtbot: QtBot) -> None:
    dialog = ReportDialog(replace(REPORT, stopped=True))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == dialog.summary.text()
    assert lines[2].startswith("c.doc\t")
    assert len(lines) == 8
    assert dialog.summary.text() != ReportDialog(REPORT).summary.text()


@pytest.mark.parametrize("settings", [Settings(), Settings(language="en", theme="dark", archive="/a")])
def test_settings_begin_as_they_are(settings: Settings, qtbot: QtBot) -> None:
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    assert dialog.settings == settings


def test_settings_are_chosen(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(archive="/a"))
    qtbot.addWidget(dialog)
    dialog.language.setCurrentIndex(dialog.language.findText("English"))
    dialog.theme.setCurrentIndex(2)
    assert dialog.settings == Settings(archive="/a", language="en", theme="dark")


def test_about_tells_the_version(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("make", [AboutDialog, lambda: SettingsDialog(Settings()), lambda: ReportDialog(REPORT)])
def test_escape_leaves(make: Callable[[], QDialog], qtbot: QtBot) -> None:
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
