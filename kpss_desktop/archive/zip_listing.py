"""What a ZIP holds, for the preview; nothing is unpacked."""

from __future__ import annotations

from pathlib import Path

from kpss_desktop.archive.zips import BadZip, Entry, entries, opened

__all__ = ["BadZip", "Entry", "zip_contents"]


def zip_contents(path: Path) -> tuple[Entry, ...]:
    """The files of a ZIP with their right names and sizes in bytes; raises BadZip, OSError."""
    with opened(path) as packed:
        return entries(packed)
