"""Where this computer keeps its own side of an archive."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

APP_NAME = "KPSS Desktop"


def data_dir() -> Path:
    """The folder of this computer's catalogues and caches; `KPSS_DATA_DIR` replaces it. It may not exist yet."""
    chosen = os.environ.get("KPSS_DATA_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def archive_data(archive_id: str, folder: Path) -> Path:
    """This computer's folder for one archive at one place.

    The place counts too: a copy of an archive has the same id, but its catalogue and its undo are its own.
    """
    place = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
    return data_dir() / "archives" / archive_id / place
