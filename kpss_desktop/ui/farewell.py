"""Leaving an archive, as the clerk sees it: what is waited for, and after a while the way out without waiting."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from kpss_desktop.i18n import _
from kpss_desktop.ui.entry import Entry
from kpss_desktop.ui.status import StatusBar

_PATIENCE = 10_000  # milliseconds of closing before the clerk may go without waiting


class Farewell(QObject):
    """Says that the archive is being closed for as long as that takes."""

    abandoned = Signal()
    """The clerk goes without waiting; what is under way dies with the program, as in a power cut, and loses nothing."""

    def __init__(self, entry: Entry, status: StatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._entry, self._status = entry, status
        self.patience = QTimer(self, interval=_PATIENCE, singleShot=True)
        self.patience.timeout.connect(self._offer)
        entry.closing.connect(self._begin)

    def _begin(self) -> None:
        self.patience.start()
        self._status.hush()
        self._status.work.start(_("Closing the archive…"), can_cancel=False)

    def _offer(self) -> None:
        """Something that was stopped does not end, a drive that answers no more perhaps."""
        if self._entry.is_leaving:
            sentence = _("Something still holds the archive; nothing in it is at risk.")
            self._status.say(sentence, self.abandoned.emit, _("End"))
