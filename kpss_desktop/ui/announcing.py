"""What a screen reader says by itself: sentences that come where the focus is not."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(sayer: QObject, sentence: str) -> None:
    """Have it said when the screen reader has finished what it says now."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(sayer, sentence))
