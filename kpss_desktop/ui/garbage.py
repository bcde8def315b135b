"""When Python looks for garbage: a full look goes through all that lives, and everything stands still meanwhile."""

from __future__ import annotations

import gc

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

_NEVER = 1_000_000_000


def collect_unseen(application: QGuiApplication) -> None:
    """Look through everything only while the clerk works with another program; young garbage goes as ever.

    With the rows of 5,000 files a full look takes up to 150 ms, and Python would begin one whenever they grow by a
    quarter. Most objects die young or by the count of their references, so little waits.
    """
    gc.collect()
    gc.freeze()  # what the program is made of lives as long as it does
    youngest, young, _oldest = gc.get_threshold()
    gc.set_threshold(youngest, young, _NEVER)

    def look(state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            gc.collect()

    application.applicationStateChanged.connect(look)
