"""The table of the review sheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.group_picker import GroupPicker
from kpss_desktop.ui.dialogs.sheet_delegates import DateCell, FileCell, GroupsCell, KindCell, PlainCell, row_height
from kpss_desktop.ui.dialogs.sheet_model import Column, SheetModel, SheetOrder
from kpss_desktop.ui.dialogs.sheet_rows import can_be_edited, offered_groups
from kpss_desktop.ui.dialogs.ticks import TickCell
from kpss_desktop.ui.theme import UNIT

_Index = QModelIndex | QPersistentModelIndex
# In units.
_WIDTHS = {Column.KIND: 17, Column.GROUPS: 20, Column.DATE: 14, Column.STATE: 27}
_NARROW = {Column.KIND: 14, Column.GROUPS: 17, Column.DATE: 13, Column.STATE: 17}


class SheetView(QTableView):
    """Rows that are edited in place; Space ticks all selected ones."""

    menu_wanted = Signal(object)
    """Where the menu of the selected rows is to open, a global QPoint."""

    def __init__(self, rows: SheetModel, order: SheetOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._order = rows, order
        self._picker = GroupPicker(self)
        self._picked: list[int] = []
        self._picker.chosen.connect(lambda ids, new: self._rows.set_groups(self._picked, ids, new))
        self.setModel(order)
        self.setAccessibleName(_("Files to take in"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
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

    def selected_rows(self) -> list[int]:
        """Rows of the model that are selected."""
        ranges = self._order.mapSelectionToSource(self.selectionModel().selection())
        return sorted({row for one in ranges.toList() for row in range(one.top(), one.bottom() + 1)})

    def set_narrow(self, *, narrow: bool) -> None:
        """Give the columns the widths that leave room for something beside them, or their usual ones."""
        for column, units in (_NARROW if narrow else _WIDTHS).items():
            self.setColumnWidth(column, units * UNIT)

    def edit(self, *args: object) -> bool:  # type: ignore[override]  # Qt has two forms: (index), (index, trigger, event)
        """Open the editor of a cell; groups have a popup of their own."""
        index = args[0]
        assert isinstance(index, QModelIndex)
        asked = len(args) == 1 or args[1] in {
            QAbstractItemView.EditTrigger.DoubleClicked,
            QAbstractItemView.EditTrigger.EditKeyPressed,
        }
        if index.isValid() and index.column() == Column.GROUPS:
            return asked and self._pick_groups(index)
        return bool(super().edit(*args))  # type: ignore[call-overload]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.selected_rows()
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers()
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # what an editor leaves over
        elif event.key() == Qt.Key.Key_Space and rows:
            taken = all(self._rows.item(row).take for row in rows)
            self._rows.take(rows, taken=not taken)
        elif is_return:
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selected_rows():
            self.menu_wanted.emit(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))

    def _pick_groups(self, index: _Index) -> bool:
        row = self._order.mapToSource(index).row()
        item = self._rows.item(row)
        if not can_be_edited(item):
            return False
        self._picked = [row]
        cell = self.visualRect(index)
        corner = self.viewport().mapToGlobal(QPoint(cell.left(), cell.bottom()))
        groups = tuple(self._rows.groups.values())
        self._picker.open_at(corner, groups, item.groups, item.new_groups, offered_groups(item))
        return True

    def _set_cells(self) -> None:
        plain = PlainCell(self)
        for column, cell in (
            (Column.TAKE, TickCell(self)),
            (Column.FILE, FileCell(self)),
            (Column.KIND, KindCell(self)),
            (Column.GROUPS, GroupsCell(self._rows, self)),
            (Column.DATE, DateCell(self)),
            (Column.STATE, plain),
        ):
            self.setItemDelegateForColumn(column, cell)

    def _set_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.TAKE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.FILE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(4 * UNIT)
        self.setColumnWidth(Column.TAKE, 4 * UNIT)
        self.set_narrow(narrow=False)
