"""A clerk's keyboard: Czech letters, and keys that are let go again.

`QTest` alone has neither. It stops the interpreter at the first letter that is not ASCII, and after a Ctrl+Z it leaves
Ctrl held for the rest of the process: there the next `selectRow` of a later test takes a row out of the selection.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

_NOT_HELD = Qt.KeyboardModifier.NoModifier
_MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: Qt.Key.Key_Control,
    Qt.KeyboardModifier.ShiftModifier: Qt.Key.Key_Shift,
    Qt.KeyboardModifier.AltModifier: Qt.Key.Key_Alt,
}


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = _NOT_HELD) -> None:
    """Press one key, if need be with another one held, and let go of both."""
    window = widget.window()
    QTest.keyClick(widget, key, modifier)
    if modifier is not _NOT_HELD:
        QTest.keyRelease(window, _MODIFIERS[modifier])
    assert not held(), "a key is still held"


def type_text(widget: QWidget, text: str) -> None:
    """Type any letters; a line feed is Return."""
    for letter in text:
        key, sign = (Qt.Key.Key_Return, "\r") if letter == "\n" else (Qt.Key(0), letter)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(widget, QKeyEvent(kind, key, _NOT_HELD, sign))


def held() -> bool:
    """Whether the application thinks that Ctrl, Shift or Alt is down."""
    return QGuiApplication.keyboardModifiers() != _NOT_HELD
