"""Work beside the window: the window's thread never waits for the archive.

A query reads and may run beside others; a change writes and waits for its turn. Each has a session of the archive of
its own. Answers come back in the window's thread. A worker never touches a widget.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from kpss_desktop.archive.archive import Archive
from kpss_desktop.errors import KpssError
from kpss_desktop.progress import Cancelled, Progress

T = TypeVar("T")
Task = Callable[[Archive, Progress], T]
Failure = Callable[[Exception], None]

_READERS = 3
_EVERY = 0.05  # seconds between two words of progress: a person cannot read faster, and the window stays free


@dataclass(eq=False)
class _Job:
    """One task under way, with whom to tell."""

    done: Callable[[Any], None] | None
    failed: Failure | None
    is_change: bool
    key: Hashable = None
    label: str = ""
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs(QObject):
    """Runs tasks on one archive. A failure nobody asked to hear of is told by the signal `failed`."""

    progress = Signal(int, object, str)
    """done, total or None, label: of the change under way."""
    running = Signal(str)
    """The label of the change that starts."""
    idle = Signal()
    """No change is under way or waiting."""
    changed = Signal()
    """A change succeeded: what is shown may be old."""
    failed = Signal(object)
    """KpssError or OSError that no caller took."""
    cancelled = Signal(str)
    """The label of the change that was stopped."""

    _started = Signal(object)
    _arrived = Signal(object, object)

    def __init__(self, archive: Archive, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.archive = archive
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="kpss-query")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="kpss-change")
        self._changes: list[_Job] = []
        self._queries: set[_Job] = set()
        self._newest: dict[Hashable, _Job] = {}
        self._closed = False
        # Always by the event loop: an answer must not come before the one who asks has finished asking.
        self._started.connect(self._tell_start, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._tell_end, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a change is under way or waiting."""
        return bool(self._changes)

    def query(
        self,
        task: Task[T],
        done: Callable[[T], None],
        failed: Failure | None = None,
        key: Hashable = None,
    ) -> None:
        """Read beside the window. A newer query with the same `key` makes the answer of the older be dropped."""
        job = _Job(done, failed, is_change=False, key=key)
        if key is not None:
            older = self._newest.get(key)
            if older is not None:
                older.stop.set()
            self._newest[key] = job
        self._queries.add(job)
        self._submit(self._readers, job, task)

    def change(
        self,
        task: Task[T],
        done: Callable[[T], None] | None = None,
        failed: Failure | None = None,
        label: str = "",
    ) -> None:
        """Write beside the window, after all changes asked for before. `label` says in the status bar what runs."""
        job = _Job(done, failed, is_change=True, label=label)
        self._changes.append(job)
        self._submit(self._writer, job, task)

    def drop(self, key: Hashable) -> None:
        """Nobody waits for the answer of that key any more."""
        job = self._newest.pop(key, None)
        if job is not None:
            job.stop.set()

    def cancel(self) -> None:
        """Stop the change under way at its next word of progress; those that wait still run."""
        if self._changes:
            self._changes[0].stop.set()

    def close(self) -> None:
        """Stop everything and wait for the workers; nothing is told any more."""
        for job in (*self._changes, *self._queries):
            job.stop.set()
        for pool in (self._readers, self._writer):
            pool.shutdown(wait=True, cancel_futures=True)
        self._closed = True
        self._changes.clear()
        self._queries.clear()

    def _submit(self, pool: ThreadPoolExecutor, job: _Job, task: Task[Any]) -> None:
        future = pool.submit(self._run, job, task)
        future.add_done_callback(lambda answer: self._arrived.emit(job, answer))

    def _run(self, job: _Job, task: Task[T]) -> T:
        if job.stop.is_set():
            raise Cancelled
        if job.is_change:
            self._started.emit(job)
        with self.archive.session() as session:
            return task(session, self._reporter(job))

    def _reporter(self, job: _Job) -> Progress:
        said = 0.0

        def report(done: int, total: int | None, label: str = "") -> None:
            nonlocal said
            if job.stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if job.is_change and (now - said >= _EVERY or done == total):
                said = now
                self.progress.emit(done, total, label)

        return report

    def _tell_start(self, job: _Job) -> None:
        if not self._closed:
            self.running.emit(job.label)

    def _tell_end(self, job: _Job, answer: Future[Any]) -> None:
        if self._closed:
            return
        self._strike(job)
        try:
            if not answer.cancelled() and (job.is_change or not job.stop.is_set()):
                self._tell(job, answer)
        finally:
            if job.is_change and not self._changes:
                self.idle.emit()

    def _tell(self, job: _Job, answer: Future[Any]) -> None:
        error = answer.exception()
        if isinstance(error, Cancelled):
            self.cancelled.emit(job.label)
        elif isinstance(error, KpssError | OSError):
            (job.failed or self.failed.emit)(error)
        elif error is not None:
            raise error  # a bug: sys.excepthook has the last word
        else:
            if job.done is not None:
                job.done(answer.result())
            if job.is_change:
                self.changed.emit()

    def _strike(self, job: _Job) -> None:
        if self._newest.get(job.key) is job:
            del self._newest[job.key]
        self._queries.discard(job)
        if job in self._changes:
            self._changes.remove(job)
