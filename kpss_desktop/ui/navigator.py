"""The navigator: the tree on the left that says what the archive holds and takes files dropped onto a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.i18n import _
from kpss_desktop.messages import documents_text
from kpss_desktop.ui import arrivals, focus, icons, mime, theme
from kpss_desktop.ui.shelves import Place
from kpss_desktop.ui.theme import UNIT

_PLACE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class Navigator(QTreeView):
    """Shows places; says which shelf is chosen and what was dropped where."""

    chosen = Signal(object)
    """The Shelf of the place that became current."""
    files_dropped = Signal(object, object)
    """tuple[Path, ...], Shelf: files from outside."""
    documents_dropped = Signal(object, object)
    """tuple[str, ...] of document ids, Place: rows of the table."""
    menu_wanted = Signal(object, object)
    """Place, global QPoint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _PlaceModel(self)
        self._places: tuple[Place, ...] = ()
        self._told: Shelf | None = None
        self.setModel(self._model)
        self.setAccessibleName(_("Navigator"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIconSize(QSize(20, 20))
        self.setIndentation(2 * UNIT)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setAllColumnsShowFocus(True)
        self.setItemDelegate(_RowDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        focus.show_focus(self)
        self._model.files_dropped.connect(self.files_dropped)
        self._model.documents_dropped.connect(self.documents_dropped)

    @property
    def place(self) -> Place | None:
        """The place that is current."""
        return _place_at(self.currentIndex())

    @property
    def shelf(self) -> Shelf:
        """The shelf that is chosen; everything when nothing is."""
        place = self.place
        return place.shelf if place is not None and place.shelf is not None else Shelf()

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Show these lines; what was chosen and opened stays so where it still exists."""
        if places == self._places:
            return
        chosen = self.place
        closed = {place.key for index, place in self._walk() if not self.isExpanded(index)}
        known = {place.key for _index, place in self._walk()}
        self._places = places
        self._model.fill(places)
        for column in range(2):
            mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.ResizeToContents
            self.header().setSectionResizeMode(column, mode)
        self.header().setStretchLastSection(False)
        for index, place in self._walk():
            # Headings begin open, groups with their years closed.
            self.setExpanded(index, place.key not in closed if place.key in known else place.shelf is None)
        if chosen is None or not self.choose(chosen.key):
            self.choose("all")

    def choose(self, key: str) -> bool:
        """Make the place of that key current; False when there is none."""
        for index, place in self._walk():
            if place.key == key:
                self.setCurrentIndex(index)
                return True
        return False

    def opened_keys(self) -> list[str]:
        """Keys of the places whose children are shown."""
        return [place.key for index, place in self._walk() if self.isExpanded(index)]

    def open_keys(self, keys: Sequence[str]) -> None:
        """Show the children of these places and of no other."""
        for index, place in self._walk():
            self.setExpanded(index, place.key in keys)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        place = _place_at(current)
        if place is not None and place.shelf is not None and place.shelf != self._told:
            self._told = place.shelf
            self.chosen.emit(place.shelf)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = _place_at(self.indexAt(event.pos()))
        if place is not None:
            self.menu_wanted.emit(place, event.globalPos())

    def _walk(self, parent: QModelIndex | None = None) -> Iterator[tuple[QModelIndex, Place]]:
        above = parent if parent is not None else QModelIndex()
        for row in range(self._model.rowCount(above)):
            index = self._model.index(row, 0, above)
            place = _place_at(index)
            assert place is not None
            yield index, place
            yield from self._walk(index)


def _place_at(index: Index) -> Place | None:
    found = index.sibling(index.row(), 0).data(_PLACE) if index.isValid() else None
    return found if isinstance(found, Place) else None


class _PlaceModel(QStandardItemModel):
    """Two columns: the place and its count. Groups and years take files, tags and the trash take documents."""

    files_dropped = Signal(object, object)
    documents_dropped = Signal(object, object)

    def fill(self, places: Sequence[Place]) -> None:
        self.clear()
        for place in places:
            self.appendRow(_row(place))

    def mimeTypes(self) -> list[str]:
        return [mime.DOCUMENTS, "text/uri-list"]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:  # noqa: ARG002  # Qt's signature
        place = _place_at(parent)
        if place is None or place.shelf is None:
            return False
        if mime.documents_of(data):
            return place.shelf.group is not None or place.shelf.tag is not None or place.shelf.trashed
        return arrivals.can_be_taken(data) and not place.shelf.trashed

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        place = _place_at(parent)
        assert place is not None
        if ids := mime.documents_of(data):
            self.documents_dropped.emit(ids, place)
        else:
            self.files_dropped.emit(arrivals.taken(data), place.shelf)
        # The rows of this model never move: what was dropped is somebody else's to take.
        return False


def _row(place: Place) -> list[QStandardItem]:
    name = QStandardItem(place.label)
    name.setIcon(icons.icon(place.icon) if place.colour is None else icons.dot(place.colour))
    name.setData(place, _PLACE)
    name.setToolTip(place.tip)
    number = QStandardItem(f"{place.count}" if place.count else "")
    number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for item in (name, number):
        item.setEditable(False)
        item.setSelectable(place.shelf is not None)
        item.setDropEnabled(place.shelf is not None)
    spoken = f"{place.label}, {documents_text(place.count)}" if place.count else place.label
    name.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    for child in place.children:
        name.appendRow(_row(child))
    return [name, number]


class _RowDelegate(QStyledItemDelegate):
    """Rows of one height; counts in a quiet colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        width = option.fontMetrics.horizontalAdvance(str(index.data() or "")) + 2 * UNIT
        return QSize(width if index.column() else hint.width(), max(theme.ROW, hint.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column():
            painter.save()
            painter.setPen(theme.quiet())
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(option.rect.adjusted(0, 0, -UNIT, 0), right, str(index.data() or ""))
            painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column():
            option.text = ""
