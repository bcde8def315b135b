"""How the open archive stands: in order, read-only, out of reach. The clerk hears of a turn once, in one sentence.

While the folder cannot be reached or written to, nothing can be changed but everything the catalogue knows can be seen;
when it is back, what was left half done is made good and the window goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from kpss_desktop.archive import changes
from kpss_desktop.i18n import _
from kpss_desktop.messages import describe
from kpss_desktop.ui import viewing
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.status import StatusBar
from kpss_desktop.ui.verbs import keeping
from kpss_desktop.ui.watching import Watchman
from kpss_desktop.ui.workplace import Workplace


class Standing(QObject):
    """Lives as long as the workplace; `allow` hears whether the archive may be changed now."""

    def __init__(self, desk: Desk, place: Workplace, status: StatusBar, allow: Callable[[bool], None]) -> None:
        super().__init__(place)
        self._desk, self._place, self._status, self._allow = desk, place, status, allow
        self._trouble: tuple[str, str, str] | None = None  # as the badge shows it
        watchman = self.watchman = Watchman(place.jobs)
        watchman.changed.connect(place.refresh)
        watchman.changed.connect(place.table.rows.refresh)
        watchman.gone.connect(lambda error: self._stop("warning", _("Out of reach"), describe(error)))
        watchman.back.connect(lambda: self._go_on(_("The archive is within reach again.")))
        watchman.barred.connect(lambda: self._stop("lock", _("Cannot be written"), _barred_sentence()))
        watchman.unbarred.connect(lambda: self._go_on(_("The archive can be written to again.")))
        watchman.freed.connect(lambda: status.say(_("Nobody writes into the archive now."), self._reopen))
        watchman.lost.connect(self._reopen)
        # Whoever fails first has noticed it sooner than the next look would.
        place.jobs.stumbled.connect(watchman.look)

    def show(self) -> None:
        """Say it in the status bar."""
        if self._trouble is not None:
            self._status.show_state(*self._trouble)
        elif reason := self._desk.entry.read_only_because:
            self._status.show_state("lock", _("Read only"), reason)
        elif self._place.overview is not None:
            self._status.show_state(*viewing.verified_state(self._place.overview.verified))

    def explain(self) -> None:
        """The clerk has pressed the badge: who writes, what is wrong, or how the archive is."""
        if self._trouble is not None:
            self.watchman.look()
            self._status.say(self._trouble[2])
        elif self._desk.entry.read_only_because:
            keeping.tell_who_writes(self._desk, self.watchman)
        else:
            keeping.tell_state(self._desk)

    def _stop(self, icon: str, word: str, sentence: str) -> None:
        self._trouble = (icon, word, sentence)
        self._follow(sentence)
        self._status.say(sentence)

    def _go_on(self, sentence: str) -> None:
        self._trouble = None
        self._follow(self._desk.entry.read_only_because)
        if self._place.archive.writable:
            self._place.jobs.change(lambda archive, _progress: changes.finish(archive))
        self._place.feed.again()
        self._status.say(sentence)

    def _follow(self, reason: str) -> None:
        """Let things be changed, or say why they cannot be."""
        self.show()
        self._allow(not reason)
        self._place.inspector.allow(reason)

    def _reopen(self) -> None:
        self._desk.entry.go(self._place.archive.folder)


def _barred_sentence() -> str:
    return _("The disk of the archive can only be read now. It goes on by itself when the disk can be written to.")
