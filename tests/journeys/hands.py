"""What a clerk's hands and eyes do, as real events on a real window: type, press, drop, wait until something shows."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton, QWidget

from tests import keyboard

W = TypeVar("W", bound=QWidget)

PATIENCE = 30.0  # seconds until a wait is given up


def pause(milliseconds: int) -> None:
    """Let the window live for a while. Unlike QTest.qWait this also lets Python's other threads run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(holds: Callable[[], bool], what: str = "") -> None:
    """Let the window live until something holds; raises AssertionError after PATIENCE."""
    limit = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < limit, f"waited in vain: {what}"
        pause(20)


def type_text(widget: QWidget, text: str) -> None:
    """Type letters, no faster than the window follows."""
    widget.setFocus()
    for letter in text:
        keyboard.type_text(widget, letter)
        pause(5)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key; shortcuts only work in the window that is active."""
    widget.window().activateWindow()
    wait_until(widget.window().isActiveWindow, "the window is active")
    widget.setFocus()
    keyboard.press(widget, key, modifier)


def click(button: QWidget) -> None:
    """Click in the middle of a control."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def drop(widget: QWidget, paths: list[Path]) -> None:
    """Drop files, as a file manager does."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = widget.rect().center()
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        # Qt means its own window system to make this event; a test has no other way.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(QPoint(middle), Qt.DropAction.CopyAction, carried, buttons, modifiers)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted(), "the window does not want the files"
    QApplication.sendEvent(widget, QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, carried, buttons, modifiers))


def shown(kind: type[W], window: QWidget) -> W:
    """The dialog of a kind that is open over the window, waited for."""
    found: list[W] = []

    def there() -> bool:
        found[:] = [one for one in window.findChildren(kind) if one.isVisible()]
        return bool(found)

    wait_until(there, kind.__name__)
    return found[0]


def main_button(dialog: QWidget) -> QPushButton:
    """The button a dialog is there for."""
    for box in dialog.findChildren(QDialogButtonBox):
        for button in box.buttons():
            if isinstance(button, QPushButton) and button.isDefault():
                return button
    return next(button for button in dialog.findChildren(QPushButton) if button.isDefault())
