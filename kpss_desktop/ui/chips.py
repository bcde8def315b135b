"""Chips: small round buttons for filters, tags and counts, in a layout that breaks lines like text."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QStyle, QStyleOption, QWidget

from kpss_desktop.ui import icons, theme
from kpss_desktop.ui.theme import UNIT

_CROSS = 12


class FlowLayout(QLayout):
    """Lays its widgets in lines, breaking where the width ends."""

    def __init__(self, parent: QWidget | None = None, spacing: int = UNIT // 2) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        at = QPoint(rect.topLeft())
        line = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 10_000))
            if at.x() > rect.x() and at.x() + hint.width() > rect.right() + 1:
                at = QPoint(rect.x(), at.y() + line + self.spacing())
                line = 0
            if move:
                item.setGeometry(QRect(at, hint))
            at.setX(at.x() + hint.width() + self.spacing())
            line = max(line, hint.height())
        return at.y() + line - rect.y()


def clear(layout: QLayout) -> None:
    """Take all widgets out of a layout and let them go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Chip(QAbstractButton):
    """A word with an optional group dot, count and cross; `removed` when the cross (or Delete) is pressed."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        *,
        count: int | None = None,
        dot: int | None = None,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._count = "" if count is None else str(count)
        self._dot = dot
        self._removable = removable
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{text} {self._count}".strip())
        if removable:
            self.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * UNIT + 2
        if self._dot is not None:
            width += UNIT + UNIT // 2
        if self._count:
            width += metrics.horizontalAdvance(self._count) + UNIT // 2
        if self._removable:
            width += _CROSS + UNIT // 2
        return QSize(width, metrics.height() + UNIT - 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(UNIT * 4, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect().adjusted(1, 1, -1, -1)
        option = QStyleOption()
        option.initFrom(self)
        painter.setPen(self._border(option))
        painter.setBrush(self._ground(option))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        self._paint_content(painter, rect.adjusted(UNIT, 0, -UNIT, 0))

    def _border(self, option: QStyleOption) -> QColor:
        if self.hasFocus():
            return self.palette().color(QPalette.ColorRole.Accent)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and self.isEnabled()
        return self.palette().color(
            QPalette.ColorRole.Dark if hovered and not theme.is_dark() else QPalette.ColorRole.Mid
        )

    def _ground(self, option: QStyleOption) -> QColor:
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and self.isEnabled()
        if self.isChecked() or self.isDown():
            return self.palette().color(QPalette.ColorRole.Highlight)
        return self.palette().color(QPalette.ColorRole.Midlight if hovered else QPalette.ColorRole.Base)

    def _paint_content(self, painter: QPainter, rect: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._dot is not None:
            self._paint_dot(painter, rect)
            rect.setLeft(rect.left() + UNIT + UNIT // 2)
        if self._removable:
            ratio = self.devicePixelRatioF()
            cross = icons.pixmap("close", _CROSS, theme.quiet(), ratio)
            painter.drawPixmap(rect.right() - _CROSS + 2, rect.center().y() - _CROSS // 2 + 1, cross)
            rect.setRight(rect.right() - _CROSS - UNIT // 2)
        if self._count:
            painter.setPen(theme.quiet())
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, self._count)
            rect.setRight(rect.right() - self.fontMetrics().horizontalAdvance(self._count) - UNIT // 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width() + 2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | middle, text)

    def _paint_dot(self, painter: QPainter, rect: QRect) -> None:
        """A full dot; a ring when the chip could be switched on but is not."""
        assert self._dot is not None
        colour = theme.group_colour(self._dot)
        round_ = QRectF(rect.left(), rect.center().y() - UNIT / 2 + 1, UNIT, UNIT)
        painter.save()
        if self.isCheckable() and not self.isChecked():
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            round_.adjust(0.75, 0.75, -0.75, -0.75)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        painter.drawEllipse(round_)
        painter.restore()
