from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from kpss_desktop.resources import resource
from kpss_desktop.ui import icons, marks, theme
from kpss_desktop.ui.actions import deeds

UI = Path(icons.__file__).parent
NAMED = re.compile(r'\b(?:icon|pixmap|Mark)\("([a-z0-9-]+)"')


def darkest(image: QImage) -> QColor:
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(colours, key=lambda colour: colour.alpha())


def test_every_icon_that_the_window_names_is_there() -> None:
    named = {name for path in UI.rglob("*.py") for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    named |= {deed.icon for deed in deeds() if deed.icon} | set(marks._TEXT_ICONS.values())
    assert len(named) > 20
    assert [name for name in sorted(named) if not (resource("icons") / f"{name}.svg").is_file()] == []


def test_an_icon_takes_the_colour_of_the_palette_at_the_time(qapp: QApplication) -> None:
    made = icons.icon("search")
    theme.apply(qapp, "light")
    light = darkest(made.pixmap(32).toImage())
    theme.apply(qapp, "dark")
    dark = darkest(made.pixmap(32).toImage())
    assert light.lightness() < 100 < dark.lightness()
    faint = darkest(made.pixmap(32, QIcon.Mode.Disabled).toImage())
    assert faint.lightness() < dark.lightness()


def test_a_name_that_is_no_icon_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_a_dot_has_the_colour_of_its_group() -> None:
    image = icons.dot(1).pixmap(20).toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == theme.group_colour(1)
