"""Lit words stand where a reader sees them, on one line or on two."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from kpss_desktop.ui import lit, theme

pytestmark = pytest.mark.usefixtures("qtbot")

WORDS = "Rada souhlasí s návrhem změny pečovatelské služby a s rozšířením terénní práce v obcích okolo města."
ROOM = QRect(0, 0, 330, 40)


def painted(text: str, word: str, lines: int) -> list[int]:
    """The rows of pixels in which a word is lit."""
    image = QImage(ROOM.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    low = text.index(word)
    lit.paint(painter, ROOM, text, [(low, low + len(word))], painter.font(), QColor("black"), lines)
    painter.end()
    mark = theme.mark().rgb()
    return [y for y in range(ROOM.height()) if any(image.pixel(x, y) == mark for x in range(ROOM.width()))]


def test_a_word_beyond_the_first_line_is_lit_on_the_second() -> None:
    first, second = painted(WORDS, "Rada", 2), painted(WORDS, "terénní", 2)
    assert first
    assert second
    assert max(first) < min(second)


def test_one_line_is_moved_until_its_lit_word_is_seen() -> None:
    rows = painted(WORDS, "terénní", 1)
    assert rows
    assert abs((rows[0] + rows[-1]) / 2 - ROOM.height() / 2) < 3


def test_a_text_that_is_too_long_loses_its_end_and_keeps_its_lit_word() -> None:
    long = " ".join([WORDS] * 4)
    assert max(painted(long, "Rada", 2)) < ROOM.height() / 2 + 3
