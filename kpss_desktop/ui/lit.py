"""One line of text with lit words, painted into a rectangle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from kpss_desktop.ui import theme

Spans = Sequence[tuple[int, int]]

_MEASURED = 4  # more lit words than these rarely stand in one line


def fit(text: str, spans: Spans, metrics: QFontMetrics, width: int) -> tuple[str, list[tuple[int, int]]]:
    """The text cut to `width` pixels so that its first lit word is in sight; spans move with it."""
    text = text.replace("\n", " ")
    start = 0
    if spans and metrics.horizontalAdvance(text[: spans[0][1]]) > width * 0.8:
        room = width * 0.4
        start = spans[0][0]
        while start > 0 and metrics.horizontalAdvance(text[start - 1 : spans[0][0]]) < room:
            start -= 1
        space = text.find(" ", start, spans[0][0])
        start = space + 1 if space >= 0 else start
    lead = "…" if start else ""
    shown = lead + text[start:]
    # Words beyond what can be seen are not worth measuring.
    most = max(16, width // 2)
    shown = metrics.elidedText(shown[:most] + ("…" if len(shown) > most else ""), Qt.TextElideMode.ElideRight, width)
    move = len(lead) - start
    end = len(shown) - (1 if shown.endswith("…") else 0)
    moved = [(max(0, low + move), min(high + move, end)) for low, high in spans]
    return shown, [(low, high) for low, high in moved if low < high]


def paint(painter: QPainter, rect: QRect, text: str, spans: Spans, font: QFont, colour: QColor) -> None:
    """Paint one line, vertically centred, lit words on the mark colour and heavier."""
    metrics = QFontMetrics(font)
    # Lit words are heavier and so wider than what the plain font measures.
    wider = QFontMetrics(theme.strong(font))
    words = [text[low:high] for low, high in spans[:_MEASURED]]
    extra = sum(wider.horizontalAdvance(word) - metrics.horizontalAdvance(word) for word in words)
    shown, lit = fit(text, spans, metrics, rect.width() - extra)
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_format(low, high) for low, high in lit])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    layout.endLayout()
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(colour)
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2))
    painter.restore()


def _format(low: int, high: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = low
    made.length = high - low
    look = QTextCharFormat()
    look.setBackground(theme.mark())
    look.setForeground(theme.mark_text())
    look.setFontWeight(QFont.Weight.DemiBold)
    made.format = look
    return made
