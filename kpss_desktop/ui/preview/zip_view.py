"""What a ZIP holds, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from kpss_desktop.archive.intake.zip_listing import ZipEntry
from kpss_desktop.czech.collation import sort_key
from kpss_desktop.i18n import _
from kpss_desktop.messages import size_text
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.theme import ROW

_Index = QModelIndex | QPersistentModelIndex
_SORT = Qt.ItemDataRole.UserRole


class ZipModel(QAbstractTableModel):
    """Name and size of each member."""

    def __init__(self, entries: Sequence[ZipEntry] = ()) -> None:
        super().__init__()
        self._entries = tuple(entries)

    def set_entries(self, entries: Sequence[ZipEntry]) -> None:
        """Show another ZIP."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Name"), _("Size"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 1 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        in_sizes = index.column() == 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return size_text(entry.size) if in_sizes else entry.name
            case Qt.ItemDataRole.DecorationRole if not in_sizes:
                return icon("lock" if entry.encrypted else "document")
            case Qt.ItemDataRole.ToolTipRole if not in_sizes:
                return f"{entry.name}\n{_('protected by a password')}" if entry.encrypted else entry.name
            case Qt.ItemDataRole.TextAlignmentRole if in_sizes:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == _SORT:
            return entry.size if in_sizes else entry.name
        return None


class _CzechOrder(QSortFilterProxyModel):
    def lessThan(self, left: _Index, right: _Index) -> bool:
        first, second = left.data(_SORT), right.data(_SORT)
        if isinstance(first, str):
            return bool(sort_key(first) < sort_key(second))
        return bool(first < second)


class ZipView(QTableView):
    """The members of a ZIP, sorted by a click on the header."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = ZipModel()
        order = _CzechOrder(self)
        order.setSourceModel(self._entries)
        self.setModel(order)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(_("Contents of the ZIP"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def show_entries(self, entries: Sequence[ZipEntry]) -> None:
        """Show the members in the order of the ZIP."""
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._entries.set_entries(entries)
