"""The rows of the review sheet as a Qt model, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtCore import Signal as QtSignal

from kpss_desktop.archive.intake import IntakeItem, IntakePlan
from kpss_desktop.czech.collation import SortKey, sort_key
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.i18n import _
from kpss_desktop.messages import certainty_sentence, date_text, kind_name, size_text, source_sentence
from kpss_desktop.model import Certainty, Group, Kind, PartialDate, Reading
from kpss_desktop.ui.dialogs.sheet_rows import (
    Status,
    can_be_edited,
    can_be_taken,
    status,
    status_text,
    with_date,
    with_groups,
    with_kind,
)
from kpss_desktop.ui.icons import icon

Index = QModelIndex | QPersistentModelIndex
Change = Callable[[IntakeItem], IntakeItem]

ITEM = Qt.ItemDataRole.UserRole
"""The IntakeItem itself, for delegates."""

_Role = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
_STATUS_ICONS = {
    Status.CHECK: "question",
    Status.REFUSED: "error",
    Status.NEW: "ok",
    Status.JOINS: "group",
    Status.DUPLICATE: "duplicate",
}


class Column(IntEnum):
    """The columns of the sheet."""

    TAKE = 0
    FILE = 1
    KIND = 2
    GROUPS = 3
    DATE = 4
    STATE = 5


class SheetModel(QAbstractTableModel):
    """Rows of a plan; every edit makes a new frozen item."""

    edited = QtSignal()
    """A row changed or all of them did."""

    def __init__(self, groups: Sequence[Group], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = {group.id: group for group in groups}
        self._items: list[IntakeItem] = []
        self._ranks: list[Status] = []
        self._places: list[int] = []
        self._keys: dict[str, SortKey] = {}

    @property
    def plan(self) -> IntakePlan:
        """The rows as they are now, in the order in which they came."""
        came = sorted(zip(self._places, self._items, strict=True), key=itemgetter(0))
        return IntakePlan(tuple(item for _place, item in came))

    def set_plan(self, plan: IntakePlan) -> None:
        """Show other rows. Their order by need is kept while they are edited, so that nothing jumps away."""
        self.beginResetModel()
        self._items = list(plan.items)
        self._ranks = [status(item) for item in plan.items]
        self._places = list(range(len(plan.items)))
        self._keys = {}
        self.endResetModel()
        self.edited.emit()

    def item(self, row: int) -> IntakeItem:
        """One row."""
        return self._items[row]

    def counts(self) -> Counter[Status]:
        """How many rows there are of each status."""
        return Counter(status(item) for item in self._items)

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
        item, column = self._items[index.row()], Column(index.column())
        match role:
            case _Role.DisplayRole | _Role.AccessibleTextRole:
                return self._text(item, column)
            case _Role.EditRole:
                return item.kind if column is Column.KIND else self._text(item, column)
            case _Role.CheckStateRole if column is Column.TAKE and can_be_taken(item):
                return Qt.CheckState.Checked if item.take else Qt.CheckState.Unchecked
            case _Role.DecorationRole:
                return _decoration(item, column)
            case _Role.ToolTipRole | _Role.AccessibleDescriptionRole:
                return self._explanation(item, column)
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

        self.change(rows, change)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        is_descending = order is Qt.SortOrder.DescendingOrder
        rows = sorted(range(len(self._items)), key=lambda row: self._key(row, Column(column)), reverse=is_descending)
        new_row = {old: new for new, old in enumerate(rows)}
        self._items = [self._items[row] for row in rows]
        self._ranks = [self._ranks[row] for row in rows]
        self._places = [self._places[row] for row in rows]
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
        return (self._collated(self._text(item, column)), self._collated(item.name), place)

    def _collated(self, text: str) -> SortKey:
        """The Czech key of a text, which is slow to make, made once."""
        if text not in self._keys:
            self._keys[text] = sort_key(text)
        return self._keys[text]

    def _type_date(self, row: int, typed: str) -> bool:
        if typed == self._text(self._items[row], Column.DATE):
            return False  # looking at a date is not the same as confirming it
        date = parse_date(typed) if typed else None
        if typed and date is None:
            return False
        self.change([row], lambda item: with_date(item, date))
        return True

    def _tell(self, rows: Sequence[int]) -> None:
        if rows:
            last = len(Column) - 1
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last))
            self.edited.emit()

    def _text(self, item: IntakeItem, column: Column) -> str:
        match column:
            case Column.FILE:
                return item.name
            case Column.KIND:
                return "" if status(item) is Status.REFUSED else kind_name(item.kind)
            case Column.GROUPS:
                return ", ".join((*self.group_names(item), *item.new_groups))
            case Column.DATE:
                return date_text(item.dated.date if item.dated else None)
            case Column.STATE:
                return status_text(item, self.groups)
        return ""

    def group_names(self, item: IntakeItem) -> list[str]:
        """Names of the registered groups of a row."""
        return [self.groups[one].name for one in item.groups if one in self.groups]

    def _explanation(self, item: IntakeItem, column: Column) -> str | None:
        read = item.recognition
        match column:
            case Column.FILE:
                return f"{item.source}\n{size_text(item.size)}"
            case Column.KIND if read.kind:
                return _read_where(read.kind)
            case Column.GROUPS if read.groups:
                return _read_where(read.groups)
            case Column.DATE if item.dated:
                evidence = read.date.evidence if read.date and read.date.value == item.dated.date else ""
                return _read_where(Reading(item.dated.date, item.dated.source, item.dated.certainty, evidence))
            case Column.STATE:
                return status_text(item, self.groups)
        return None


def _read_where(reading: Reading[Any]) -> str:
    """Where a value was read, how sure it is, and from which words."""
    parts = [source_sentence(reading.source), certainty_sentence(reading.certainty)]
    said = ", ".join(part for part in parts if part)
    return f"{said}: “{reading.evidence}”" if reading.evidence else said


def _decoration(item: IntakeItem, column: Column) -> Any:
    if column is Column.STATE:
        return icon(_STATUS_ICONS[status(item)])
    if column is Column.DATE and item.dated and item.dated.certainty is not Certainty.SURE:
        return icon("uncertain")
    return None


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
        return status(self._rows.item(row)) in self._shown

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._rows.sort(column, order)


def _date_key(date: PartialDate | None) -> tuple[int, int, int]:
    return (date.year or 0, date.month or 0, date.day or 0) if date else (0, 0, 0)
