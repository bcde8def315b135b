"""What became of each file of an intake."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.intake.filing import Filed, IntakeReport, Outcome
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.errors import KpssError, NotTaken
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import describe, refusal_sentence
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import ROW, UNIT

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_Role = Qt.ItemDataRole
_ORDER = (Filed.FAILED, Filed.SKIPPED, Filed.ADDED, Filed.JOINED, Filed.DUPLICATE, Filed.FILED)
_ICONS = {
    Filed.FAILED: "error",
    Filed.SKIPPED: "cancel",
    Filed.ADDED: "plus",
    Filed.JOINED: "group",
    Filed.DUPLICATE: "duplicate",
    Filed.FILED: "ok",
}


class _Column(IntEnum):
    FILE = 0
    RESULT = 1


class ReportModel(QAbstractTableModel):
    """The outcomes, what failed first."""

    def __init__(self, report: IntakeReport) -> None:
        super().__init__()
        self.outcomes = sorted(report.outcomes, key=lambda one: (_ORDER.index(one.state), not _is_packed(one)))

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.outcomes)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return (_("File"), _("Result"))[section]
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if role == _Role.TextAlignmentRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        outcome, in_files = self.outcomes[index.row()], index.column() == _Column.FILE
        match role:
            case _Role.DisplayRole:
                return outcome.item.source if in_files else result_text(outcome)
            case _Role.ToolTipRole:
                return outcome.item.source if in_files else result_text(outcome)
            case _Role.DecorationRole if not in_files:
                return icon(_ICONS[outcome.state])
        return None


class ReportDialog(QDialog):
    """A sentence with the sums, and a line for each file."""

    documents_wanted = Signal()
    """The documents that came of it are to be seen in the window."""

    def __init__(self, report: IntakeReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Result of the intake"))
        self._report = report
        self._rows = ReportModel(report)
        self.summary = QLabel(summary(report))
        self.summary.setWordWrap(True)
        self.table = QTableView()
        self.table.setModel(self._rows)
        self.table.setAccessibleName(_("Result of the intake"))
        self._dress_table()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = QPushButton(_("Copy as text"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        if any(outcome.document_id for outcome in report.outcomes):
            show = QPushButton(_("Show the documents"))
            show.setAutoDefault(False)
            show.clicked.connect(self.documents_wanted)
            show.clicked.connect(self.accept)
            buttons.addButton(show, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        open_within_screen(self, QSize(96 * UNIT, 60 * UNIT))

    def as_text(self) -> str:
        """The report for a mail: a line for each file."""
        lines = [f"{outcome.item.source}\t{result_text(outcome)}" for outcome in self._rows.outcomes]
        return "\n".join([summary(self._report), "", *lines])

    def _dress_table(self) -> None:
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_Column.FILE, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(_Column.RESULT, 44 * UNIT)


def summary(report: IntakeReport) -> str:
    """The sums in one sentence, without those that are nothing."""
    filed, failed = report.filed, report.failed
    repeated = sum(_is_repeated(outcome) for outcome in report.outcomes)
    known = report.duplicates - repeated
    parts = [ngettext("{n} document was filed", "{n} documents were filed", filed).format(n=filed)]
    if report.added:
        text = ngettext("{n} added to a document", "{n} added to documents", report.added)
        parts.append(text.format(n=report.added))
    if known:
        parts.append(ngettext("{n} was in the archive", "{n} were in the archive", known).format(n=known))
    if repeated:
        parts.append(ngettext("{n} came twice", "{n} came twice", repeated).format(n=repeated))
    if failed:
        parts.append(ngettext("{n} could not be taken", "{n} could not be taken", failed).format(n=failed))
    skipped = report.count(Filed.SKIPPED)
    if skipped:
        parts.append(ngettext("{n} left out", "{n} left out", skipped).format(n=skipped))
    sentence = ", ".join(parts) + "."
    return sentence + " " + _("The intake was stopped; the rest can be taken in again.") if report.stopped else sentence


def result_text(outcome: Outcome) -> str:
    """What became of one file."""
    match outcome.state:
        case Filed.FILED if outcome.item.refusal:
            return _("filed packed as it is: {reason}").format(reason=refusal_sentence(outcome.item.refusal))
        case Filed.FILED:
            return _("filed")
        case Filed.ADDED:
            return _("added to a document as a further file")
        case Filed.DUPLICATE:
            return _("came twice") if _is_repeated(outcome) else _("already in the archive")
        case Filed.JOINED if _is_repeated(outcome):
            return _("came twice, added to a further group")
        case Filed.JOINED:
            return _("already in the archive, added to a further group")
        case Filed.SKIPPED:
            return _("left out")
    return _why_not(outcome.error)


def _why_not(error: KpssError | OSError | None) -> str:
    if isinstance(error, NotTaken):
        return refusal_sentence(Refusal(error.refusal))  # which file it is stands beside it
    return describe(error) if error else _("could not be taken")


def _is_repeated(outcome: Outcome) -> bool:
    """Whether the same bytes came in this very intake, and were not in the archive before."""
    return outcome.state in (Filed.DUPLICATE, Filed.JOINED) and outcome.item.duplicate_item is not None


def _is_packed(outcome: Outcome) -> bool:
    """Whether it is a ZIP that nobody could look into."""
    return outcome.state is Filed.FILED and outcome.item.refusal is not None
