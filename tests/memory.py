"""Where files come and go fastest: in memory. What the tests try does not depend on the disk, only their time does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # of Linux
_ROOM = 3 << 30  # bytes free, so that two worlds of the greediest tests fit


def folder_in_memory() -> Path | None:
    """A folder that lies in memory and has room; None where there is none, as in most containers."""
    is_good = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if is_good else None
