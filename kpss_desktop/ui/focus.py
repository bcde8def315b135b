"""Where the keyboard is: a list without the focus shows what is selected in a quieter colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractItemView

from kpss_desktop.ui import theme

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


def show_focus(view: QAbstractItemView) -> None:
    """Tell by the colour of the selection whether keys go to this list."""
    view.installEventFilter(_Tint(view))


class _Tint(QObject):
    """Gives the view its colours as the focus comes and goes, and as the theme changes."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._has_focus = False
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.reason() not in _PASSING:
            self._has_focus = event.gotFocus()
            self._dress()
        elif event.type() is QEvent.Type.PaletteChange:
            self._dress()
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        role = QPalette.ColorRole.Highlight
        colour = QGuiApplication.palette().color(role) if self._has_focus else theme.resting()
        own = QPalette(self._view.palette())
        if own.color(role) != colour:
            own.setColor(role, colour)
            self._view.setPalette(own)
