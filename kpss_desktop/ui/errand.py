"""One piece of work beside the window that needs no open archive, such as restoring one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from kpss_desktop.errors import KpssError
from kpss_desktop.progress import Cancelled, Progress

_LEAVING: set[Errand] = set()
"""Those that were closed while a task was under way; each goes when its task has ended."""


class Errand(QObject):
    """Runs one task at a time; answers come in the window's thread. A newer task makes the older one's answer void."""

    progress = Signal(int, object)
    """done, total or None"""
    done = Signal(object)
    """What the task returned."""
    failed = Signal(object)
    """KpssError or OSError."""
    cancelled = Signal()

    _told = Signal(object, int, object)
    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="kpss-errand")
        self._stop: threading.Event | None = None
        self._unheard = 0  # tasks whose end was not delivered yet
        self._told.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._tell_end, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._stop is not None

    def run(self, task: Callable[[Progress], object]) -> None:
        """Do this, instead of what is under way."""
        self.cancel()
        stop = self._stop = threading.Event()

        def report(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # Progress
            if stop.is_set():
                raise Cancelled
            self._told.emit(stop, done, total)

        self._unheard += 1
        future = self._pool.submit(task, report)
        future.add_done_callback(lambda answer: self._arrived.emit(stop, answer))

    def cancel(self) -> None:
        """Stop at the next word of progress."""
        if self._stop is not None:
            self._stop.set()

    def close(self) -> None:
        """Stop at the next word of progress and tell nothing any more; the window does not wait for that."""
        self.cancel()
        self._stop = None
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._unheard:
            # The worker still tells this object, whatever becomes of the dialog it belonged to.
            self.setParent(None)
            _LEAVING.add(self)

    def _tell_progress(self, stop: threading.Event, done: int, total: int | None) -> None:
        if stop is self._stop and not stop.is_set():
            self.progress.emit(done, total)

    def _tell_end(self, stop: threading.Event, answer: Future[Any]) -> None:
        self._unheard -= 1
        if not self._unheard:
            _LEAVING.discard(self)
        if stop is not self._stop:
            return
        self._stop = None
        error = None if answer.cancelled() else answer.exception()
        if answer.cancelled() or isinstance(error, Cancelled):
            self.cancelled.emit()
        elif isinstance(error, KpssError | OSError):
            self.failed.emit(error)
        elif error is not None:
            raise error  # a bug: sys.excepthook has the last word
        else:
            self.done.emit(answer.result())
