"""Looking whether all is well: every file against its digest, every row against its file, records, index, database.

It first finishes what an interrupted run left; it repairs nothing else and deletes nothing. What it finds says how it
can be repaired (`repair`). It can be stopped and resumed, also after a restart; the last result is remembered.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.archive.sharing import conflicts, divergence, opening, presence
from kpss_desktop.archive.trust import keeping, quiet
from kpss_desktop.archive.trust.tracing import Finding, Repair, Row, Seen, Trouble, trace
from kpss_desktop.catalogue import documents, following
from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.catalogue.index_check import is_index_right
from kpss_desktop.errors import DamagedCatalogue, UnsafePath
from kpss_desktop.lasting import digest_of
from kpss_desktop.progress import Progress
from kpss_desktop.safe_names import path_key
from kpss_desktop.store import STAGING, SYSTEM

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

__all__ = ["Finding", "Repair", "Trouble", "Verified", "last", "verify"]

_LAST, _AT, _GONE = "verify.last", "verify.at", "verify.gone"
_REMEMBERED_EVERY = 2.0  # seconds
# Windows: FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS (winnt.h). Reading would fetch the file.
_ONLINE_ONLY = 0x1000 | 0x40000 | 0x400000


@dataclass(frozen=True, slots=True)
class Verified:
    """A verification that came to its end: `at` is local time, ISO 8601; the troubles by their stable names."""

    at: str
    files: int
    troubles: dict[str, int]

    @property
    def amount(self) -> int:
        """How many things were not well."""
        return sum(self.troubles.values())


@dataclass(slots=True)
class _Round:
    """How far a verification is: the last path looked at, and what was not well up to there."""

    path: str = ""
    bad: dict[str, str] = field(default_factory=dict)  # path to digest, "" missing, "!" unreadable, "~" online only


def verify(archive: Archive, progress: Progress, *, resume: bool = False) -> list[Finding]:
    """Everything that is not well, in order of the paths; an empty list is good news.

    A session may verify while another one edits: what was seen amiss is looked at once more when nothing is on its way.
    With `resume` files that a stopped verification has looked at are not looked at again.
    Raises Cancelled, ArchiveGone.
    """
    if not archive.is_session:
        # Beside somebody else's intake this would clear the staging under its hands.
        opening.follow(archive)
    with presence.at_hand(archive):
        rows = _rows(archive)
        bad = _look_at_files(archive, rows, progress, resume=resume)
        strays = _strays(archive, _rows(archive), archive.store.walk())

        def ask() -> None:
            progress(len(rows), len(rows))

        findings = quiet.quietly(archive, lambda: _confirmed(archive, bad, strays), ask)
    findings += _catalogue(archive, ask)
    _remember(archive, len(rows), findings)
    return sorted(findings, key=lambda finding: (finding.path, finding.kind))


def _confirmed(archive: Archive, bad: Collection[str], strays: Sequence[str]) -> list[Finding]:
    """What is amiss now, of what was seen amiss on the long way round."""
    rows = _rows(archive)
    states = {row.path: state for row in rows if row.path in bad and (state := _state_of(archive, row)) != row.sha256}
    there = [path for path in strays if not archive.store.is_free(path)]
    seen = Seen(rows, states, _strays(archive, rows, there), _gone(archive))
    return trace(archive, seen) + _staged(archive) + _records(archive) + _diverged(archive)


def _rows(archive: Archive) -> list[Row]:
    return [Row(*row) for row in documents.all_files(archive.catalogue.db)]


def last(archive: Archive) -> Verified | None:
    """The last verification on this computer that came to its end."""
    found = archive.catalogue.fact(_LAST)
    return Verified(**json.loads(found)) if found else None


def accept_gone(archive: Archive, paths: list[str]) -> None:
    """Report these files of the trash no more: they are known to be lost, and their rows are kept."""
    archive.catalogue.remember(_GONE, json.dumps(sorted(_gone(archive) | set(paths))))


def _gone(archive: Archive) -> frozenset[str]:
    return frozenset(json.loads(archive.catalogue.fact(_GONE) or "[]"))


def _strays(archive: Archive, rows: list[Row], paths: Iterable[str]) -> list[str]:
    """Those of the files that no row knows; one that the disk only writes with other letters is known."""
    known = {row.path for row in rows}
    filed = {path_key(row.path): row.path for row in rows}
    return [path for path in paths if path not in known and not _is_same(archive, path, filed.get(path_key(path)))]


def _is_same(archive: Archive, path: str, filed: str | None) -> bool:
    if filed is None:
        return False
    try:
        return archive.store.is_respelt(path, filed)
    except (OSError, UnsafePath):
        return False


def _look_at_files(archive: Archive, rows: list[Row], progress: Progress, *, resume: bool) -> dict[str, str]:
    begun = archive.catalogue.fact(_AT) if resume else None
    at = _Round(**json.loads(begun)) if begun else _Round()
    remembered = time.monotonic()
    for number, row in enumerate(rows):
        if at.path and row.path <= at.path:
            continue
        progress(number, len(rows), PurePosixPath(row.path).name)
        state = _state_of(archive, row)
        if state != row.sha256:
            at.bad[row.path] = state
        at.path = row.path
        if time.monotonic() - remembered > _REMEMBERED_EVERY:
            with contextlib.suppress(TimeoutError):  # somebody writes for long, and it only saves time
                archive.catalogue.remember(_AT, json.dumps(asdict(at)))
            remembered = time.monotonic()
    progress(len(rows), len(rows))
    archive.catalogue.remember(_AT, "")
    return at.bad


def _state_of(archive: Archive, row: Row) -> str:
    try:
        path = archive.store.inside(row.path)
        return "~" if is_online_only(path) else digest_of(path)
    except FileNotFoundError:
        return ""
    except (OSError, UnsafePath):
        if not presence.is_there(archive.folder):
            raise
        return "!"


def is_online_only(path: Path) -> bool:
    """Whether a sync program holds only the name here and the content elsewhere; raises OSError."""
    return bool(getattr(path.stat(), "st_file_attributes", 0) & _ONLINE_ONLY)


def _staged(archive: Archive) -> list[Finding]:
    """Copies in staging that nobody waits for; only the writer can say so, and no session beside an intake."""
    if not archive.writable or archive.is_session or not archive.store.staging.is_dir():
        return []
    return [Finding(Trouble.ORPHANED, f"{STAGING}/{path.name}") for path in archive.store.staging.iterdir()]


def _records(archive: Archive) -> list[Finding]:
    folder, known = archive.folder, following.known_record_files(archive.catalogue.db)
    found = []
    for shelf, digest in known.items():
        if shelf == following.ARCHIVE_FACTS:
            continue
        path = records.shelf_path(folder, shelf)
        if records.shelf_digest(folder, shelf) != digest or records.read_shelf(folder, shelf).bad_lines:
            found.append(Finding(Trouble.RECORD, path.relative_to(folder).as_posix(), repairs=(Repair.REWRITE,)))
    _, copies = conflicts.part(records.shelf_names(folder), records.read_facts(folder).groups)
    found += [Finding(Trouble.CONFLICT, f"{SYSTEM}/records/{name}.jsonl") for name in copies]
    return found


def _diverged(archive: Archive) -> list[Finding]:
    repairs = (Repair.KEEP_THIS, Repair.TAKE_OTHER)
    return [
        Finding(Trouble.DIVERGED, here.file.path, path, here.id, repairs, (here, other))
        for path, here, other in divergence.kept(archive)
    ]


def _catalogue(archive: Archive, ask: Callable[[], None]) -> list[Finding]:
    """The database's own checks, made on a copy: they take their time, and nobody could write meanwhile."""
    name = archive.catalogue.path.name
    try:
        with (
            keeping.copied(archive.catalogue, archive.data, ask) as path,
            Catalogue(path, archive.catalogue.language, archive.catalogue.collation) as copy,
        ):
            if not copy.is_whole():
                return [Finding(Trouble.CATALOGUE, name)]
            if not is_index_right(copy.db):
                return [Finding(Trouble.INDEX, name, repairs=(Repair.REINDEX,))]
    except DamagedCatalogue:
        return [Finding(Trouble.CATALOGUE, name)]
    return []


def _remember(archive: Archive, files: int, findings: list[Finding]) -> None:
    troubles: dict[str, int] = {}
    for finding in findings:
        troubles[finding.kind] = troubles.get(finding.kind, 0) + 1
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    archive.catalogue.remember(_LAST, json.dumps(asdict(Verified(now, files, troubles))))
