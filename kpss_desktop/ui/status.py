"""The status bar: what the archive holds, how it is, what came of the last work, and what is being done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from kpss_desktop.catalogue.figures import Counts
from kpss_desktop.i18n import _
from kpss_desktop.messages import documents_text, size_text
from kpss_desktop.ui import icons
from kpss_desktop.ui.announcing import announce
from kpss_desktop.ui.theme import UNIT

_LONG_ENOUGH = 30_000  # milliseconds a sentence stays; the clerk may have looked elsewhere


class StatusBar(QStatusBar):
    """Tells sentences; the running work can be cancelled here."""

    cancel_wanted = Signal()
    state_pressed = Signal()
    """The clerk wants to know more of how the archive is."""
    backup_pressed = Signal()
    """The clerk was reminded of a backup and wants one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.holdings = QLabel()
        self.state, self.reminder = _Badge(), _Badge()
        self.state.clicked.connect(self.state_pressed)
        self.reminder.clicked.connect(self.backup_pressed)
        self.sentence = _Sentence()
        self.show_button = _flat(_("Show"), "chevron-right")
        self._shows: Callable[[], None] | None = None
        self.show_button.clicked.connect(self._show)
        self.work = _Work()
        self.work.cancel.clicked.connect(self.cancel_wanted)
        self.addWidget(self.holdings)
        self.addWidget(self.state)
        self.addWidget(self.reminder)
        self.addWidget(self._said(), 1)
        self.addPermanentWidget(self.work)
        self._away = QTimer(self, interval=_LONG_ENOUGH, singleShot=True)
        self._away.timeout.connect(self.hush)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(UNIT, 0, UNIT, 0)
        self.hush()

    def show_counts(self, counts: Counts | None) -> None:
        """How much there is; None when no archive is open."""
        if counts is None:
            self.holdings.clear()
            return
        number = documents_text(counts.all)
        self.holdings.setText(f"{number} · {size_text(counts.bytes)}")

    def show_state(self, icon: str, text: str, tip: str = "") -> None:
        """How the archive is: verified, with findings, read-only; "" hides it."""
        self.state.show_badge(icon, text, tip)

    def show_reminder(self, icon: str, text: str, tip: str = "") -> None:
        """What should be done for the archive; "" hides it."""
        self.reminder.show_badge(icon, text, tip)

    def say(self, sentence: str, show: Callable[[], None] | None = None, button: str = "") -> None:
        """What came of the last work; `show` is what the button beside it does, `button` its word unless it shows."""
        self.show_button.setText(button or _("Show"))
        self.sentence.setText(sentence)
        self.sentence.setToolTip(sentence)
        announce(self, sentence)
        self._shows = show
        self.show_button.setVisible(show is not None)
        self._away.start()

    def hush(self) -> None:
        """Take the sentence away."""
        self._away.stop()
        self.sentence.clear()
        self._shows = None
        self.show_button.hide()

    def _said(self) -> QWidget:
        """The sentence with its button right behind it."""
        said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(UNIT, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(self.sentence)
        row.addWidget(self.show_button)
        row.addStretch(1)
        return said

    def _show(self) -> None:
        if self._shows is not None:
            self._shows()


class _Sentence(QLabel):
    """Takes the room of its words, or less."""

    def minimumSizeHint(self) -> QSize:
        return QSize(UNIT, super().minimumSizeHint().height())


class _Badge(QToolButton):
    """An icon and a word, so that a state is not told by colour; a press tells more."""

    def __init__(self) -> None:
        super().__init__()
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAutoRaise(True)
        self.hide()

    def show_badge(self, icon: str, text: str, tip: str) -> None:
        self.setVisible(bool(text))
        if text:
            self.setIcon(icons.icon(icon))
            self.setText(text)
            self.setToolTip(tip)
            self.setAccessibleDescription(tip)


class _Work(QWidget):
    """The work under way: what, how far, and the button that stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(16 * UNIT)
        self.bar.setMaximumHeight(UNIT + 4)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = _flat(_("Cancel"), "cancel")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for widget in (self.label, self.bar, self.cancel):
            row.addWidget(widget)
        self._name = ""
        self.hide()

    def start(self, name: str, *, can_cancel: bool = True) -> None:
        self._name = name
        self.cancel.setVisible(can_cancel)
        self.label.setText(name)
        self.bar.setRange(0, 0)
        self.setVisible(bool(name))

    def progress(self, done: int, total: int | None, label: str) -> None:
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        self.label.setText(f"{self._name} {done} / {total}" if total else self._name)
        self.label.setToolTip(label)

    def stop(self) -> None:
        self.hide()


def _flat(text: str, icon: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setIcon(icons.icon(icon))
    button.setIconSize(QSize(16, 16))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setAutoRaise(True)
    return button
