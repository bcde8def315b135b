"""Looks into the incoming folder beside the window and offers what came, in a quiet line of the status bar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QStatusBar, QToolButton
from shiboken6 import isValid

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake import inbox
from kpss_desktop.archive.intake.inbox import Inbox, Look, Watch
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import describe
from kpss_desktop.progress import Progress
from kpss_desktop.ui import icons
from kpss_desktop.ui.announcing import announce
from kpss_desktop.ui.jobs import Jobs

EVERY = 10_000  # milliseconds between two looks
_KEY = "inbox"
_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_Looked = tuple[Inbox, Look]


class InboxWatch(QObject):
    """Lives as long as the archive is open."""

    review_wanted = Signal(object)
    """tuple[Path, ...]: the clerk wants to see what came."""
    folder_wanted = Signal()
    """The folder cannot be read, and the clerk wants to see which it is."""
    sure_wanted = Signal(object)
    """tuple[Path, ...]: new files, and the clerk chose that what is sure is filed by itself."""

    def __init__(self, jobs: Jobs, bar: QStatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._watch = Watch()
        self._tried: set[Path] = set()
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(_BESIDE)
        self.button.clicked.connect(self._press)
        self.button.hide()
        self.ready: tuple[Path, ...] = ()
        bar.addPermanentWidget(self.button)
        self.destroyed.connect(_remover(bar, self.button))
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look once, beside the window."""
        self._jobs.query(self._task, self._show, self._fail, key=_KEY)

    def _task(self, archive: Archive, _progress: Progress) -> _Looked:
        chosen = inbox.load(archive)
        return chosen, self._watch.look(chosen)

    def _show(self, looked: _Looked) -> None:
        chosen, found = looked
        self.ready = found.ready
        number = len(found.ready)
        text = ngettext("{n} new file in the incoming folder", "{n} new files in the incoming folder", number)
        troubles = "\n".join(describe(error) for _path, error in found.troubles[:5])
        if number:
            self._offer(text.format(n=number), troubles)
        elif found.troubles:
            self._offer(_("The incoming folder cannot be read"), troubles)
        else:
            self.button.hide()
        fresh = tuple(path for path in found.ready if path not in self._tried)
        if chosen.files_itself and fresh and not self._jobs.busy:
            self._tried.update(fresh)
            self.sure_wanted.emit(fresh)

    def _fail(self, error: Exception) -> None:
        self.ready = ()
        self._offer(_("The incoming folder cannot be read"), describe(error))

    def _offer(self, words: str, troubles: str) -> None:
        """Show the button; a screen reader says it when it is new."""
        if not self.button.isVisible() or words != self.button.text():
            announce(self.button, words)
        self.button.setText(words)
        self.button.setIcon(icons.icon("warning" if troubles else "inbox"))
        self.button.setToolTip(troubles)
        self.button.setAccessibleDescription(troubles)
        self.button.show()

    def _press(self) -> None:
        if self.ready:
            self.review_wanted.emit(self.ready)
        else:
            self.folder_wanted.emit()


def _remover(bar: QStatusBar, button: QToolButton) -> Callable[[], None]:
    def remove() -> None:
        # When the whole window goes, its bar may be gone before the panes are.
        if isValid(bar) and isValid(button):
            bar.removeWidget(button)
            button.deleteLater()

    return remove
