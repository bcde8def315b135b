"""What the preview says when there is nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.icons import pixmap
from kpss_desktop.ui.theme import UNIT, quiet

_ICON = 5 * UNIT


class MessagePage(QWidget):
    """An icon, one sentence, and what can be done."""

    open_pressed = Signal()
    again_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._open = QPushButton(_("Open original"))
        self._again = QPushButton(_("Try again"))
        self._open.clicked.connect(self.open_pressed)
        self._again.clicked.connect(self.again_pressed)
        for button in (self._open, self._again):
            button.setAutoDefault(False)
        self._lay_out()

    def say(self, icon_name: str, sentence: str, *, can_open: bool = False, can_retry: bool = False) -> None:
        """Show one sentence with the buttons that make sense."""
        self._icon.setPixmap(pixmap(icon_name, _ICON, quiet(), self.devicePixelRatioF()))
        self._sentence.setText(sentence)
        self._open.setVisible(can_open)
        self._again.setVisible(can_retry)

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.text()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addStretch()
        buttons.addWidget(self._open)
        buttons.addWidget(self._again)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * UNIT, 4 * UNIT, 4 * UNIT, 4 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._sentence)
        column.addLayout(buttons)
        column.addStretch(3)
