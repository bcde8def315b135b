"""The table of the review sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.group_picker import GroupPicker
from kpss_desktop.ui.dialogs.sheet_delegates import (
    DateCell,
    FileCell,
    GroupsCell,
    KindCell,
    StateCell,
    header_height,
    row_height,
)
from kpss_desktop.ui.dialogs.sheet_model import Column, SheetModel
from kpss_desktop.ui.dialogs.sheet_rows import Status, can_be_edited, offered_groups
from kpss_desktop.ui.dialogs.ticks import TickCell
from kpss_desktop.ui.painting import undisturbed
from kpss_desktop.ui.theme import UNIT

_Index = QModelIndex | QPersistentModelIndex
_NOTHING_SELECTED = QItemSelectionModel.SelectionFlag.NoUpdate
# In units.
_TICK, _NAME, _LONG_NAME = 4, 22, 40
_LEAST = 0.6  # of a column's width; less of it says nothing
_WIDTHS = {Column.KIND: 17, Column.GROUPS: 20, Column.DATE: 14, Column.STATE: 27}
_NARROW = {Column.KIND: 14, Column.GROUPS: 16, Column.DATE: 15, Column.STATE: 18}


class SheetView(QTableView):
    """Rows that are edited in place; Space ticks all selected ones."""

    menu_wanted = Signal(object)
    """Where the menu of the selected rows is to open, a global QPoint."""

    worked_in = Signal()
    """The clerk has laid hands on the rows: selected, edited, sorted or scrolled."""

    def __init__(self, rows: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._shares_out = False
        self._is_dressed_by_hand = False
        self._picker = GroupPicker(self)
        self._picked: list[int] = []
        self._picker.chosen.connect(
            lambda ids, new: self._rows.edits.set_groups(self._rows.rows_of(self._picked), ids, new)
        )
        self.setModel(rows)
        self.setAccessibleName(_("Files to take in"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)  # arrows go from cell to cell, Tab out of the rows
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self._set_cells()
        self._set_headers()
        self.selectionModel().selectionChanged.connect(self.worked_in)
        self.verticalScrollBar().actionTriggered.connect(self.worked_in)
        self.horizontalHeader().sectionClicked.connect(self.worked_in)

    def selected_rows(self) -> list[int]:
        """Rows that are selected."""
        ranges = self.selectionModel().selection()
        return sorted({row for one in ranges.toList() for row in range(one.top(), one.bottom() + 1)})

    def show_only(self, statuses: frozenset[Status]) -> None:
        """Leave out the rows of all other statuses; what stays stays selected."""
        selected = self._rows.places(self.selected_rows())
        current = self._rows.places([self.currentIndex().row()] if self.currentIndex().isValid() else [])
        self._rows.show_only(statuses)
        chosen = QItemSelection()
        for first, last in _runs(self._rows.rows_of(selected)):
            chosen.select(self._rows.index(first, 0), self._rows.index(last, len(Column) - 1))
        for row in self._rows.rows_of(current):
            self.selectionModel().setCurrentIndex(self._rows.index(row, Column.FILE), _NOTHING_SELECTED)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def paintEvent(self, event: QPaintEvent) -> None:
        with undisturbed():
            super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self._is_dressed_by_hand:
            self._share_out()

    def edit(self, *args: object) -> bool:  # type: ignore[override]  # Qt has two forms: (index), (index, trigger, event)
        """Open the editor of a cell; groups have a popup of their own."""
        index = args[0]
        assert isinstance(index, QModelIndex)
        asked = len(args) == 1 or args[1] in {
            QAbstractItemView.EditTrigger.DoubleClicked,
            QAbstractItemView.EditTrigger.EditKeyPressed,
        }
        if index.isValid() and index.column() == Column.GROUPS:
            is_open = asked and self._pick_groups(index)
        else:
            is_open = bool(super().edit(*args))  # type: ignore[call-overload]
        if is_open:
            self.worked_in.emit()
        return is_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.selected_rows()
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers()
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # what an editor leaves over
        elif event.key() == Qt.Key.Key_Space and rows:
            taken = all(self._rows.item(row).take for row in rows)
            self._rows.edits.take(rows, taken=not taken)
        elif is_return:
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selected_rows():
            at = event.globalPos()
            if event.reason() is QContextMenuEvent.Reason.Keyboard:
                at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            self.menu_wanted.emit(at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))
            self.horizontalHeader().setMinimumHeight(header_height(self.fontMetrics()))

    def _pick_groups(self, index: _Index) -> bool:
        item = self._rows.item(index.row())
        if not can_be_edited(item):
            return False
        self._picked = self._rows.places([index.row()])
        cell = self.visualRect(index)
        corner = self.viewport().mapToGlobal(QPoint(cell.left(), cell.bottom()))
        groups = tuple(self._rows.groups.values())
        self._picker.open_at(corner, groups, item.groups, item.new_groups, offered_groups(item))
        return True

    def _share_out(self) -> None:
        """Give the columns their widths; where that leaves too little for names, all but the dates give way."""
        room = self.viewport().width() / UNIT - _TICK
        widths = _WIDTHS if room >= sum(_WIDTHS.values()) + _LONG_NAME else _NARROW
        date = widths[Column.DATE]
        share = min(1, max((room - _NAME - date) / (sum(widths.values()) - date), _LEAST))
        self._shares_out = True
        for column, units in widths.items():
            self.setColumnWidth(column, round(UNIT * (units if column is Column.DATE else units * share)))
        self._shares_out = False

    def _follow_hand(self, column: int) -> None:
        """From now on the columns are as wide as the clerk has made them."""
        self._is_dressed_by_hand |= not self._shares_out and column != Column.FILE

    def _set_cells(self) -> None:
        for column, cell in (
            (Column.TAKE, TickCell(self)),
            (Column.FILE, FileCell(self)),
            (Column.KIND, KindCell(self)),
            (Column.GROUPS, GroupsCell(self._rows, self)),
            (Column.DATE, DateCell(self)),
            (Column.STATE, StateCell(self)),
        ):
            self.setItemDelegateForColumn(column, cell)

    def _set_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))
        header = self.horizontalHeader()
        header.setMinimumHeight(header_height(self.fontMetrics()))
        # Headings show nothing of a selection, but would ask for each of its cells whenever they are painted.
        header.setSelectionModel(QItemSelectionModel(self._rows, header))
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.TAKE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.FILE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(4 * UNIT)
        self.setColumnWidth(Column.TAKE, _TICK * UNIT)
        header.sectionResized.connect(self._follow_hand)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of rows that follow each other; a selection of few ranges is quick."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
