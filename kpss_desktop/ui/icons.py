"""Line icons drawn from the SVG files of resources/icons in the colours of the palette.

The files draw with `currentColor`; it becomes the palette's text colour at the moment of painting, so an icon made
once is right in light and dark, greyed when disabled, and sharp at every scale.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from kpss_desktop.resources import resource
from kpss_desktop.ui.theme import group_colour


@cache
def icon(name: str) -> QIcon:
    """The icon of that name; raises FileNotFoundError when the family has none."""
    return QIcon(_LineEngine(_source(name)))


@cache
def dot(index: int) -> QIcon:
    """The dot in the colour of a group."""
    return QIcon(_DotEngine(group_colour(index)))


def pixmap(name: str, side: int, colour: QColor, scale: float = 1.0) -> QPixmap:
    """An icon in a colour of its own; `side` in device-independent pixels, `scale` the screen's pixel ratio."""
    key = f"kpss/{name}/{side}/{colour.name(QColor.NameFormat.HexArgb)}/{scale}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawn = _draw(_source(name), QSize(round(side * scale), round(side * scale)), colour)
    drawn.setDevicePixelRatio(scale)
    QPixmapCache.insert(key, drawn)
    return drawn


@cache
def program_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(str(resource("icons", "kpss-desktop.svg")))


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _draw(source: str, size: QSize, colour: QColor) -> QPixmap:
    drawn = QPixmap(size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _paint(source, painter, QRect(0, 0, size.width(), size.height()), colour)
    painter.end()
    return drawn


def _paint(source: str, painter: QPainter, rect: QRect, colour: QColor) -> None:
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(QRectF(rect).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(source, colour.name()).render(painter, square)


@lru_cache(maxsize=256)
def _renderer(source: str, colour: str) -> QSvgRenderer:
    """The parsed drawing; a table paints the same few for every row."""
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def _colour(mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode is QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    if mode is QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)


class _LineEngine(QIconEngine):
    """Paints one SVG in the colour that the palette has for the asked mode."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002  # Qt's signature
        _paint(self._source, painter, rect, _colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:  # noqa: ARG002  # Qt's signature
        return _draw(self._source, size, _colour(mode))

    def clone(self) -> QIconEngine:
        return _LineEngine(self._source)


class _DotEngine(QIconEngine):
    """Paints the dot of a group."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002  # Qt's signature
        side = min(rect.width(), rect.height()) * 0.55
        round_ = QRectF(0, 0, side, side)
        round_.moveCenter(QRectF(rect).center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(round_)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _DotEngine(self._colour)
