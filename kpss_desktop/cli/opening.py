"""Opening the archive that a verb is about."""

from __future__ import annotations

import time
from pathlib import Path

from kpss_desktop import settings
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.errors import ArchiveInUse, NoArchiveChosen, ReadOnlyArchive

_PATIENCE = 3.0  # seconds; another run of the command has mostly ended by then, a window has not
_AGAIN = 0.1


def folder_of(given: Path | None) -> Path:
    """The folder that was named, or the one of the archive opened last in the window; raises NoArchiveChosen."""
    if given is not None:
        return given
    remembered = settings.load().archive
    if remembered is None:
        raise NoArchiveChosen
    return Path(remembered)


def opened_to_change(folder: Path) -> Archive:
    """The archive as its writer; another writer is waited for a little, so scripts may run side by side."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return open_archive(folder)
        except ArchiveInUse:
            if time.monotonic() > deadline:
                raise
        time.sleep(_AGAIN)


def opened_to_read(folder: Path) -> Archive:
    """As the writer where that is possible, so that what was interrupted is finished first."""
    try:
        return open_archive(folder)
    except (ArchiveInUse, ReadOnlyArchive):
        return open_archive(folder, writable=False)
