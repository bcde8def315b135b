"""Long work in the window's own thread, a little at a time, so that the window never stands still."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE = 0.02  # seconds in one piece; what is pressed meanwhile is answered before anybody notices


class Slices(QObject):
    """Runs pieces of work one after another; each yields where it may pause."""

    ended = Signal()
    """Nothing is left to do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Iterator[None]] = deque()
        self._at_work = False
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether work is under way or waits."""
        return bool(self._waiting)

    def run(self, work: Iterator[None]) -> None:
        """Do this after what was asked for before; what is short is done when this returns, if nothing else waits."""
        self._waiting.append(work)
        if not self._at_work and not self._next.isActive():
            self._go_on()

    def drop(self) -> None:
        """Leave undone what is not done yet."""
        self._waiting.clear()
        self._next.stop()

    def _go_on(self) -> None:
        self._at_work = True
        limit = time.perf_counter() + _SLICE
        try:
            while self._waiting and time.perf_counter() < limit:
                work = self._waiting[0]
                if next(work, self) is self and self._waiting and self._waiting[0] is work:
                    self._waiting.popleft()
        finally:
            self._at_work = False
        if self._waiting:
            self._next.start()
        else:
            self.ended.emit()
