"""The rows of a plan while it is made, and who is told of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from kpss_desktop.archive.intake.plan import IntakeItem

OnItems = Callable[[Sequence[tuple[int, IntakeItem]]], None]
"""Told of rows as they come and as they become clearer: (place in the plan, row); a new row's place is the next one.

It may take its time; the readers go on meanwhile.
"""

_EVERY = 0.1  # seconds between two batches
_TOGETHER = 200  # rows of a batch: the window takes them in well under a tenth of a second


class Rows:
    """The rows so far; whoever listens is told of them in batches."""

    def __init__(self, on_items: OnItems | None = None) -> None:
        self.items: list[IntakeItem] = []
        self._listener = on_items
        self._untold: dict[int, IntakeItem] = {}
        self._told = time.monotonic()

    def add(self, item: IntakeItem) -> None:
        """A new row."""
        self.items.append(item)
        self._note(len(self.items) - 1, item)

    def change(self, place: int, item: IntakeItem) -> None:
        """A row that became clearer."""
        if item != self.items[place]:
            self.items[place] = item
            self._note(place, item)

    def tell(self) -> None:
        """Tell what has not been told."""
        if self._listener is not None and self._untold:
            untold = sorted(self._untold.items())
            for start in range(0, len(untold), _TOGETHER):
                self._listener(untold[start : start + _TOGETHER])
        self._untold.clear()
        self._told = time.monotonic()

    def _note(self, place: int, item: IntakeItem) -> None:
        if self._listener is None:
            return
        self._untold[place] = item
        if len(self._untold) >= _TOGETHER or time.monotonic() - self._told >= _EVERY:
            self.tell()
