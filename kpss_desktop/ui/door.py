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
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kpss-door")
        self._archive: Archive | None = None
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def open(self, way: Callable[[], Archive]) -> None:
        """Open an archive beside the window: `way` is open_archive or create_archive with its arguments."""
        future = self._thread.submit(way)
        future.add_done_callback(self._arrived.emit)

    def close(self) -> None:
        """Close the archive that is open and wait until it is; its sessions must be closed before."""
        if self._archive is not None:
            self._thread.submit(self._archive.close).result()
            self._archive = None

    def shut(self) -> None:
        """Close the archive and end the thread."""
        self.close()
        self._thread.shutdown()

    def _tell(self, answer: Future[Archive]) -> None:
        error = answer.exception()
        if isinstance(error, KpssError | OSError):
            self.failed.emit(error)
        elif error is not None:
            raise error  # a bug: sys.excepthook has the last word
        else:
            self._archive = answer.result()
            self.opened.emit(self._archive)
