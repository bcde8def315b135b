"""Keeping an eye on the archive while it is open: whoever only reads follows the writer, whoever writes shows it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.sharing import lock, opening, presence
from kpss_desktop.archive.sharing.lock import Holder
from kpss_desktop.errors import ArchiveGone
from kpss_desktop.progress import Progress
from kpss_desktop.store import SYSTEM
from kpss_desktop.ui.jobs import Jobs

LOOK_EVERY = 5_000
"""Milliseconds between two looks at the folder."""
SLOWLY = 60_000
"""The same after a look that met a bug: it was told, and is not to be told every few seconds."""

_KEY = "watch"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: whether records changed, who writes (None when nobody who lives), whether that is still us.

    `silent` is how many seconds the writer has given no sign of life; `can_write` whether the disk would let us write.
    """

    changed: bool
    holder: Holder | None
    is_ours: bool
    silent: float
    can_write: bool = True


class Watchman(QObject):
    """Looks every few seconds, in a query; the window never waits for a folder that may be on another computer."""

    changed = Signal()
    """Somebody else wrote, and this computer's catalogue follows."""
    freed = Signal()
    """Whoever wrote does not any more."""
    lost = Signal()
    """We were the writer, and somebody took that over."""
    gone = Signal(object)
    """The ArchiveGone: the folder cannot be reached."""
    back = Signal()
    """It can be reached again."""
    barred = Signal()
    """We are the writer, but the disk can only be read now."""
    unbarred = Signal()
    """It can be written to again."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._writable = jobs.archive.writable
        self._seen = jobs.archive.seen
        self._watch = presence.Watch(jobs.archive.folder)
        self._is_gone = self._is_barred = False
        self._answered = True
        self.silent_for = 0.0  # seconds since the writer gave a sign of life, at the last look
        self.holder: Holder | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look now, unless that is being done."""
        if not self._jobs.awaits(_KEY):
            self._timer.setInterval(LOOK_EVERY if self._answered else SLOWLY)
            self._answered = False
            self._jobs.query(self._task, self._tell, self._fail, key=_KEY)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._jobs.drop(_KEY)

    def _task(self, archive: Archive, progress: Progress) -> Look:  # noqa: ARG002  # a Task takes both
        if self._writable:
            assert archive.holder is not None
            with presence.at_hand(archive):
                is_ours = lock.is_mine(archive.folder, archive.holder)
            silent = self._watch.silent_for()
            if is_ours and silent >= presence.EVERY:
                presence.beat(archive)
            can_write = os.access(archive.folder / SYSTEM, os.W_OK)
            return Look(changed=False, holder=archive.holder, is_ours=is_ours, silent=silent, can_write=can_write)
        # A session knows nothing of the looks before it.
        archive.seen = before = self._seen
        opening.follow_if_changed(archive)
        # A writer on this very computer shares our catalogue, so there may be nothing left to take over.
        changed = before != archive.seen
        self._seen = archive.seen
        silent = self._watch.silent_for()
        holder = presence.who_writes(archive.folder)
        living = None if holder is not None and holder.is_dead() else holder
        return Look(changed, living, is_ours=False, silent=silent)

    def _tell(self, now: Look) -> None:
        self._answered = True
        self.silent_for = now.silent
        before, self.holder = self.holder, now.holder
        if self._is_gone:
            self._is_gone = False
            self.back.emit()
        if self._is_barred is now.can_write:
            self._is_barred = not now.can_write
            (self.barred if self._is_barred else self.unbarred).emit()
        if now.changed:
            self.changed.emit()
        if self._writable and not now.is_ours:
            self.stop()
            self.lost.emit()
        elif not self._writable and before is not None and now.holder is None:
            self.freed.emit()

    def _fail(self, error: Exception) -> None:
        self._answered = True
        if isinstance(error, ArchiveGone) and not self._is_gone:
            self._is_gone = True
            self.gone.emit(error)
