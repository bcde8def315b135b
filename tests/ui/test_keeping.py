"""Trust through the window: reports with repairs, backups, restoring, and two windows on one archive."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.sharing import lock
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.archive.trust.tracing import Repair
from kpss_desktop.messages import repair_sentence
from kpss_desktop.progress import Progress, silent
from kpss_desktop.ui.dialogs.backup import BackupDialog
from kpss_desktop.ui.dialogs.restore import RestoreDialog
from kpss_desktop.ui.dialogs.verify_report import VerifyReportDialog
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.verbs import changing, keeping
from kpss_desktop.ui.watching import Watchman
from kpss_desktop.ui.workplace import Workplace


def idle(qtbot: QtBot, place: Workplace) -> None:
    qtbot.waitUntil(lambda: not any(place.jobs._under_way))


def report(qtbot: QtBot, window: MainWindow) -> VerifyReportDialog:
    window.actions_["verify"].trigger()
    qtbot.waitUntil(window.status.show_button.isVisible)
    idle(qtbot, window.desk.place)
    window.status.state.click()
    return window.findChildren(VerifyReportDialog)[0]


@pytest.mark.usefixtures("place")
def test_what_was_moved_and_changed_is_told_and_repaired_by_one_press(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    moved = next(folder.rglob("Zápis ŘS*.txt"))
    moved.rename(moved.with_name("Jinak nazvaný.txt"))
    changed = next(folder.rglob("Zápis PS Péče 10.*.txt"))
    changed.write_text("opraveno rukou", encoding="utf-8")
    dialog = report(qtbot, window)
    heads = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    assert [head.text(0) for head in heads if head] == [
        "Soubory změněné mimo program (1)", "Soubory přesunuté nebo přejmenované mimo program (1)"
    ]  # fmt: skip
    assert "Jinak nazvaný.txt" in dialog.as_text()
    buttons = [
        button for button in dialog.tree.findChildren(QToolButton) if button.text() == repair_sentence(Repair.RELINK)
    ]
    buttons[0].click()
    qtbot.waitUntil(lambda: dialog.outcome.text == "Opravena 1 věc.")
    with open_archive(folder, writable=False) as archive:
        paths = [one.file.path for one in looking.documents(archive, searching.ids_of(archive))]
    assert any(path.endswith("Jinak nazvaný.txt") for path in paths)
    dialog.all.click()
    qtbot.waitUntil(lambda: not dialog.all.isEnabled())
    qtbot.waitUntil(dialog.isEnabled)
    dialog.reject()
    qtbot.waitUntil(lambda: window.status.state.text() == "V pořádku, ověřeno dnes")


def test_a_lost_file_comes_back_from_the_backup(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path, tmp_path: Path
) -> None:
    place.jobs.change(lambda archive, _progress: backup(archive, tmp_path / "disk", silent))
    qtbot.waitUntil(lambda: place.overview is not None and place.overview.backed_up is not None)
    lost = next(folder.rglob("Zápis ŘS*.txt"))
    before = lost.read_bytes()
    lost.unlink()
    dialog = report(qtbot, window)
    dialog.all.click()
    qtbot.waitUntil(lambda: dialog.outcome.text == "Opravena 1 věc.")
    assert lost.read_bytes() == before
    dialog.reject()
    qtbot.waitUntil(lambda: window.status.state.text() == "V pořádku, ověřeno dnes")


def test_the_reminder_leads_to_a_backup_and_goes(
    qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path
) -> None:
    assert window.status.reminder.text() == "Zatím nezálohováno"
    window.status.reminder.click()
    dialog = window.findChildren(BackupDialog)[0]
    assert not dialog._start.isEnabled()
    dialog.folder.line.setText(str(tmp_path / "disk"))
    qtbot.waitUntil(lambda: "disku" in dialog.warning.text)
    dialog._start.click()
    qtbot.waitUntil(lambda: dialog.outcome.text.startswith("Zálohován"))
    assert (tmp_path / "disk" / "bag-info.txt").is_file()
    idle(qtbot, place)
    assert window.status.reminder.isHidden()
    assert str(tmp_path / "disk") in dialog.history.text()
    dialog.reject()


@pytest.mark.usefixtures("place")
def test_a_backup_that_fails_says_why(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    keeping.back_up(window.desk)
    dialog = window.findChildren(BackupDialog)[0]
    dialog.folder.line.setText(str(folder / "uvnitř"))
    dialog._start.click()
    qtbot.waitUntil(lambda: "uvnitř" in dialog.outcome.text)
    assert dialog._start.isEnabled()
    dialog.reject()


def test_a_backup_goes_on_when_only_other_work_is_stopped(
    qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path
) -> None:
    stop, told = threading.Event(), threading.Event()

    def other(_archive: Archive, progress: Progress) -> None:
        told.set()
        assert stop.wait(timeout=60)
        progress(1, 2)

    place.jobs.change(other, label="jiná práce")
    keeping.back_up(window.desk)
    dialog = window.findChildren(BackupDialog)[0]
    dialog.folder.line.setText(str(tmp_path / "disk"))
    dialog._start.click()
    assert told.wait(timeout=60)
    place.jobs.cancel()
    stop.set()
    qtbot.waitUntil(lambda: dialog.outcome.text.startswith("Zálohován"))
    dialog.reject()


def test_cancelling_the_backup_stops_it_and_nothing_else(
    qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path
) -> None:
    go = threading.Event()
    done: list[str] = []

    def other(_archive: Archive, progress: Progress) -> str:
        assert go.wait(timeout=60)
        progress(1, 2)
        return "hotovo"

    place.jobs.care(other, done.append)
    keeping.back_up(window.desk)
    dialog = window.findChildren(BackupDialog)[0]
    dialog.folder.line.setText(str(tmp_path / "disk"))
    dialog._start.click()
    dialog.reject()
    go.set()
    qtbot.waitUntil(lambda: "přerušena" in dialog.outcome.text)
    assert done == ["hotovo"]
    assert not (tmp_path / "disk" / "bag-info.txt").exists()
    dialog.reject()


def test_edits_do_not_wait_for_a_verification(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    go = threading.Event()
    labels: list[str] = []
    place.jobs.running.connect(labels.append)

    def long_care(_archive: Archive, progress: Progress) -> None:
        while not go.wait(0.01):
            progress(1, 2)

    place.jobs.care(long_care, label="Dlouhé ověřování")
    qtbot.waitUntil(lambda: labels == ["Dlouhé ověřování"])
    place.table.selectRow(0)
    qtbot.waitUntil(lambda: bool(place.selection))
    changing.tag(window.desk, window.desk.ids, "důležité")
    qtbot.waitUntil(lambda: place.selection[0].tags == ("důležité",))
    qtbot.waitUntil(lambda: window.status.work.label.text().startswith("Dlouhé ověřování"))
    assert labels == ["Dlouhé ověřování", "Ukládání", "Dlouhé ověřování"]
    assert place.jobs.busy
    window.status.work.cancel.click()
    qtbot.waitUntil(lambda: window.status.sentence.text() == "Přerušeno: Dlouhé ověřování.")
    qtbot.waitUntil(lambda: not place.jobs.busy)
    go.set()


def test_leaving_asks_also_while_only_care_is_under_way(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    def endless(_archive: Archive, progress: Progress) -> None:
        while True:
            progress(1, 2)
            time.sleep(0.01)

    place.jobs.care(endless)
    window.close()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if button.text() == "Pře&rušit").click()
    qtbot.waitUntil(window.isHidden)


def test_the_watch_goes_on_after_a_bug(qtbot: QtBot, place: Workplace, window: MainWindow) -> None:
    watchman = watch(window)
    idle(qtbot, place)
    with pytest.MonkeyPatch.context() as patch, qtbot.captureExceptions() as bugs:
        patch.setattr(lock, "is_mine", lambda *_given: 1 / 0)
        watchman.look()
        qtbot.waitUntil(lambda: bool(bugs))
    heard: list[object] = []
    watchman.lost.connect(lambda: heard.append("lost"))
    idle(qtbot, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lock, "is_mine", lambda *_given: False)
        watchman.look()
        qtbot.waitUntil(lambda: heard == ["lost"])


def test_an_older_backup_is_compared_and_opened_in_a_new_place(
    qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path
) -> None:
    place.jobs.change(lambda archive, _progress: backup(archive, tmp_path / "disk", silent))
    idle(qtbot, place)
    one = place.table.rows.document(0)
    assert one is not None
    place.jobs.change(lambda archive, _progress: editing.edit(archive, [one.id], Edit(note="nová poznámka")))
    idle(qtbot, place)
    window.actions_["restore-backup"].trigger()
    dialog = window.findChildren(RestoreDialog)[0]
    qtbot.waitUntil(lambda: dialog.generations.count() == 1)
    qtbot.waitUntil(lambda: "poznámk" in dialog.differences.toPlainText())
    dialog.target.line.setText(str(tmp_path / "Obnovený"))
    dialog._start.click()
    qtbot.waitUntil(dialog._open.isVisible)
    dialog._open.click()
    qtbot.waitUntil(lambda: window.entry.workplace not in (None, place))
    assert window.desk.archive.folder == tmp_path / "Obnovený"


def test_a_folder_without_a_backup_is_told_without_any_archive_open(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    assert window.actions_["restore-backup"].isEnabled()
    keeping.restore(window.desk)
    dialog = window.findChildren(RestoreDialog)[0]
    dialog.folder.line.setText(str(tmp_path))
    qtbot.waitUntil(lambda: str(tmp_path) in dialog.outcome.text)
    assert not dialog._start.isEnabled()
    dialog.reject()


def test_whoever_reads_follows_the_writer_and_is_told_when_she_ends(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    writer = open_archive(folder)
    window.entry.go(folder)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.entry.workplace.overview is not None)
    place, watchman = window.desk.place, watch(window)
    assert window.status.state.text() == "Jen pro čtení"
    qtbot.waitUntil(lambda: watchman.holder is not None)
    idle(qtbot, place)
    qtbot.waitUntil(lambda: place.table.rows.document(0) is not None)
    one = place.table.rows.document(0)
    assert one is not None
    editing.edit(writer, [one.id], Edit(title="Přejmenováno jinde"))
    with qtbot.waitSignal(watchman.changed):
        watchman.look()
    qtbot.waitUntil(lambda: "Přejmenováno jinde" in titles(place))
    writer.close()
    with qtbot.waitSignal(watchman.freed):
        watchman.look()
    window.status.show_button.click()
    qtbot.waitUntil(lambda: window.entry.workplace not in (None, place))
    assert window.desk.archive.writable


def test_writing_is_taken_over_on_the_word_of_the_clerk_and_the_other_notices(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    writer = open_archive(folder)
    window.entry.go(folder)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.entry.workplace.overview is not None)
    place, watchman = window.desk.place, watch(window)
    qtbot.waitUntil(lambda: watchman.holder is not None)
    window.status.state.click()
    box = window.findChildren(QMessageBox)[0]
    assert "zapisuje do archivu" in box.text()
    take = next(button for button in box.buttons() if button.text() == "&Převzít zápis")
    take.click()
    qtbot.waitUntil(lambda: window.entry.workplace not in (None, place))
    assert window.desk.archive.writable
    window.entry.shut()
    writer.close()


def test_a_writer_that_was_put_out_goes_on_reading(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path
) -> None:
    watchman = watch(window)
    with open_archive(folder, take_over=True):
        watchman.look()
        qtbot.waitUntil(lambda: window.entry.workplace not in (None, place))
        qtbot.waitUntil(lambda: window.status.state.text() == "Jen pro čtení")
        assert not window.desk.archive.writable


def test_an_archive_out_of_reach_is_told_and_comes_back(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path, tmp_path: Path
) -> None:
    watchman = watch(window)
    idle(qtbot, place)
    shutil.move(folder, tmp_path / "vytažený disk")
    with qtbot.waitSignal(watchman.gone):
        watchman.look()
    assert window.status.state.text() == "Mimo dosah"
    shutil.move(tmp_path / "vytažený disk", folder)
    with qtbot.waitSignal(watchman.back):
        watchman.look()
    assert window.status.state.text() == "Zatím neověřeno"


def titles(place: Workplace) -> list[str]:
    rows = place.table.rows
    found = [rows.document(row) for row in range(rows.rowCount())]
    return [one.title for one in found if one is not None]


def watch(window: MainWindow) -> Watchman:
    assert window.standing is not None
    return window.standing.watchman
