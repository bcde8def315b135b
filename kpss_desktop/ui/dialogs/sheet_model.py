"""The rows of the review sheet as a Qt model, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtCore import Signal as QtSignal

from kpss_desktop.archive.intake import FileAs, IntakeItem, IntakePlan, Lesson
from kpss_desktop.czech.collation import SortKey, sort_key
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.i18n import _
from kpss_desktop.model import Extract, Group, Kind, PartialDate
from kpss_desktop.ui.dialogs.sheet_merge import merged
from kpss_desktop.ui.dialogs.sheet_rows import (
    Status,
    can_be_edited,
    can_be_taken,
    filed_as,
    has_choice,
    status,
    with_date,
    with_groups,
    with_kind,
)
from kpss_desktop.ui.dialogs.sheet_words import Column, cell_text, decoration, explanation

__all__ = ["ITEM", "Column", "SheetModel", "SheetOrder"]

Index = QModelIndex | QPersistentModelIndex
Change = Callable[[IntakeItem], IntakeItem]

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


class SheetModel(QAbstractTableModel):
    """Rows of a plan; every edit makes a new frozen item."""

    edited = QtSignal()
    """A row changed or all of them did."""
    grouped = QtSignal(object, object, object)
    """The clerk put rows into groups: the rows as they were, ids, names of groups to be made."""

    def __init__(self, groups: Sequence[Group], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = {group.id: group for group in groups}
        self._items: list[IntakeItem] = []
        self._status: list[Status] = []
        self._rows: dict[int, int] = {}
        self._told: dict[int, IntakeItem] = {}
        self._extracts: Mapping[str, Extract] = {}
        self.lessons: tuple[Lesson, ...] = ()
        self._ranks: list[Status] = []
        self._places: list[int] = []
        self._keys: dict[str, SortKey] = {}

    @property
    def plan(self) -> IntakePlan:
        """The rows as they are now, in the order in which they came."""
        came = sorted(zip(self._places, self._items, strict=True), key=itemgetter(0))
        return IntakePlan(tuple(item for _place, item in came), self._extracts, self.lessons)

    def set_plan(self, plan: IntakePlan) -> None:
        """Show other rows. Their order by need is kept while they are edited, so that nothing jumps away."""
        self.beginResetModel()
        self._items, self._status, self._ranks, self._places = [], [], [], []
        self._rows, self._told, self._keys = {}, {}, {}
        self._extracts, self.lessons = plan.extracts, plan.lessons
        self._append(list(enumerate(plan.items)))
        self.endResetModel()
        self.edited.emit()

    def take_rows(self, batch: Sequence[tuple[int, IntakeItem]]) -> None:
        """Rows that came, or that became clearer, by their places; what the clerk has changed meanwhile stays."""
        known = [(place, item) for place, item in batch if place in self._rows]
        new = [(place, item) for place, item in batch if place not in self._rows]
        touched = []
        for place, item in known:
            row = self._rows[place]
            self._items[row] = merged(self._told[place], self._items[row], item)
            self._told[place] = item
            self._ranks[row] = status(self._items[row])
            touched.append(row)
        if new:
            self.beginInsertRows(_NO_INDEX, len(self._items), len(self._items) + len(new) - 1)
            self._append(new)
            self.endInsertRows()
        self._tell(touched)
        if new and not touched:
            self.edited.emit()

    def finish(self, plan: IntakePlan) -> None:
        """All rows have come and are as clear as they will be."""
        self._extracts = plan.extracts
        self.take_rows([(place, item) for place, item in enumerate(plan.items) if self._told.get(place) != item])

    def _append(self, batch: Sequence[tuple[int, IntakeItem]]) -> None:
        for place, item in batch:
            self._rows[place] = len(self._items)
            self._told[place] = item
            self._items.append(item)
            self._status.append(status(item))
            self._ranks.append(self._status[-1])
            self._places.append(place)

    def item(self, row: int) -> IntakeItem:
        """One row."""
        return self._items[row]

    def counts(self) -> Counter[Status]:
        """How many rows there are of each status."""
        return Counter(self._status)

    def taken(self) -> int:
        """How many rows will be filed."""
        return sum(item.take for item in self._items)

    def change(self, rows: Iterable[int], change: Change) -> None:
        """Change the rows that may be changed, as one step."""
        touched = [row for row in rows if can_be_edited(self._items[row])]
        for row in touched:
            self._items[row] = change(self._items[row])
        self._tell(touched)

    def take(self, rows: Iterable[int], *, taken: bool) -> None:
        """Tick rows, or leave them out."""
        touched = [row for row in rows if can_be_taken(self._items[row])]
        for row in touched:
            self._items[row] = replace(self._items[row], take=taken)
        self._tell(touched)

    def choose(self, rows: Iterable[int], choice: FileAs) -> None:
        """Say what rows become that repeat or resemble another."""
        touched = [row for row in rows if has_choice(self._items[row])]
        for row in touched:
            self._items[row] = filed_as(self._items[row], choice)
        self._tell(touched)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return ("", _("File"), _("Kind"), _("Groups"), _("Date"), _("State"))[section]
        if role == _Role.AccessibleTextRole and section == Column.TAKE:
            return _("Take in")
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if role == _Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        item = self._items[index.row()]
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == Column.TAKE and can_be_taken(item):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() in {Column.KIND, Column.GROUPS, Column.DATE} and can_be_edited(item):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if role not in _ROLES:
            return None
        item, column = self._items[index.row()], _COLUMNS[index.column()]
        match role:
            case _Role.DisplayRole | _Role.AccessibleTextRole:
                return cell_text(item, column, self.groups)
            case _Role.EditRole:
                return item.kind if column is Column.KIND else cell_text(item, column, self.groups)
            case _Role.CheckStateRole if column is Column.TAKE and can_be_taken(item):
                return Qt.CheckState.Checked if item.take else Qt.CheckState.Unchecked
            case _Role.DecorationRole:
                return decoration(item, column, self._status[index.row()])
            case _Role.ToolTipRole | _Role.AccessibleDescriptionRole:
                return explanation(item, column, self.groups)
        return item if role == ITEM else None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        row, column = index.row(), Column(index.column())
        if role == _Role.CheckStateRole and column is Column.TAKE:
            self.take([row], taken=Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role != _Role.EditRole or not can_be_edited(self._items[row]):
            return False
        if column is Column.KIND:
            self.change([row], lambda item: with_kind(item, Kind(value)))
            return True
        return column is Column.DATE and self._type_date(row, str(value).strip())

    def set_groups(self, rows: Iterable[int], ids: Sequence[str], new: Sequence[str]) -> None:
        """Put rows into groups; a home group that stays remains the first."""

        def change(item: IntakeItem) -> IntakeItem:
            kept = tuple(one for one in item.groups if one in ids)
            return with_groups(item, kept + tuple(one for one in ids if one not in kept), tuple(new))

        wanted = list(rows)
        before = [self._items[row] for row in wanted if can_be_edited(self._items[row])]
        self.change(wanted, change)
        if before:
            self.grouped.emit(before, tuple(ids), tuple(new))

    def status(self, row: int) -> Status:
        """Where a row belongs among the filters."""
        return self._status[row]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        is_descending = order is Qt.SortOrder.DescendingOrder
        rows = sorted(range(len(self._items)), key=lambda row: self._key(row, Column(column)), reverse=is_descending)
        new_row = {old: new for new, old in enumerate(rows)}
        self._items = [self._items[row] for row in rows]
        self._status = [self._status[row] for row in rows]
        self._ranks = [self._ranks[row] for row in rows]
        self._places = [self._places[row] for row in rows]
        self._rows = {place: row for row, place in enumerate(self._places)}
        self.changePersistentIndexList(before, [self.index(new_row[one.row()], one.column()) for one in before])
        self.layoutChanged.emit()

    def _key(self, row: int, column: Column) -> tuple[Any, ...]:
        item, place = self._items[row], self._places[row]
        match column:
            case Column.TAKE:
                return (not item.take, place)
            case Column.DATE:
                return (_date_key(item.dated.date if item.dated else None), self._collated(item.name))
            case Column.STATE:
                return (self._ranks[row], place)
        return (self._collated(cell_text(item, column, self.groups)), self._collated(item.name), place)

    def _collated(self, text: str) -> SortKey:
        """The Czech key of a text, which is slow to make, made once."""
        if text not in self._keys:
            self._keys[text] = sort_key(text)
        return self._keys[text]

    def _type_date(self, row: int, typed: str) -> bool:
        if typed == cell_text(self._items[row], Column.DATE, self.groups):
            return False  # looking at a date is not the same as confirming it
        date = parse_date(typed) if typed else None
        if typed and date is None:
            return False
        self.change([row], lambda item: with_date(item, date))
        return True

    def _tell(self, rows: Sequence[int]) -> None:
        for row in rows:
            self._status[row] = status(self._items[row])
        if rows:
            last = len(Column) - 1
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last))
            self.edited.emit()


class SheetOrder(QSortFilterProxyModel):
    """Only the rows of the chosen statuses; sorting is the rows' own, Python is too slow to be asked row by row."""

    def __init__(self, rows: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._shown: frozenset[Status] = frozenset(Status)
        self.setSourceModel(rows)
        self.setDynamicSortFilter(False)

    def show_only(self, statuses: frozenset[Status]) -> None:
        """Leave out the rows of all other statuses."""
        self.beginFilterChange()
        self._shown = statuses
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        return self._rows.status(row) in self._shown

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._rows.sort(column, order)


def _date_key(date: PartialDate | None) -> tuple[int, int, int]:
    return (date.year or 0, date.month or 0, date.day or 0) if date else (0, 0, 0)
