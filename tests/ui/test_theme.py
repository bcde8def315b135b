from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from kpss_desktop.ui import theme

ROLES = QPalette.ColorRole


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("index", range(theme.group_colours()))
def test_group_colours_stand_out_in_light_and_dark(index: int, dark: bool) -> None:
    assert contrast(theme.group_colour(index), theme.palette(dark=dark).color(ROLES.Base)) >= 3
    assert contrast(theme.group_colour(index), theme.palette(dark=dark).color(ROLES.Window)) >= 3


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (ROLES.Text, ROLES.Base),
        (ROLES.WindowText, ROLES.Window),
        (ROLES.ButtonText, ROLES.Button),
        (ROLES.HighlightedText, ROLES.Highlight),
        (ROLES.PlaceholderText, ROLES.Base),
        (ROLES.PlaceholderText, ROLES.Window),
        (ROLES.PlaceholderText, ROLES.Highlight),
        (ROLES.Link, ROLES.Base),
        (ROLES.ToolTipText, ROLES.ToolTipBase),
    ],
)
def test_text_can_be_read(text: ROLES, ground: ROLES, dark: bool) -> None:
    palette = theme.palette(dark=dark)
    wanted = 4 if (text, ground) == (ROLES.PlaceholderText, ROLES.Highlight) else 4.5
    assert contrast(palette.color(text), palette.color(ground)) >= wanted


def test_colours_of_groups_differ_and_go_round() -> None:
    colours = {theme.group_colour(index).name() for index in range(theme.group_colours())}
    assert len(colours) == 10
    assert theme.group_colour(10) == theme.group_colour(0)


def test_theme_is_applied_and_changed(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert theme.is_dark()
    theme.apply(qapp, "light")
    assert not theme.is_dark()
    assert contrast(theme.mark(), qapp.palette().color(ROLES.Text)) >= 4.5
