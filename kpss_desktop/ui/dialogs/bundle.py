"""Chosen documents as one ZIP with a list of contents, in the clerk's order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.exporting.bundle import export_bundle
from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.i18n import _
from kpss_desktop.messages import bundle_words, documents_text, size_text
from kpss_desktop.model import Document
from kpss_desktop.progress import Progress
from kpss_desktop.safe_names import safe_name
from kpss_desktop.ui.dialogs.fields import DocumentsModel, DocumentsTable, PathField, ResultLine, quiet_label
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT


class BundleDialog(QDialog):
    """The order of the rows is the order in the bundle."""

    reveal_requested = Signal(object)
    """The Path of the ZIP that was made."""

    def __init__(
        self, jobs: Jobs, documents: Sequence[Document], folder: Path, title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Make a bundle"))
        self._jobs = jobs
        self._rows = DocumentsModel(documents)
        self.title = QLineEdit(title or _("Bundle"))
        self.table = DocumentsTable(self._rows, _("Documents of the bundle"))
        self.target = PathField(_("File"), folder / _file_name(self.title.text()), file_filter="ZIP (*.zip)")
        self._named_by_hand = False
        self._summary = quiet_label()
        self.outcome = ResultLine()
        self._up = _tool("arrow-up", _("Move up"), "Alt+Up", self)
        self._down = _tool("arrow-down", _("Move down"), "Alt+Down", self)
        self._remove = _tool("close", _("Leave out"), "Del", self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._make = QPushButton(_("Make the bundle"))
        self._buttons.addButton(self._make, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._make.setDefault(True)
        self._connect()
        self.table.selectRow(0)
        self._update()

    @property
    def documents(self) -> tuple[Document, ...]:
        """What goes in, in order."""
        return self._rows.documents

    def move_rows(self, step: int) -> None:
        """Move the selected rows up (-1) or down (1), together."""
        rows = self._selected()
        if not rows or rows[0] + min(step, 0) < 0 or rows[-1] + max(step, 0) >= len(self.documents):
            return
        order = list(self.documents)
        for row in rows if step < 0 else reversed(rows):
            order[row], order[row + step] = order[row + step], order[row]
        self._rows.set_documents(order)
        self._select([row + step for row in rows])
        self._update()

    def remove_rows(self) -> None:
        """Leave the selected rows out of the bundle; the documents stay in the archive."""
        rows = self._selected()
        self._rows.set_documents([document for row, document in enumerate(self.documents) if row not in rows])
        if rows and self.documents:
            self._select([min(rows[0], len(self.documents) - 1)])
        self._update()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.addRow(_("&Title"), self.title)
        tools = QVBoxLayout()
        tools.setSpacing(UNIT // 2)
        for button in (self._up, self._down, self._remove):
            tools.addWidget(button)
        tools.addStretch()
        middle = QHBoxLayout()
        middle.setSpacing(UNIT)
        middle.addWidget(self.table, 1)
        middle.addLayout(tools)
        target = QFormLayout()
        target.setHorizontalSpacing(2 * UNIT)
        target.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        target.addRow(_("&File"), self.target)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(form)
        column.addLayout(middle, 1)
        column.addWidget(self._summary)
        column.addLayout(target)
        column.addWidget(self.outcome)
        column.addWidget(self._buttons)
        open_within_screen(self, QSize(84 * UNIT, 64 * UNIT))

    def _connect(self) -> None:
        self._up.clicked.connect(lambda: self.move_rows(-1))
        self._down.clicked.connect(lambda: self.move_rows(1))
        self._remove.clicked.connect(self.remove_rows)
        self.title.textEdited.connect(self._rename_file)
        self.target.line.textEdited.connect(self._keep_name)
        self.target.changed.connect(self._update)
        self.table.selectionModel().selectionChanged.connect(self._update)
        self.outcome.reveal_pressed.connect(self.reveal_requested)
        self._make.clicked.connect(self._run)
        self._buttons.rejected.connect(self.reject)

    def _selected(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _select(self, rows: Sequence[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().clearSelection()
        for row in rows:
            self.table.selectionModel().select(self._rows.index(row, 0), flags)
        self.table.scrollTo(self._rows.index(rows[0], 0))

    def _rename_file(self, title: str) -> None:
        path = self.target.path
        if path is not None and not self._named_by_hand:
            self.target.line.setText(str(path.with_name(_file_name(title))))

    def _keep_name(self) -> None:
        self._named_by_hand = True

    def _update(self) -> None:
        rows, count = self._selected(), len(self.documents)
        self._up.setEnabled(bool(rows) and rows[0] > 0)
        self._down.setEnabled(bool(rows) and rows[-1] < count - 1)
        self._remove.setEnabled(bool(rows))
        many = documents_text(count)
        size = size_text(sum(document.size for document in self.documents))
        self._summary.setText(_("{many}, {size}. A list of contents goes with them.").format(many=many, size=size))
        self._make.setEnabled(count > 0 and self.target.path is not None)

    def _run(self) -> None:
        target = self.target.path
        if target is None:
            return
        if target.suffix.casefold() != ".zip":
            target = target.with_name(target.name + ".zip")
        self.outcome.say_working(_("Packing…"))
        self._make.setEnabled(False)
        ids = [document.id for document in self.documents]
        task = partial(_packed, ids, target, self.title.text().strip())
        self._jobs.change(task, self._tell_made, self._tell_failed, label=_("Making a bundle"))

    def _tell_made(self, made: Exported) -> None:
        self._make.setEnabled(True)
        self.outcome.say_made(made)

    def _tell_failed(self, error: Exception) -> None:
        self._make.setEnabled(True)
        self.outcome.say_failed(error)


def _packed(ids: Sequence[str], target: Path, title: str, archive: Archive, progress: Progress) -> Exported:
    return export_bundle(archive, ids, target, progress, title=title, words=bundle_words())


def _file_name(title: str) -> str:
    return safe_name(f"{title.strip() or _('Bundle')}.zip")


def _tool(sign: str, does: str, keys: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon(sign))
    button.setAutoRaise(True)
    button.setAccessibleName(does)
    button.setToolTip(f"{does} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
    shortcut = QShortcut(QKeySequence(keys), parent)
    shortcut.activated.connect(button.click)
    return button
