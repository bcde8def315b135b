"""How far long work is, on the last line of a terminal; nothing where stderr goes elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass

_EVERY = 0.1  # seconds; a terminal over a slow line should not be what the work waits for
_ERASE = "\r\x1b[K"


@dataclass(slots=True)
class Bar:
    """A `Progress` that is drawn over itself and taken away before anything else is printed."""

    _shown: bool = False
    _drawn_at: float = float("-inf")

    def __call__(self, done: int, total: int | None, label: str = "") -> None:
        """Draw how far the work is; Ctrl+C stops it, so this never raises Cancelled."""
        now = time.monotonic()
        if now - self._drawn_at < _EVERY or not sys.stderr.isatty():
            return
        self._drawn_at, self._shown = now, True
        amount = f"{done}/{total}" if total is not None else str(done)
        line = "".join(sign if sign.isprintable() else "?" for sign in f"{amount}  {label}")
        sys.stderr.write(_ERASE + line[: shutil.get_terminal_size().columns - 1])
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away, if there is one."""
        if self._shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
            self._shown = False
