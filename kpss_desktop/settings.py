"""What the program remembers between runs, as readable JSON in the user's configuration folder.

A settings file is never a reason not to start: what is missing, broken or of a newer version falls back to its
default, field by field.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs

from kpss_desktop.archive.places import APP_NAME, data_dir
from kpss_desktop.lasting import safe_write

__all__ = ["Settings", "Theme", "data_dir", "load", "save", "settings_path"]

RECENT_LIMIT = 10
SEARCHES_LIMIT = 20

Theme = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the clerk chose.

    `archive` is the folder of the archive opened last, `recent` those opened before, newest first and with it.
    `language` is "cs" or "en", None follows the system. `searches` are those that led somewhere, newest first.
    """

    archive: str | None = None
    recent: tuple[str, ...] = ()
    language: str | None = None
    theme: Theme = "system"
    searches: tuple[str, ...] = ()

    def opened(self, archive: Path) -> Settings:
        """The settings after an archive was opened: it is the last one and the newest of the recent ones."""
        folder = str(archive)
        others = tuple(entry for entry in self.recent if entry != folder)
        return replace(self, archive=folder, recent=(folder, *others)[:RECENT_LIMIT])

    def looked_for(self, text: str) -> Settings:
        """The settings after a search: it is the newest of those that are offered again."""
        others = tuple(entry for entry in self.searches if entry.casefold() != text.casefold())
        return replace(self, searches=(text, *others)[:SEARCHES_LIMIT])

    def forgotten(self, archive: Path) -> Settings:
        """The settings after an archive turned out to be gone."""
        folder = str(archive)
        others = tuple(entry for entry in self.recent if entry != folder)
        return replace(self, archive=None if self.archive == folder else self.archive, recent=others)


def settings_path() -> Path:
    """The settings file; it lies in `KPSS_DATA_DIR` when that is set."""
    chosen = os.environ.get("KPSS_DATA_DIR")
    folder = Path(chosen) if chosen else Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))
    return folder / "settings.json"


def load() -> Settings:
    """Read the settings; never raises for anything that a file or a disk can do."""
    try:
        found = json.loads(settings_path().read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    return Settings(**{field.name: _accepted(field.name, found.get(field.name)) for field in fields(Settings)})


def save(settings: Settings) -> None:
    """Replace the settings file as a whole, so that a crash leaves the old one. Raises OSError."""
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n"
    safe_write(settings_path(), text.encode("utf-8", "surrogatepass"))


def _accepted(name: str, value: Any) -> Any:
    """A value as its field may hold it, or the field's default."""
    match name:
        case "archive" if isinstance(value, str) and value:
            return value
        case "recent" if isinstance(value, list):
            return tuple(entry for entry in value if isinstance(entry, str) and entry)[:RECENT_LIMIT]
        case "searches" if isinstance(value, list):
            return tuple(entry for entry in value if isinstance(entry, str) and entry)[:SEARCHES_LIMIT]
        case "language" if value in ("cs", "en"):
            return value
        case "theme" if value in get_args(Theme):
            return value
    return getattr(Settings(), name)
