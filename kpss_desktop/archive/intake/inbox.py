"""Příchozí: a folder that is looked at every while, and what lies in it is offered. Nothing in it is ever changed.

It is polled, for a network drive tells nobody that a file came. A file counts as there when two looks in a row found
the same size and time, so that one that is still being copied is left alone.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpss_desktop.archive.intake.doubts import doubts
from kpss_desktop.archive.intake.filing import Filed, IntakeReport, file_intake
from kpss_desktop.archive.intake.plan import ItemState
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.intake.walking import is_litter
from kpss_desktop.folders import walk
from kpss_desktop.lasting import safe_write
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_FILE = "inbox.json"
_PARTIAL = (".part", ".crdownload", ".tmp", ".partial")  # what is still being written by those who say so
_MOST = 50_000  # files that are looked at

Mark = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds: the same mark is the same file."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The clerk's choice, and what she has been offered before, by path below the folder.

    `folder` None: there is none. `files_itself`: what is sure is filed without asking.
    """

    folder: Path | None = None
    files_itself: bool = False
    settled: dict[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: files that are there, how many are still being copied, and what could not be looked at."""

    ready: tuple[Path, ...] = ()
    coming: int = 0
    troubles: tuple[tuple[Path, OSError], ...] = ()


def load(archive: Archive) -> Inbox:
    """The archive's inbox on this computer; a file that makes no sense is none."""
    try:
        found = json.loads((archive.data / _FILE).read_text(encoding="utf-8"))
        settled = {str(name): (int(mark[0]), int(mark[1])) for name, mark in found["settled"].items()}
        folder = found["folder"]
        return Inbox(Path(folder) if folder else None, bool(found["files_itself"]), settled)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Inbox()


def save(archive: Archive, inbox: Inbox) -> None:
    """Remember it for this computer; raises OSError."""
    told: dict[str, Any] = {
        "folder": str(inbox.folder) if inbox.folder else None,
        "files_itself": inbox.files_itself,
        "settled": inbox.settled,
    }
    safe_write(archive.data / _FILE, json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogateescape"))


class Watch:
    """Remembers what the last look saw; for one inbox and one thread at a time."""

    def __init__(self) -> None:
        self._seen: dict[str, Mark] = {}

    def look(self, inbox: Inbox) -> Look:
        """What is new since it was last settled. A folder that is not there is a trouble, not an error."""
        if inbox.folder is None:
            return Look()
        now: dict[str, Mark] = {}
        troubles: list[tuple[Path, OSError]] = []
        for path in _files(inbox.folder, troubles):
            try:
                now[_name(inbox.folder, path)] = _mark(path)
            except OSError as error:
                troubles.append((path, error))
        fresh = {name: mark for name, mark in now.items() if inbox.settled.get(name) != mark}
        ready = [name for name, mark in fresh.items() if self._seen.get(name) == mark and _is_whole(inbox.folder, name)]
        self._seen = now
        return Look(tuple(inbox.folder / name for name in ready), len(fresh) - len(ready), tuple(troubles))


def settle(archive: Archive, paths: Iterable[Path]) -> None:
    """Offer these files no more, until they change: they were filed, or the clerk has left them out."""
    inbox = load(archive)
    if inbox.folder is None:
        return
    settled = {name: mark for name, mark in inbox.settled.items() if (inbox.folder / name).exists()}
    for path in paths:
        try:
            settled[_name(inbox.folder, path)] = _mark(path)
        except OSError:
            continue
    save(archive, replace(inbox, settled=settled))


def file_sure(archive: Archive, paths: Iterable[Path], progress: Progress) -> IntakeReport:
    """File what raises no doubt, and settle it; the rest is offered again. Raises Cancelled."""
    chosen = list(paths)
    plan = plan_intake(archive, chosen, progress)
    items = tuple(
        replace(item, take=item.take and not doubts(item) and item.state is not ItemState.SIMILAR)
        for item in plan.items
    )
    report = file_intake(archive, replace(plan, items=items), progress)
    left = {one.item.origin.path for one in report.outcomes if one.state in (Filed.SKIPPED, Filed.FAILED)}
    settle(archive, (path for path in chosen if path.absolute() not in left))
    return report


def _files(folder: Path, troubles: list[tuple[Path, OSError]]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        troubles.append((Path(error.filename or folder), error))

    number = 0
    for here, folders, names in walk(folder, note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not is_litter(name) and not name.casefold().endswith(_PARTIAL):
                number += 1
                if number > _MOST:
                    return
                yield here / name


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _mark(path: Path) -> Mark:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _is_whole(folder: Path, name: str) -> bool:
    """Whether nobody keeps the file to himself, as Windows lets one do who is still copying it.

    A file that cannot be read at all is offered, so that the review says why. What is no file at all is not even
    opened: a pipe would wait for ever.
    """
    path = folder / name
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return True
        with path.open("rb") as handle:
            handle.read(1)
    except FileNotFoundError:
        return False
    except PermissionError:
        return os.name != "nt"
    except OSError:
        return True
    return True
