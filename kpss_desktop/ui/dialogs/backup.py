"""A backup of the whole archive: where to, when it was made last, how far it is."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.trust import backup as backups
from kpss_desktop.archive.trust.backup import BackedUp, Last
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import size_text
from kpss_desktop.progress import Progress
from kpss_desktop.ui.dialogs.fields import PathField, ResultLine, quiet_label
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT
from kpss_desktop.ui.times import day_text

_LOOKING = "backup-folder"
_MAKING = "backup"


class BackupDialog(QDialog):
    """Stays open until the backup is made, and says what came of it."""

    def __init__(self, jobs: Jobs, last: Last | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Back up the archive"))
        self._jobs = jobs
        self._running = False
        self.folder = PathField(_("Folder"), Path(last.folder) if last else Path())
        if last is None:
            self.folder.line.clear()
        self.folder.line.setPlaceholderText(_("a stick, another disk, a folder of the network"))
        self.history = quiet_label(last_text(last))
        self.warning = ResultLine()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setTextVisible(False)
        self.outcome = ResultLine()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._start = QPushButton(_("Back up"))
        self._buttons.addButton(self._start, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._start.setDefault(True)
        self._start.clicked.connect(self._run)
        self._buttons.rejected.connect(self.reject)
        self.folder.changed.connect(self._look)
        self._look()

    def reject(self) -> None:
        if self._running:
            self._jobs.stop(_MAKING)
        else:
            super().reject()

    def _lay_out(self) -> None:
        about = QLabel(
            _(
                "Copies the whole archive, records and trash included, and reads back every byte. Only what is new is "
                "copied; older backups in the same folder stay."
            )
        )
        about.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("&Folder"), self.folder)
        form.addRow("", self.history)
        form.addRow("", self.warning)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self.bar)
        column.addWidget(self.outcome)
        column.addStretch()
        column.addWidget(self._buttons)
        self.bar.hide()
        open_within_screen(self, QSize(72 * UNIT, 40 * UNIT))

    def _look(self) -> None:
        """Say what is to be known of the folder before anything is written."""
        folder = self.folder.path
        self.warning.clear()
        self._start.setEnabled(folder is not None and not self._running)
        if folder is not None:
            self._jobs.query(partial(_same_volume, folder), self._warn, lambda _error: None, key=_LOOKING)

    def _warn(self, same: bool) -> None:  # an answer of the workers
        if same:
            self.warning.say_warning(_("This folder is on the archive's own disk, and would be lost together with it."))
        else:
            self.warning.clear()

    def _run(self) -> None:
        folder = self.folder.path
        if folder is None:
            return
        self._set_running(running=True)
        self.outcome.say_working(_("Copying and reading back…"))
        self._jobs.care(
            partial(_backed_up, folder),
            self._tell_made,
            self._tell_failed,
            label=_("Backing up"),
            key=_MAKING,
            stopped=self._tell_cancelled,
            told=self._show_progress,
        )

    def _set_running(self, *, running: bool) -> None:
        self._running = running
        self._start.setEnabled(not running)
        self.folder.setEnabled(not running)
        self.bar.setVisible(running)
        self.bar.setRange(0, 0)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("Cancel") if running else _("Close"))

    def _show_progress(self, done: int, total: int | None, _label: str) -> None:
        if self._running:
            self.bar.setRange(0, total or 0)
            self.bar.setValue(done)

    def _tell_made(self, made: BackedUp) -> None:
        self._set_running(running=False)
        self.history.setText(last_text(Last(datetime.now().astimezone().isoformat(), str(made.folder), made.files)))
        if made.missing or made.changed:
            self.outcome.say_warning(made_text(made))
        else:
            self.outcome.say_done(made_text(made))

    def _tell_failed(self, error: Exception) -> None:
        self._set_running(running=False)
        self.outcome.say_failed(error)

    def _tell_cancelled(self) -> None:
        self._set_running(running=False)
        self.outcome.say_working(_("The backup was stopped. The next one goes on where this one ended."))


def last_text(last: Last | None) -> str:
    """When the last backup was made, and where it lies."""
    if last is None:
        return _("This computer has not backed the archive up yet.")
    return _("Last backup: {when}, {folder}").format(when=day_text(last.at), folder=last.folder)


def made_text(made: BackedUp) -> str:
    """What a backup did."""
    text = ngettext("{n} file is backed up", "{n} files are backed up", made.files).format(n=made.files)
    new = ngettext("{n} of them was copied now", "{n} of them were copied now", made.copied).format(n=made.copied)
    text = f"{text}, {new} ({size_text(made.copied_bytes)})."
    if wrong := len(made.missing) + len(made.changed):
        text += " " + ngettext(
            "{n} file of the archive is missing or changed: verify the archive.",
            "{n} files of the archive are missing or changed: verify the archive.",
            wrong,
        ).format(n=wrong)
    return text


def _same_volume(folder: Path, archive: Archive, _progress: Progress) -> bool:
    return backups.is_same_volume(archive, folder)


def _backed_up(folder: Path, archive: Archive, progress: Progress) -> BackedUp:
    return backups.backup(archive, folder, progress)
