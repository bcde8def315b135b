"""A quiet line in the review sheet that says or asks one thing and can be left unanswered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.announcing import announce
from kpss_desktop.ui.theme import UNIT


class SheetNotice(QFrame):
    """One question with the button that says yes; a new question takes the place of the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[], None] | None = None
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.yes = QPushButton()
        self.no = QPushButton()
        for button in (self.yes, self.no):
            button.setAutoDefault(False)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self.text, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()

    def ask(self, question: str, yes: str, answer: Callable[[], None]) -> None:
        """Ask; `answer` is called once when the clerk agrees."""
        self._answer = answer
        self.text.setText(question)
        self.setAccessibleName(question)
        self.yes.setAccessibleDescription(question)
        self.yes.setText(yes)
        self.yes.show()
        self.no.setText(_("No"))
        self.show()
        announce(self, question)

    def tell(self, sentence: str) -> None:
        """Say something that needs no answer."""
        self.ask(sentence, "", lambda: None)
        self.yes.hide()
        self.no.setText(_("Understood"))

    def says(self, sentence: str) -> bool:
        """Whether this is what it says now."""
        return self.isVisible() and self.text.text() == sentence

    def _agree(self) -> None:
        answer, self._answer = self._answer, None
        self.hide()
        if answer is not None:
            answer()
