"""Copies of record files that sync programs make when two computers wrote at once: "2020 (PC-2).jsonl".

What they say is taken over by id and rev like any other record; then they are put into `.kpss/damaged/`, so that even
what lost can be read there. Forms seen: OneDrive "2020-DESKTOP-AB12", Dropbox and Nextcloud "2020 (conflicted copy
...)" in any language, Syncthing "2020.sync-conflict-...", file managers "2020 (2)".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kpss_desktop import records
from kpss_desktop.archive.placing import group_folders
from kpss_desktop.lasting import rename_new
from kpss_desktop.model import Group
from kpss_desktop.store import SYSTEM, Store

_MARK = re.compile(r" ?\(.+\)|\.sync-conflict.*|-[A-Z0-9][A-Za-z0-9-]{2,}")
_YEAR = re.compile(r"(.*/\d{4})(\D.*)")


@dataclass(frozen=True, slots=True)
class Copy:
    """A record file beside the real one; `shelf` has the real one's name and the copy's content."""

    path: Path
    shelf: records.Shelf


def part(names: Iterable[str], groups: Iterable[Group]) -> tuple[list[str], dict[str, str]]:
    """Names of record files as those of shelves, and those of copies with the shelf that each repeats."""
    folders = group_folders(groups)
    shelves, copies = [], {}
    for name in names:
        original = _original(name, folders)
        if original is None:
            shelves.append(name)
        else:
            copies[name] = original
    return shelves, copies


def _original(name: str, folders: Collection[str]) -> str | None:
    """The shelf whose copy a record file is by its name; None when it is a shelf itself."""
    of_year = _YEAR.fullmatch(name)
    if of_year:
        return of_year[1] if _MARK.fullmatch(of_year[2]) else None
    if "/" in name or name in folders:
        return None
    return next((f for f in folders if name.startswith(f) and _MARK.fullmatch(name[len(f) :])), None)


def find(folder: Path, names: Iterable[str], groups: tuple[Group, ...]) -> list[Copy]:
    """All copies of record files in an archive, the trash's too."""
    _, copies = part(names, groups)
    found = [(records.shelf_path(folder, name), original) for name, original in copies.items()]
    found += [(path, records.TRASH_SHELF) for path in _beside(records.shelf_path(folder, records.TRASH_SHELF))]
    return [Copy(path, records.read_record_file(folder, path, original)) for path, original in found]


def facts_copies(folder: Path) -> list[Path]:
    """Copies of `archive.json`."""
    return list(_beside(records.facts_path(folder)))


def _beside(path: Path) -> Iterator[Path]:
    for other in sorted(path.parent.glob(f"{path.stem}*{path.suffix}")):
        if other != path and _MARK.fullmatch(other.stem[len(path.stem) :]):
            yield other


def put_away(folder: Path, path: Path) -> None:
    """Keep a record file where nobody reads it any more."""
    data = path.read_bytes()
    kept = Store(folder).inside(f"{SYSTEM}/damaged/{path.stem} {hashlib.sha256(data).hexdigest()[:8]}{path.suffix}")
    if kept.exists():
        Store(folder).discard(path.relative_to(folder).as_posix())
    else:
        rename_new(path, kept)
