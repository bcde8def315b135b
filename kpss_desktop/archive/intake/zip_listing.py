"""What a ZIP holds, for the preview; nothing is unpacked."""

from __future__ import annotations

from pathlib import Path

from kpss_desktop.archive.intake.zips import Entry as ZipEntry
from kpss_desktop.archive.intake.zips import entries, opened

__all__ = ["ZipEntry", "zip_contents"]


def zip_contents(path: Path) -> tuple[ZipEntry, ...]:
    """The files of a ZIP with their right names and sizes in bytes; raises BadZip, OSError."""
    with opened(path) as packed:
        return entries(packed)
