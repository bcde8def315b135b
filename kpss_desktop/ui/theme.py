"""Look of the window: a calm palette in light and dark, group colours, and the rhythm of spaces.

Linux desktops answer QStyleHints.setColorScheme differently or not at all, so there the Fusion style gets palettes
of our own. Windows and macOS keep their native style and are only told which of the two to use.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

UNIT = 8
"""The step of every space, in device-independent pixels."""

ROW = 30
"""Height of a one-line row in tables and trees, in device-independent pixels."""

_GROUPS = (
    "#4a84c4",  # blue
    "#c4703a",  # orange
    "#4f9452",  # green
    "#9673c4",  # violet
    "#a8842c",  # ochre
    "#2f9490",  # teal
    "#c2618f",  # rose
    "#7a8796",  # slate
    "#c25f5a",  # brick
    "#a07a5c",  # brown
)

_ROLES = QPalette.ColorRole
_LIGHT = {
    _ROLES.Window: "#f5f6f7",
    _ROLES.WindowText: "#1e2328",
    _ROLES.Base: "#ffffff",
    _ROLES.AlternateBase: "#f7f8f9",
    _ROLES.Text: "#1e2328",
    _ROLES.PlaceholderText: "#5d666f",
    _ROLES.Button: "#f8f9fa",
    _ROLES.ButtonText: "#1e2328",
    _ROLES.BrightText: "#b3261e",
    _ROLES.Light: "#ffffff",
    _ROLES.Midlight: "#eceef0",
    _ROLES.Mid: "#c9ced3",
    _ROLES.Dark: "#a3abb3",
    _ROLES.Shadow: "#6b747d",
    _ROLES.Highlight: "#cfe2f0",
    _ROLES.HighlightedText: "#12202b",
    _ROLES.Accent: "#2f6f9f",
    _ROLES.Link: "#1f6296",
    _ROLES.LinkVisited: "#6b4f96",
    _ROLES.ToolTipBase: "#ffffff",
    _ROLES.ToolTipText: "#1e2328",
}
_DARK = {
    _ROLES.Window: "#24282c",
    _ROLES.WindowText: "#e6e9ec",
    _ROLES.Base: "#1b1e21",
    _ROLES.AlternateBase: "#202327",
    _ROLES.Text: "#e6e9ec",
    _ROLES.PlaceholderText: "#a9b2ba",
    _ROLES.Button: "#2d3237",
    _ROLES.ButtonText: "#e6e9ec",
    _ROLES.BrightText: "#ff9d94",
    _ROLES.Light: "#3d4349",
    _ROLES.Midlight: "#343a40",
    _ROLES.Mid: "#454c53",
    _ROLES.Dark: "#15171a",
    _ROLES.Shadow: "#0c0d0f",
    _ROLES.Highlight: "#2c4a60",
    _ROLES.HighlightedText: "#f4f8fb",
    _ROLES.Accent: "#6aa9d8",
    _ROLES.Link: "#7fb8e3",
    _ROLES.LinkVisited: "#b79fe0",
    _ROLES.ToolTipBase: "#2d3237",
    _ROLES.ToolTipText: "#e6e9ec",
}
_FAINT = {
    False: {
        **dict.fromkeys((_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText, _ROLES.PlaceholderText), "#969ea6"),
        _ROLES.Base: "#f5f6f7",
    },
    True: {
        **dict.fromkeys((_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText, _ROLES.PlaceholderText), "#6f7880"),
        _ROLES.Base: "#24282c",
    },
}


def apply(app: QApplication, theme: str) -> None:
    """Dress the program: `theme` is "system", "light" or "dark"; "system" follows the desktop as it changes."""
    keeper = app.findChild(_Keeper)
    if keeper is None:
        keeper = _Keeper(app)
        app.styleHints().colorSchemeChanged.connect(keeper.dress)
    keeper.theme = theme
    keeper.dress()


def is_dark() -> bool:
    """Whether text is lighter than what it stands on."""
    palette = QGuiApplication.palette()
    return palette.color(_ROLES.WindowText).lightness() > palette.color(_ROLES.Window).lightness()


def group_colour(index: int) -> QColor:
    """The quiet colour of a group, the same in light and dark; at least 3:1 on white and on the dark base."""
    return QColor(_GROUPS[index % len(_GROUPS)])


def group_colours() -> int:
    """How many colours there are to choose from."""
    return len(_GROUPS)


def hairline() -> QColor:
    """The one line that parts panes."""
    return QColor("#3a4046" if is_dark() else "#dfe2e5")


def resting() -> QColor:
    """What is selected in a list that keys do not go to."""
    return QColor("#343b42" if is_dark() else "#e3e7ea")


def quiet() -> QColor:
    """Text that stands back: counts, sources, hints; still at least 4.5:1."""
    return QGuiApplication.palette().color(_ROLES.PlaceholderText)


def mark() -> QColor:
    """What lit words of a search stand on."""
    return QColor("#5c4f14" if is_dark() else "#fbe9a0")


def mark_text() -> QColor:
    """Lit words themselves."""
    return QColor("#fff6d6" if is_dark() else "#1e2328")


def strong(font: QFont) -> QFont:
    """The font of titles: heavier, not larger."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier


def palette(*, dark: bool) -> QPalette:
    """Our own colours, for desktops whose Qt cannot be told light from dark."""
    made = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        made.setColor(role, QColor(colour))
    for role, colour in _FAINT[dark].items():
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colour))
    return made


class _Keeper(QObject):
    """Remembers the chosen theme and dresses the program again when the desktop changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.theme = "system"

    def dress(self) -> None:
        hints = self._app.styleHints()
        if sys.platform in {"win32", "darwin"}:
            schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
            hints.setColorScheme(schemes.get(self.theme, Qt.ColorScheme.Unknown))
            return
        dark = self.theme == "dark" or (self.theme == "system" and hints.colorScheme() is Qt.ColorScheme.Dark)
        self._app.setStyle("Fusion")
        self._app.setPalette(palette(dark=dark))
