"""Text with lit words, painted into a rectangle: one line of it, or a few."""

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


def paint(painter: QPainter, rect: QRect, text: str, spans: Spans, font: QFont, colour: QColor, lines: int = 1) -> None:
    """Paint one line, vertically centred, or at most `lines` from the top; lit words on the mark colour and heavier."""
    metrics = QFontMetrics(font)
    # Lit words are heavier and so wider than what the plain font measures.
    wider = QFontMetrics(theme.strong(font))
    words = [text[low:high] for low, high in spans[: lines * _MEASURED]]
    extra = sum(wider.horizontalAdvance(word) - metrics.horizontalAdvance(word) for word in words)
    shown, lit = fit(text, spans, metrics, lines * rect.width() - extra)
    layout = _laid_out(shown, lit, font, rect.width(), lines)
    last = layout.lineAt(layout.lineCount() - 1)
    end = last.textStart() + last.textLength()
    if end < len(shown):  # words that did not fit at the ends of lines have pushed others out
        cut = max(end - 1, 0)
        layout = _laid_out(shown[:cut].rstrip() + "…", [(low, min(high, cut)) for low, high in lit if low < cut], font,
                           rect.width(), lines)  # fmt: skip
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(colour)
    spare = (rect.height() - layout.boundingRect().height()) / 2 if lines == 1 else 0.0
    layout.draw(painter, QPointF(rect.left(), rect.top() + spare))
    painter.restore()


def _laid_out(text: str, spans: Spans, font: QFont, width: int, lines: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    wrap = QTextOption.WrapMode.NoWrap if lines == 1 else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    option.setWrapMode(wrap)
    layout.setTextOption(option)
    layout.setFormats([_format(low, high) for low, high in spans])
    layout.beginLayout()
    top = 0.0
    for _line in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(1e6 if lines == 1 else width)
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


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
