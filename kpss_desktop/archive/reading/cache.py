"""Previews that were made once, by the document's digest. They can be made again, so they may not grow for ever."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.lasting import safe_write

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

LARGEST = 500_000_000
"""Bytes of one archive's previews; the older half goes when there are more."""

_LOOK_EVERY = 50  # previews between two looks at the size of all
_since_a_look: dict[Path, int] = {}


def folder(archive: Archive) -> Path:
    """Where this computer keeps the previews of an archive."""
    return archive.data / "cache"


def get(path: Path) -> bytes | None:
    """What is kept at a path, now the last to go; None when there is nothing."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    touch(path)
    return data


def touch(path: Path) -> None:
    """Note that a preview was wanted."""
    with contextlib.suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def put(archive: Archive, path: Path, data: bytes) -> None:
    """Keep a preview; raises OSError."""
    safe_write(path, data)
    home = folder(archive)
    if _since_a_look.get(home, 0) % _LOOK_EVERY == 0:
        prune(home, LARGEST)
    _since_a_look[home] = _since_a_look.get(home, 0) + 1


def forget(archive: Archive, digests: Iterable[str]) -> None:
    """Have the previews of these files made anew when they are wanted again."""
    for sha256 in digests:
        for path in folder(archive).glob(f"*/{sha256}*"):
            path.unlink(missing_ok=True)


def prune(home: Path, largest: int) -> None:
    """When all previews together are larger than `largest` bytes, remove those unwanted longest, down to half of it."""
    found = []
    for path in home.rglob("*"):
        with contextlib.suppress(OSError):
            told = path.stat()
            if path.is_file():
                found.append((told.st_atime_ns, told.st_size, path))
    total = sum(size for _, size, _ in found)
    if total <= largest:
        return
    for _, size, path in sorted(found):
        if total <= largest // 2:
            return
        with contextlib.suppress(OSError):  # another window may be showing it
            path.unlink()
            total -= size
