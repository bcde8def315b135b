"""Panes parted by one hairline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from kpss_desktop.ui import theme


class Splitter(QSplitter):
    """A splitter whose handle is a line of one pixel; Qt widens the place to grab it by itself."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return _Hairline(self.orientation(), self)


class _Hairline(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        QPainter(self).fillRect(self.contentsRect(), theme.hairline())
