"""Where the keyboard is: a list without the focus shows what is selected in a quieter colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from kpss_desktop.ui import theme


def show_focus(view: QAbstractItemView) -> None:
    """Tell by the colour of the selection whether keys go to this list."""
    view.installEventFilter(_Tint(view))


class _Tint(QObject):
    """Gives the view its colours as the focus comes and goes, and as the theme changes."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._has_focus = view.hasFocus()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        # While another program has the keys, the place where they will come back to stays marked.
        if now is not None:
            self._has_focus = now is self._view
            self._dress()

    def _dress(self) -> None:
        role = QPalette.ColorRole.Highlight
        colour = QGuiApplication.palette().color(role) if self._has_focus else theme.resting()
        own = QPalette(self._view.palette())
        if own.color(role) != colour:
            own.setColor(role, colour)
            self._view.setPalette(own)
