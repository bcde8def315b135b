"""Boxes to tick whose frame is seen in the dark too.

Fusion derives the frame from the window's colour, made darker: on a dark palette an empty box cannot be seen.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QStylePainter,
)

from kpss_desktop.ui.theme import is_dark, quiet


def framed(palette: QPalette) -> QPalette:
    """The palette with which the style draws a frame that stands out."""
    if not is_dark():
        return palette
    made = QPalette(palette)
    made.setColor(QPalette.ColorRole.Window, quiet().lighter(120))
    return made


class TickBox(QCheckBox):
    """A check box."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.palette = framed(option.palette)
        painter.drawControl(QStyle.ControlElement.CE_CheckBox, option)


class TickCell(QStyledItemDelegate):
    """A cell that can be ticked."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        own = QStyleOptionViewItem(option)
        own.palette = framed(option.palette)
        super().paint(painter, own, index)
