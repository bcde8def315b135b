"""A calm line above the panes: one thing worth knowing, what to do about it, and a button that takes it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.theme import UNIT, hairline, strong


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said; `read` is called when the clerk has taken it away."""

    icon: str
    sentence: str
    advice: str
    read: Callable[[], None]


class NoticeBar(QFrame):
    """Shows one notice after another; nothing waits for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence, self.advice = QLabel(), QLabel()
        self.sentence.setFont(strong(self.font()))
        self.advice.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.sentence, self.advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.understood = QPushButton(_("Understood"))
        self.understood.clicked.connect(self._go_on)
        words = QVBoxLayout()
        words.setSpacing(UNIT // 4)
        words.addWidget(self.sentence)
        words.addWidget(self.advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self.understood)
        self.hide()

    def tell(self, notices: list[Notice]) -> None:
        """Show these, one after another, instead of what is shown."""
        self._waiting = list(notices)
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        painter.fillRect(0, self.height() - 1, self.width(), 1, hairline())

    def _go_on(self) -> None:
        self._waiting.pop(0).read()
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._waiting))
        if self._waiting:
            now = self._waiting[0]
            self._sign.setPixmap(icon(now.icon).pixmap(QSize(20, 20)))
            self.sentence.setText(now.sentence)
            self.advice.setText(now.advice)
            self.setAccessibleName(now.sentence)
            self.setAccessibleDescription(now.advice)
            self.understood.setAccessibleDescription(now.sentence)
