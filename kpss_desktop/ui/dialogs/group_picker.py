"""A choice of several groups: a popup list with dots, and a field for a group that is to be made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.model import Group
from kpss_desktop.ui.dialogs.ticks import TickCell
from kpss_desktop.ui.theme import ROW, UNIT, group_colour, quiet

DOT = UNIT
_KEY = Qt.ItemDataRole.UserRole
_ROWS_IN_SIGHT = 9
_WIDTH = 34 * UNIT


def paint_dot(painter: QPainter, left: float, middle: float, colour: QColor | None) -> None:
    """A group's dot; None draws the ring of a group that is not made yet."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(quiet(), 1.2) if colour is None else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if colour is None else colour)
    painter.drawEllipse(QRectF(left, middle - DOT / 2, DOT, DOT))
    painter.restore()


def dot_icon(colour: QColor | None, scale: float) -> QIcon:
    """The dot as an icon for lists and menus; `scale` is the screen's pixel ratio."""
    side = 2 * UNIT
    drawn = QPixmap(QSize(side, side) * scale)
    drawn.setDevicePixelRatio(scale)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_dot(painter, (side - DOT) / 2, side / 2, colour)
    painter.end()
    return QIcon(drawn)


class GroupPicker(QFrame):
    """Opens under a cell or a button; tells the choice once, when it closes after a change."""

    chosen = Signal(object, object)
    """Ids of chosen groups and names of groups to be made, both tuples of str."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(_("Groups"))
        self._before: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._given_up = False
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName(_("Groups"))
        self._list.setItemDelegate(TickCell(self._list))
        self._list.itemClicked.connect(self._toggle_by_row)
        self._list.itemChanged.connect(self._remember_toggle)
        self._toggled: QListWidgetItem | None = None
        self._new = QLineEdit()
        self._new.setPlaceholderText(_("New group…"))
        self._new.setAccessibleName(_("Name of a new group"))
        self._new.returnPressed.connect(self._add_new)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self._list)
        column.addWidget(self._new)

    def open_at(
        self, corner: QPoint, groups: Sequence[Group], chosen: Sequence[str], new: Sequence[str], offered: Sequence[str]
    ) -> None:
        """Open with its top left at `corner` (global); `offered` are names that were read but not agreed to."""
        self._list.clear()
        for group in groups:
            self._add_row(group.name, group.id, group_colour(group.colour), is_chosen=group.id in chosen)
        for name in dict.fromkeys((*new, *offered)):
            self._add_row(_("make group {name}").format(name=name), "+" + name, None, is_chosen=name in new)
        self._new.clear()
        self._given_up = False
        self._toggled = None
        self._before = self._choice()
        rows = min(max(self._list.count(), 1), _ROWS_IN_SIGHT)
        self._list.setFixedHeight(rows * ROW + 2)
        self.setFixedWidth(_WIDTH)
        self.adjustSize()
        self.move(self._on_screen(corner))
        self.show()
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._given_up = True
            self.hide()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._add_new()
        choice = self._choice()
        if not self._given_up and choice != self._before:
            self._before = choice
            self.chosen.emit(*choice)

    def _add_row(self, text: str, key: str, colour: QColor | None, *, is_chosen: bool) -> None:
        row = QListWidgetItem(dot_icon(colour, self.devicePixelRatioF()), text)
        row.setData(_KEY, key)
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        row.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        row.setSizeHint(QSize(0, ROW))
        self._list.addItem(row)

    def _remember_toggle(self, row: QListWidgetItem) -> None:
        self._toggled = row

    def _toggle_by_row(self, row: QListWidgetItem) -> None:
        """A click anywhere on the row is as good as one on its box; a click on the box has toggled it already."""
        if self._toggled is not row:
            checked = row.checkState() is Qt.CheckState.Checked
            row.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        self._toggled = None

    def _add_new(self) -> None:
        name = " ".join(self._new.text().split())
        self._new.clear()
        if not name:
            return
        for index in range(self._list.count()):
            row = self._list.item(index)
            key = str(row.data(_KEY))
            if name.casefold() in {row.text().casefold(), key.removeprefix("+").casefold()}:
                row.setCheckState(Qt.CheckState.Checked)
                return
        self._add_row(_("make group {name}").format(name=name), "+" + name, None, is_chosen=True)

    def _choice(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        rows = [self._list.item(index) for index in range(self._list.count())]
        keys = [str(row.data(_KEY)) for row in rows if row.checkState() is Qt.CheckState.Checked]
        ids = tuple(key for key in keys if not key.startswith("+"))
        return ids, tuple(key[1:] for key in keys if key.startswith("+"))

    def _on_screen(self, corner: QPoint) -> QPoint:
        room = self.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width())
        top = min(corner.y(), room.bottom() - self.height())
        return QPoint(max(left, room.left()), max(top, room.top()))
