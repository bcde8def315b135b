"""The threads that work for the window: a pool for each lane, and a session of the archive for each task.

A search keeps its session, so what was read from the disk stays at hand from key to key. Reading is broken off in the
midst of a statement when nobody waits for the answer any more; a change hears of it at its next word of progress.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from kpss_desktop.archive.archive import Archive
from kpss_desktop.progress import Cancelled, Progress
from kpss_desktop.ui.lanes import Job, Lane
from kpss_desktop.ui.painting import stand_aside

T = TypeVar("T")
Task = Callable[[Archive, Progress], T]
Started = Callable[[], None]
Word = Callable[[Job, int, int | None, str], None]

_THREADS = {Lane.QUERY: 3, Lane.SEARCH: 1, Lane.CHANGE: 1, Lane.CARE: 1, Lane.TENDING: 1}
_EVERY = 0.05  # seconds between two words of progress: a person cannot read faster, and the window stays free


class Workers:
    """Runs tasks on one archive. `started` and `told` are called by the threads that work."""

    def __init__(self, archive: Archive, started: Started, told: Word) -> None:
        self._archive = archive
        self._started = started
        self._told = told
        self._kept: Archive | None = None  # the session of the search, touched by its thread alone
        self._pools = {
            lane: ThreadPoolExecutor(threads, thread_name_prefix=f"kpss-{lane.name.lower()}")
            for lane, threads in _THREADS.items()
        }

    def submit(self, job: Job, task: Task[T]) -> Future[T]:
        """Run the task when its lane comes to it; raises Cancelled in the future when it was stopped before."""
        return self._pools[job.lane].submit(self._run, job, task)

    def end(self) -> None:
        """Let go of what waits; what is under way ends when it hears that it is stopped."""
        # A connection is closed by the thread that opened it, after the searches that are stopped by now.
        self._pools[Lane.SEARCH].submit(self._forget_session)

    def wait(self) -> None:
        """Wait until all have ended; after `end`."""
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane is not Lane.SEARCH)

    def _run(self, job: Job, task: Task[T]) -> T:
        if job.stop.is_set():
            raise Cancelled
        if job.lane in {Lane.CHANGE, Lane.CARE}:
            self._begin(job)
        if job.lane is Lane.SEARCH:
            return self._search(job, task)
        with self._archive.session() as session:
            if job.lane is not Lane.QUERY:
                return task(session, self._reporter(job))
            with session.catalogue.stopped_when(job.stop.is_set):
                return task(session, self._reporter(job))

    def _begin(self, job: Job) -> None:
        job.is_started = True
        self._started()

    def _search(self, job: Job, task: Task[T]) -> T:
        self._kept = self._kept or self._archive.session()
        try:
            with self._kept.catalogue.stopped_when(job.stop.is_set):
                return task(self._kept, self._reporter(job))
        except Cancelled:
            raise
        except BaseException:
            self._forget_session()  # whatever is wrong with it, the next search opens another
            raise

    def _forget_session(self) -> None:
        session, self._kept = self._kept, None
        if session is not None:
            session.close()

    def _reporter(self, job: Job) -> Progress:
        said = 0.0

        def report(done: int, total: int | None, label: str = "") -> None:
            nonlocal said
            stand_aside()
            if job.stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - said >= _EVERY or done == total:
                if job.lane is Lane.TENDING and not said:
                    self._begin(job)
                said = now
                self._told(job, done, total, label)

        return report
