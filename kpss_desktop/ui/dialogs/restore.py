"""Opening a backup in a new place: which backup, where to, and in what it differs from the archive that is open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.trust import restore as restoring
from kpss_desktop.archive.trust.bag import Generation
from kpss_desktop.archive.trust.restore import Difference, Restored
from kpss_desktop.errors import DamagedBackup
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import difference_sentence
from kpss_desktop.progress import Progress
from kpss_desktop.ui.dialogs.fields import PathField, ResultLine, quiet_label
from kpss_desktop.ui.dialogs.ticks import TickBox
from kpss_desktop.ui.errand import Errand
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT
from kpss_desktop.ui.times import day_text

_KEY = "differences"
_SHOWN = 500


class RestoreDialog(QDialog):
    """Needs no open archive; with one (`jobs`) it also tells the differences."""

    open_wanted = Signal(object)
    """The Path of the archive that was restored."""

    def __init__(self, jobs: Jobs | None, folder: Path | None, documents: Path, parent: QWidget | None = None) -> None:
        """`folder` is where the last backup lies, `documents` where a restored archive may lie."""
        super().__init__(parent)
        self.setWindowTitle(_("Restore from a backup"))
        self._jobs = jobs
        self._documents = documents
        self._restored: Restored | None = None
        self._looking, self._working = Errand(self), Errand(self)
        self.folder = PathField(_("Folder with the backup"), folder or Path())
        if folder is None:
            self.folder.line.clear()
        self.generations = QListWidget()
        self.generations.setAccessibleName(_("Backups"))
        self.generations.setMaximumHeight(14 * UNIT)
        self.differences = QPlainTextEdit()
        self.differences.setAccessibleName(_("Differences"))
        self.differences.setReadOnly(True)
        self.differences.setTabChangesFocus(True)
        self.target = PathField(_("New place"), documents / _("Restored archive"))
        self.without = TickBox(_("Leave out what is damaged in the backup"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setTextVisible(False)
        self.outcome = ResultLine()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._start, self._open = QPushButton(_("Restore")), QPushButton(_("Open it"))
        for button in (self._start, self._open):
            self._buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._start.setDefault(True)
        self._connect()
        self._look()

    def done(self, result: int) -> None:
        for errand in (self._looking, self._working):
            errand.close()
        super().done(result)

    def reject(self) -> None:
        if self._working.busy:
            self._working.cancel()
        else:
            super().reject()

    @property
    def number(self) -> int | None:
        """The chosen backup's number."""
        item = self.generations.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("&Backup in"), self.folder)
        form.addRow(_("Made"), self.generations)
        if self._jobs is not None:
            form.addRow(_("Differences"), self.differences)
        form.addRow(_("&New place"), self.target)
        form.addRow("", quiet_label(_("The backup is opened beside what there is; nothing is ever written over.")))
        form.addRow("", self.without)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(form, 1)
        column.addWidget(self.bar)
        column.addWidget(self.outcome)
        column.addWidget(self._buttons)
        for hidden in (self.bar, self.without, self._open):
            hidden.hide()
        open_within_screen(self, QSize(80 * UNIT, 64 * UNIT))

    def _connect(self) -> None:
        self.folder.changed.connect(self._look)
        self.target.changed.connect(self._update)
        self.generations.currentRowChanged.connect(self._choose)
        self._looking.done.connect(self._list)
        self._looking.failed.connect(self._tell_nothing)
        self._working.progress.connect(self._show_progress)
        self._working.done.connect(self._tell_restored)
        self._working.failed.connect(self._tell_failed)
        self._working.cancelled.connect(self._tell_cancelled)
        self._start.clicked.connect(self._run)
        self._open.clicked.connect(self._go)
        self._buttons.rejected.connect(self.reject)

    def _look(self) -> None:
        """List the backups of the folder."""
        self.generations.clear()
        self.outcome.clear()
        folder = self.folder.path
        if folder is not None:
            self._looking.run(lambda _progress: restoring.generations(folder))
        self._update()

    def _list(self, found: Sequence[Generation]) -> None:
        for generation in reversed(found):
            many = ngettext("{n} file", "{n} files", len(generation.files)).format(n=len(generation.files))
            item = QListWidgetItem(f"{day_text(generation.date)}  ·  {many}")
            item.setData(Qt.ItemDataRole.UserRole, generation.number)
            self.generations.addItem(item)
        self.generations.setCurrentRow(0)

    def _tell_nothing(self, error: Exception) -> None:
        self.outcome.say_failed(error)
        self._update()

    def _choose(self) -> None:
        """Say in what the chosen backup differs from the archive that is open."""
        self.differences.clear()
        folder, number = self.folder.path, self.number
        if self._jobs is not None and folder is not None and number is not None:
            self.differences.setPlaceholderText(_("Comparing…"))
            self._jobs.query(
                partial(_compared, folder, number),
                self._tell_differences,
                lambda _error: self.differences.setPlaceholderText(_("It cannot be compared.")),
                key=_KEY,
            )
        self._update()

    def _tell_differences(self, found: list[Difference]) -> None:
        lines = [difference_sentence(difference) for difference in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append("…")
        self.differences.setPlainText("\n".join(lines))
        self.differences.setPlaceholderText(_("The archive is as it was in this backup."))

    def _update(self) -> None:
        is_ready = self.number is not None and self.target.path is not None and not self._working.busy
        self._start.setEnabled(is_ready)

    def _run(self) -> None:
        folder, target, number = self.folder.path, self.target.path, self.number
        if folder is None or target is None:
            return
        without = self.without.isChecked()
        self._working.run(
            lambda progress: restoring.restore(folder, target, progress, number=number, leave_out_damaged=without)
        )
        self.outcome.say_working(_("Restoring and reading back…"))
        self._set_running(running=True)

    def _set_running(self, *, running: bool) -> None:
        for field in (self.folder, self.generations, self.target, self.without):
            field.setEnabled(not running)
        self.bar.setVisible(running)
        self.bar.setRange(0, 0)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("Cancel") if running else _("Close"))
        self._update()

    def _show_progress(self, done: int, total: int | None) -> None:
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)

    def _tell_restored(self, restored: Restored) -> None:
        self._set_running(running=False)
        self._restored = restored
        text = ngettext("{n} file was restored.", "{n} files were restored.", restored.files).format(n=restored.files)
        if restored.damaged:
            number = len(restored.damaged)
            text += " " + ngettext("{n} was damaged.", "{n} were damaged.", number).format(n=number)
        self.outcome.say_done(text)
        self._open.show()
        self._open.setDefault(True)

    def _tell_failed(self, error: Exception) -> None:
        self._set_running(running=False)
        self.outcome.say_failed(error)
        self.without.setVisible(isinstance(error, DamagedBackup))

    def _tell_cancelled(self) -> None:
        self._set_running(running=False)
        self.outcome.say_working(_("Nothing was restored."))

    def _go(self) -> None:
        if self._restored is not None:
            self.open_wanted.emit(self._restored.folder)
            self.accept()


def _compared(folder: Path, number: int, archive: Archive, _progress: Progress) -> list[Difference]:
    return restoring.compare(folder, archive, number=number)
