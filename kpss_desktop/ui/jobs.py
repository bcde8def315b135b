"""Work beside the window: the window's thread never waits for the archive.

A query reads and may run beside others; a search reads too, by a worker of its own. Both are broken off when nobody
waits for them any more. A change writes and waits for its turn; care (verifying, backing up) takes long and runs beside
the changes; tending does what is due beside all that and can be stopped at any time, for it takes up where it was.
Answers come back in the window's thread. A worker never touches a widget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from kpss_desktop.archive.archive import Archive
from kpss_desktop.errors import KpssError
from kpss_desktop.progress import Cancelled
from kpss_desktop.ui.lanes import READING, SHOWN, Failure, Job, Lane, Told
from kpss_desktop.ui.under_way import UnderWay
from kpss_desktop.ui.workers import Task, Workers

T = TypeVar("T")

_WORK = frozenset({Lane.CHANGE, Lane.CARE})
"""What is waited for, and can be stopped by its key."""


class Jobs(QObject):
    """Runs tasks on one archive. A failure nobody asked to hear of is told by the signal `failed`."""

    progress = Signal(int, object, str)
    """done, total or None, what comes next: of the change under way, else of the care, else of the tending."""
    running = Signal(str)
    """The label of what `progress` is told of from now on."""
    idle = Signal()
    """Nothing is under way or waiting, but queries."""
    changed = Signal()
    """A change, a care or a tending succeeded: what is shown may be old."""
    failed = Signal(object)
    """KpssError or OSError that no caller took."""
    stumbled = Signal()
    """A change failed, whether a caller took that or not: perhaps the disk is gone."""
    cancelled = Signal(str)
    """The label of the change or the care that was stopped."""

    _started = Signal()
    _told = Signal(object, int, object, str)
    _arrived = Signal(object, object)
    _ended = Signal()

    def __init__(self, archive: Archive, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.archive = archive
        self._under_way = UnderWay()
        self._shown: Job | None = None  # whose label was told last
        self._workers = Workers(archive, self._started.emit, self._told.emit)
        self._closed = False
        self._leaving: threading.Thread | None = None
        # Always by the event loop: an answer must not come before the one who asks has finished asking.
        self._started.connect(self._show_first, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._tell_end, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a change or care is under way or waiting; tending does not count, for it takes up where it was."""
        return any(job.lane in _WORK for job in self._under_way)

    def query(
        self,
        task: Task[T],
        done: Callable[[T], None],
        failed: Failure | None = None,
        key: Hashable = None,
        told: Told | None = None,
    ) -> None:
        """Read beside the window. A newer query with the same `key` makes the answer of the older be dropped.

        `told` hears how far it is, in the window's thread.
        """
        self._submit(Job(Lane.QUERY, done, failed, key, told=told), task)

    def search(self, task: Task[T], done: Callable[[T], None], key: Hashable) -> None:
        """Read by the worker that is there for what she types; as `query`, but one after another."""
        self._submit(Job(Lane.SEARCH, done, key=key), task)

    def change(
        self,
        task: Task[T],
        done: Callable[[T], None] | None = None,
        failed: Failure | None = None,
        label: str = "",
        key: Hashable = None,
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """Write beside the window, after all changes asked for before. `label` says in the status bar what runs.

        `key` names it for `stop`; `stopped` hears that it was stopped, by whatever way.
        """
        self._submit(Job(Lane.CHANGE, done, failed, key, label, stopped=stopped), task)

    def care(
        self,
        task: Task[T],
        done: Callable[[T], None] | None = None,
        failed: Failure | None = None,
        label: str = "",
        key: Hashable = None,
        stopped: Callable[[], None] | None = None,
        told: Told | None = None,
    ) -> None:
        """As `change`, for what takes long and is safe beside changes, so that they need not wait for it."""
        self._submit(Job(Lane.CARE, done, failed, key, label, told, stopped), task)

    def tend(self, task: Task[int], label: str = "") -> None:
        """Do what is due beside everything else, such as reading texts; `changed` when the task did anything.

        While one waits for its turn, another one asked for is the same and is not added.
        """
        if len(self._under_way.of(Lane.TENDING)) < 2:
            self._submit(Job(Lane.TENDING, label=label), task)

    def drop(self, key: Hashable) -> None:
        """Nobody waits for the answer of that key any more."""
        self._under_way.drop(key)

    def cancel(self) -> None:
        """Stop what is told of in `progress` at its next word; changes that wait still run."""
        first = next((jobs[0] for lane in SHOWN if (jobs := self._under_way.of(lane))), None)
        if first is not None:
            first.stop.set()

    def cancel_all(self) -> None:
        """Stop the change under way and all care; changes that wait still run, for they are small."""
        for job in (*self._under_way.of(Lane.CHANGE)[:1], *self._under_way.of(Lane.CARE)):
            job.stop.set()

    def stop(self, key: Hashable) -> None:
        """Stop the change or the care of that key, whether it is under way or waits, and no other."""
        for job in self._under_way:
            if job.lane in _WORK and job.key == key:
                job.stop.set()

    def awaits(self, key: Hashable) -> bool:
        """Whether the answer to a query of that key is still to come."""
        return self._under_way.awaits(key)

    def close(self) -> None:
        """Stop everything and wait for the workers; nothing is told any more."""
        self._stop_all()
        self._workers.wait()
        if self._leaving is not None:
            self._leaving.join()

    def leave(self, then: Callable[[], None]) -> None:
        """As `close`, but the window's thread does not wait: `then` is called in it when the workers have ended."""
        self._stop_all()

        def wait() -> None:
            self._workers.wait()
            self._ended.emit()

        leaving = threading.Thread(target=wait, name="kpss-leaving", daemon=True)

        def go_on() -> None:
            leaving.join()  # it may still be within the signal, whose sender goes with what comes now
            then()

        self._ended.connect(go_on, Qt.ConnectionType.QueuedConnection)
        self._leaving = leaving
        leaving.start()

    def _stop_all(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._under_way.clear()
        self._workers.end()

    def _submit(self, job: Job, task: Task[Any]) -> None:
        if self._closed:
            return  # a timer of the panes may still ask while the window goes
        self._under_way.add(job)
        future = self._workers.submit(job, task)
        future.add_done_callback(lambda answer: self._arrived.emit(job, answer))

    def _show_first(self) -> None:
        """Tell of what is under way, when that is something else than before."""
        first = self._under_way.shown()
        if first is not self._shown:
            self._shown = first
            if first is not None:
                self.running.emit(first.label)

    def _tell_progress(self, job: Job, done: int, total: int | None, label: str) -> None:
        if self._closed or job.stop.is_set():
            return
        if job.told is not None and _still_there(job.told):
            job.told(done, total, label)
        if job is self._shown:
            self.progress.emit(done, total, label)

    def _tell_end(self, job: Job, answer: Future[Any]) -> None:
        if self._closed:
            return
        self._under_way.remove(job)
        try:
            if not answer.cancelled() and (job.lane not in READING or not job.stop.is_set()):
                self._tell(job, answer)
        finally:
            self._show_first()
            if job.lane not in READING and all(other.lane in READING for other in self._under_way):
                self.idle.emit()

    def _tell(self, job: Job, answer: Future[Any]) -> None:
        error = answer.exception()
        if isinstance(error, Cancelled):
            if job.stopped is not None and _still_there(job.stopped):
                job.stopped()
            self.cancelled.emit(job.label)
        elif isinstance(error, KpssError | OSError):
            if job.lane is Lane.CHANGE:
                self.stumbled.emit()
            if job.failed is not None and _still_there(job.failed):
                job.failed(error)
            else:
                self.failed.emit(error)
        elif error is not None:
            raise error  # a bug: sys.excepthook has the last word
        else:
            if job.done is not None and _still_there(job.done):
                job.done(answer.result())
            if job.lane in _WORK or (job.lane is Lane.TENDING and answer.result()):
                self.changed.emit()


def _still_there(callback: Callable[..., object]) -> bool:
    """Whether the dialog or pane that a method belongs to has not been closed and deleted meanwhile."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
