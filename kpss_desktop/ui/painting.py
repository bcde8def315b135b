"""Workers stand aside while a table is painted.

A table asks Python for each of its cells, and each time it would have to wait until a worker lets the interpreter go:
for a tenth of a second in all, instead of a hundredth.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

_PATIENCE = 0.1  # seconds; a window that paints for longer has other worries than a worker
_free = threading.Event()
_free.set()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """While the window's thread paints inside, whoever works for it waits at his next word of progress."""
    _free.clear()
    try:
        yield
    finally:
        _free.set()


def stand_aside() -> None:
    """Wait while the window paints; from a thread that works for it."""
    if not _free.is_set():
        _free.wait(_PATIENCE)
