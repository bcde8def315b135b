"""The review sheet: everything that was dropped, as rows, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.intake import IntakePlan
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.model import Group, Kind, PartialDate
from kpss_desktop.ui.chips import Chip
from kpss_desktop.ui.dialogs.sheet_bulk import BulkBar
from kpss_desktop.ui.dialogs.sheet_model import Column, SheetModel, SheetOrder
from kpss_desktop.ui.dialogs.sheet_preview import SheetPreview
from kpss_desktop.ui.dialogs.sheet_rows import Status, confirmed, with_date, with_kind, with_year
from kpss_desktop.ui.dialogs.sheet_view import SheetView
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.theme import UNIT

_ALL = frozenset(Status)
_FRESH = frozenset({Status.NEW, Status.CHECK})
_CHECK = frozenset({Status.CHECK})
_KNOWN = frozenset({Status.JOINS, Status.DUPLICATE})
_REFUSED = frozenset({Status.REFUSED})


class StatusFilter(QWidget):
    """One chip a status, with its count; chips of nothing are hidden."""

    chosen = Signal(object)
    """The statuses to show, a frozenset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[frozenset[Status], Chip] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        for statuses in (_ALL, _CHECK, _FRESH, _KNOWN, _REFUSED):
            chip = Chip("")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _checked=False, statuses=statuses: self.chosen.emit(statuses))
            group.addButton(chip)
            row.addWidget(chip)
            self._chips[statuses] = chip
        self._chips[_ALL].setChecked(True)

    def set_counts(self, counts: dict[Status, int]) -> None:
        """Show how many rows there are of each."""
        names = {
            _ALL: _("All"),
            _CHECK: _("To check"),
            _FRESH: _("New"),
            _KNOWN: _("Already in the archive"),
            _REFUSED: _("Cannot be taken"),
        }
        for statuses, chip in self._chips.items():
            count = sum(counts.get(status, 0) for status in statuses)
            chip.setText(f"{names[statuses]} {count}")
            chip.setAccessibleName(chip.text())
            chip.updateGeometry()
            chip.setVisible(count > 0 or statuses == _ALL or chip.isChecked())

    def press(self, statuses: frozenset[Status]) -> None:
        """Choose a chip."""
        self._chips[statuses].click()


class IntakeSheet(QDialog):
    """Gives the plan back as the clerk has made it; writes nothing itself.

    It may be shown while planning runs: `show_progress`, then `set_plan`. `rejected` while busy means: stop planning.
    With `jobs` the chosen file can be seen beside the rows.
    """

    plan_accepted = Signal(object)
    """The IntakePlan to be filed."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None, *, jobs: Jobs | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Review of what is taken in"))
        self.rows = SheetModel(groups, self)
        self._order = SheetOrder(self.rows, self)
        self.view = SheetView(self.rows, self._order)
        self.filter = StatusFilter()
        self.bulk = BulkBar(groups)
        self.beside = SheetPreview(jobs) if jobs else None
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._doing = QLabel(_("Reading what was dropped…"))
        self._doing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._buttons = QDialogButtonBox()
        self._file = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self._buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self._file, cancel):
            assert isinstance(button, QPushButton)
            button.setAutoDefault(False)
        self._lay_out()
        self._file.setDefault(True)
        self._connect()
        self.set_busy(busy=True)
        self._tell()

    @property
    def plan(self) -> IntakePlan:
        """The rows as the clerk has made them."""
        return self.rows.plan

    def set_plan(self, plan: IntakePlan) -> None:
        """Show the rows, problems first, and let them be edited."""
        self.rows.set_plan(plan)
        self.set_busy(busy=False)
        self.view.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)
        if plan.items:
            self.view.setCurrentIndex(self._order.index(0, Column.FILE))
            self.view.setFocus()

    def show_progress(self, done: int, total: int | None, label: str = "") -> None:
        """Say how far planning is; `total` None when nobody knows."""
        self._progress.setRange(0, total or 0)
        self._progress.setValue(done)
        text = ngettext("{n} file read", "{n} files read", done).format(n=done)
        self._doing.setText(f"{text} – {label}" if label else text)

    def set_busy(self, *, busy: bool) -> None:
        """While planning runs there is only progress to see and Cancel to press."""
        for widget in (self._progress, self._doing):
            widget.setVisible(busy)
        for part in (self.view, self.bulk, self.filter):
            part.setEnabled(not busy)
        self._update_button(busy=busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return edits a cell; only Ctrl+Return or the button itself files everything.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._file.isEnabled():
                self._file.click()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(UNIT)
        above.addWidget(self.filter)
        above.addStretch()
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.view)
        if self.beside is not None:
            above.addWidget(self.beside.chip)
            middle.addWidget(self.beside.pane)
            middle.setStretchFactor(0, 2)
            middle.setStretchFactor(1, 1)
            middle.setSizes([93 * UNIT, 53 * UNIT])
            middle.setHandleWidth(UNIT)
            self.beside.chip.toggled.connect(lambda is_open: self.view.set_narrow(narrow=is_open))
        busy = QHBoxLayout()
        busy.setSpacing(UNIT)
        busy.addWidget(self._progress)
        busy.addWidget(self._doing, 1)
        below = QHBoxLayout()
        below.setSpacing(UNIT)
        below.addWidget(self.bulk, 1)
        below.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(above)
        column.addLayout(busy)
        column.addWidget(middle, 1)
        column.addSpacing(UNIT // 2)
        column.addLayout(below)
        self.resize(150 * UNIT, 84 * UNIT)

    def _connect(self) -> None:
        self.rows.edited.connect(self._tell)
        self.filter.chosen.connect(self._order.show_only)
        self.view.selectionModel().selectionChanged.connect(self._tell_selection)
        self.bulk.kind_chosen.connect(self._set_kind)
        self.bulk.groups_chosen.connect(lambda ids, new: self.rows.set_groups(self.view.selected_rows(), ids, new))
        self.bulk.date_typed.connect(self._set_date)
        self.bulk.confirmed.connect(lambda: self.rows.change(self.view.selected_rows(), confirmed))
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        if self.beside is not None:
            self.finished.connect(self.beside.close)

    def _set_kind(self, kind: Kind) -> None:
        self.rows.change(self.view.selected_rows(), lambda item: with_kind(item, kind))

    def _set_date(self, date: PartialDate) -> None:
        rows, year = self.view.selected_rows(), date.year
        if year is not None and date.month is None:
            self.rows.change(rows, lambda item: with_year(item, year))
        else:
            self.rows.change(rows, lambda item: with_date(item, date))

    def _tell(self) -> None:
        self.filter.set_counts(self.rows.counts())
        self._update_button(busy=self._progress.isVisibleTo(self))

    def _tell_selection(self) -> None:
        rows = self.view.selected_rows()
        self.bulk.set_selected(len(rows))
        if self.beside is not None:
            self.beside.select(self.rows.item(rows[0]) if len(rows) == 1 else None, len(rows))

    def _update_button(self, *, busy: bool) -> None:
        count = self.rows.taken()
        self._file.setText(ngettext("File {n} document", "File {n} documents", count).format(n=count))
        self._file.setEnabled(count > 0 and not busy)

    def _accept(self) -> None:
        self.plan_accepted.emit(self.rows.plan)
        self.accept()
