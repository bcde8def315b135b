"""Opening and closing of archives in a thread of their own, for an archive's connection belongs to one thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal

from kpss_desktop.archive.archive import Archive
from kpss_desktop.errors import KpssError


class Door(QObject):
    """At most one archive is open. `opened` has the Archive, `failed` the KpssError or OSError."""

    opened = Signal(object)
    failed = Signal(object)
    closed = Signal()
    """What `close` asked for is done."""
    _arrived = Signal(object)
    _left = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kpss-door")
        self._archive: Archive | None = None  # touched by the thread of the door alone
        self._is_shut = False
        self.is_closing = False
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._left.connect(self._tell_left, Qt.ConnectionType.QueuedConnection)

    def open(self, way: Callable[[], Archive]) -> None:
        """Open an archive beside the window: `way` is open_archive or create_archive with its arguments."""
        future = self._thread.submit(self._pass, way)
        future.add_done_callback(self._arrived.emit)

    def close(self) -> None:
        """Close the archive that is open, or is being opened, beside the window; its sessions come before."""
        if not self._is_shut:
            self.is_closing = True
            self._thread.submit(self._leave).add_done_callback(self._left.emit)

    def shut(self) -> None:
        """Close the archive, wait until it is, and end the thread; nothing is told any more."""
        if not self._is_shut:
            self._is_shut = True
            self._thread.submit(self._leave).result()
        self._thread.shutdown()

    def _pass(self, way: Callable[[], Archive]) -> Archive:
        self._leave()
        self._archive = way()
        return self._archive

    def _leave(self) -> None:
        archive, self._archive = self._archive, None
        if archive is not None:
            archive.close()

    def _tell_left(self, answer: Future[None]) -> None:
        if self._is_shut:
            return
        self.is_closing = False
        self.closed.emit()
        answer.result()  # a failure is a bug: sys.excepthook has the last word

    def _tell(self, answer: Future[Archive]) -> None:
        if self._is_shut:
            return
        error = answer.exception()
        if isinstance(error, KpssError | OSError):
            self.failed.emit(error)
        elif error is not None:
            raise error  # a bug: sys.excepthook has the last word
        else:
            self.opened.emit(answer.result())
