"""How large a window opens: what it needs, as far as there is room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from kpss_desktop.ui.theme import UNIT

_FRAME = QSize(2 * UNIT, 6 * UNIT)
"""What a desktop adds around a window: a title bar and edges."""


def open_within_screen(window: QWidget, wanted: QSize, share: float = 0) -> None:
    """Size a window that is about to be shown, so that its buttons are on the screen, also at 200 %.

    One that wants all the room there is takes a share of the window it stands over, if that is more.
    """
    room = window.screen().availableGeometry().size() - _FRAME
    above = window.parentWidget()
    if above is not None:
        # The window below it proves that there is as much room, for instance on two screens that are one desktop.
        size = above.window().size()
        room = room.expandedTo(size - _FRAME)
        wanted = wanted.expandedTo(size * share)
    window.resize(wanted.boundedTo(room))
