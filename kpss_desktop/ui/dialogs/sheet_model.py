"""The rows of the review sheet as a Qt model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal

from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan, Lesson
from kpss_desktop.i18n import _
from kpss_desktop.model import Group, Kind
from kpss_desktop.ui.dialogs.sheet_edits import Change, May, SheetEdits
from kpss_desktop.ui.dialogs.sheet_ledger import Batch, Ledger, Tally
from kpss_desktop.ui.dialogs.sheet_rows import Status, can_be_edited, can_be_taken
from kpss_desktop.ui.dialogs.sheet_words import Column, cell_text, decoration, explanation

__all__ = ["ITEM", "Column", "SheetModel"]

Index = QModelIndex | QPersistentModelIndex

ITEM = Qt.ItemDataRole.UserRole
"""The IntakeItem itself, for delegates."""

_Role = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
_COLUMNS = tuple(Column)
# Painting asks for many more; a quick answer keeps the window free while rows come.
_ROLES = frozenset(
    {
        _Role.DisplayRole, _Role.EditRole, _Role.DecorationRole, _Role.CheckStateRole, _Role.ToolTipRole,
        _Role.AccessibleTextRole, _Role.AccessibleDescriptionRole, ITEM,
    }
)  # fmt: skip
# Qt asks for each cell of a selection, and making one of these is slow.
_PLAIN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_TICKED = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable
_EDITED = _PLAIN | Qt.ItemFlag.ItemIsEditable
_EDITABLE = frozenset({Column.KIND, Column.GROUPS, Column.DATE})


class SheetModel(QAbstractTableModel):
    """Rows of a plan; every edit makes a new frozen item. A row here is one that is seen."""

    edited = QtSignal()
    """A row changed or all of them did."""

    def __init__(self, groups: Sequence[Group], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = {group.id: group for group in groups}
        self.lessons: tuple[Lesson, ...] = ()
        self._ledger = Ledger(self.groups)
        self.read = IntakePlan()  # what was read on the way, once all rows have come
        self.edits = SheetEdits(self, self)

    @property
    def plan(self) -> IntakePlan:
        """The rows as they are now, in the order in which they came."""
        return replace(self.read, items=self._ledger.items, lessons=self.lessons)

    @property
    def told(self) -> IntakePlan:
        """The rows as they were told, without what the clerk has changed; `take_rows` keeps that."""
        return replace(self.read, items=self._ledger.told, lessons=self.lessons)

    def start_again(self) -> None:
        """Other rows come. What the clerk has changed in a file stays as soon as its row is there again."""
        self.edits.drop()
        self.beginResetModel()
        self._ledger = self._ledger.successor()
        self.read = IntakePlan()
        self.endResetModel()
        self.edited.emit()

    def take_rows(self, batch: Batch) -> None:
        """Rows that came, or that became clearer, by their places; what the clerk has changed meanwhile stays.

        A row is never taken away nor moved by this, also when it is now of a status that is filtered out.
        """
        changed = self._ledger.hear(batch)
        new = self._ledger.joining(changed)
        if new:
            self.beginInsertRows(_NO_INDEX, len(self._ledger), len(self._ledger) + len(new) - 1)
            self._ledger.join(new)
            self.endInsertRows()
        self._tell(changed)

    def show_only(self, wanted: frozenset[Status]) -> None:
        """Leave out the rows of all other statuses."""
        self.beginResetModel()
        self._ledger.show_only(wanted)
        self.endResetModel()

    def item(self, row: int) -> IntakeItem:
        """One row."""
        return self._ledger.item(self._ledger.place(row))

    def places(self, rows: Iterable[int]) -> list[int]:
        """The places in the plan of rows that are seen; unlike rows they stay what they are."""
        return [self._ledger.place(row) for row in rows]

    def rows_of(self, places: Iterable[int]) -> list[int]:
        """Where places are seen, in order; those that are filtered out are left out."""
        return sorted(row for place in places if (row := self._ledger.row(place)) is not None)

    def tally(self) -> Tally:
        """How many rows there are, seen or not."""
        return self._ledger.tally()

    def put(self, places: Iterable[int], change: Change, may: May) -> None:
        """Change what may be changed in places, seen or not."""
        changed = [place for place in places if may(self._ledger.item(place))]
        for place in changed:
            self._ledger.put(place, change(self._ledger.item(place)))
        self._tell(changed)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ledger)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return ("", _("File"), _("Kind"), _("Groups"), _("Date"), _("State"))[section]
        if role == _Role.AccessibleTextRole and section == Column.TAKE:
            return _("Take in")
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if role == _Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        column = index.column()
        if column == Column.TAKE:
            return _TICKED if can_be_taken(self.item(index.row())) else _PLAIN
        return _EDITED if column in _EDITABLE and can_be_edited(self.item(index.row())) else _PLAIN

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if role not in _ROLES:
            return None
        place = self._ledger.place(index.row())
        item, column = self._ledger.item(place), _COLUMNS[index.column()]
        match role:
            case _Role.AccessibleTextRole if column is Column.TAKE:
                return _("Take in")
            case _Role.DisplayRole | _Role.AccessibleTextRole:
                return cell_text(item, column, self.groups)
            case _Role.EditRole:
                return item.kind if column is Column.KIND else cell_text(item, column, self.groups)
            case _Role.CheckStateRole if column is Column.TAKE and can_be_taken(item):
                return Qt.CheckState.Checked if item.take else Qt.CheckState.Unchecked
            case _Role.DecorationRole:
                return decoration(item, column, self._ledger.status(place))
            case _Role.ToolTipRole | _Role.AccessibleDescriptionRole:
                return explanation(item, column, self.groups)
        return item if role == ITEM else None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        row, column = index.row(), Column(index.column())
        if role == _Role.CheckStateRole and column is Column.TAKE:
            self.edits.take([row], taken=Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role != _Role.EditRole or not can_be_edited(self.item(row)):
            return False
        if column is Column.KIND:
            self.edits.set_kind([row], Kind(value))
            return True
        typed = str(value).strip()
        if column is not Column.DATE or typed == cell_text(self.item(row), Column.DATE, self.groups):
            return False  # looking at a date is not the same as confirming it
        return self.edits.type_date(row, typed)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0:
            self.edits.run(self._sorting(Column(column), descending=order is Qt.SortOrder.DescendingOrder))

    def _sorting(self, column: Column, *, descending: bool) -> Iterator[None]:
        yield from self._ledger.prepare(column)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = self.places(one.row() for one in before)
        self._ledger.arrange(column, descending=descending)
        after = [
            self.index(self._ledger.row(place) or 0, one.column()) for one, place in zip(before, places, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell(self, places: Sequence[int]) -> None:
        """Show what has changed in places."""
        rows = self.rows_of(places)
        if rows:
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], len(_COLUMNS) - 1))
        if places:
            self.edited.emit()
