"""Looking whether all is well: every file against its digest, every row against its file, every record against its row.

It first finishes what an interrupted run left; it repairs nothing else and deletes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.archive import opening
from kpss_desktop.catalogue import documents, following
from kpss_desktop.progress import Progress
from kpss_desktop.store import SYSTEM, digest_of

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


class Trouble(StrEnum):
    """What can be wrong."""

    MISSING = "missing"  # a row without its file
    CHANGED = "changed"  # a file that is not what was filed
    UNREADABLE = "unreadable"  # a file that the system does not give
    ORPHANED = "orphaned"  # a file that no row knows
    RECORD = "record"  # a record file that says something else than the catalogue, or cannot be understood
    CATALOGUE = "catalogue"  # the database says of itself that it is damaged


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not well; `path` is relative to the archive folder."""

    kind: Trouble
    path: str


def verify(archive: Archive, progress: Progress) -> list[Finding]:
    """Everything that is not well, in order of the paths; an empty list is good news. Raises Cancelled."""
    opening.follow(archive)
    findings = _files(archive, progress) + _strays(archive) + _records(archive)
    if not archive.catalogue.is_whole():
        findings.append(Finding(Trouble.CATALOGUE, archive.catalogue.path.name))
    return sorted(findings, key=lambda finding: (finding.path, finding.kind))


def _files(archive: Archive, progress: Progress) -> list[Finding]:
    found = []
    known = list(documents.all_files(archive.catalogue.db))
    for number, (_, path, sha256, _) in enumerate(known):
        progress(number, len(known), PurePosixPath(path).name)
        try:
            if digest_of(archive.store.inside(path)) != sha256:
                found.append(Finding(Trouble.CHANGED, path))
        except FileNotFoundError:
            found.append(Finding(Trouble.MISSING, path))
        except OSError:
            found.append(Finding(Trouble.UNREADABLE, path))
    progress(len(known), len(known))
    return found


def _strays(archive: Archive) -> list[Finding]:
    """Files in the readable folders, and copies in staging, that no row knows."""
    known = {path for _, path, _, _ in documents.all_files(archive.catalogue.db)}
    strays = [path for path in archive.store.walk() if path not in known]
    if archive.writable and archive.store.staging.is_dir():
        strays += [f"{SYSTEM}/staging/{path.name}" for path in archive.store.staging.iterdir()]
    return [Finding(Trouble.ORPHANED, path) for path in strays]


def _records(archive: Archive) -> list[Finding]:
    known = following.known_record_files(archive.catalogue.db)
    found = []
    for shelf, digest in known.items():
        if shelf == following.ARCHIVE_FACTS:
            continue
        path = records.shelf_path(archive.folder, shelf)
        if records.shelf_digest(archive.folder, shelf) != digest or records.read_shelf(archive.folder, shelf).bad_lines:
            found.append(Finding(Trouble.RECORD, path.relative_to(archive.folder).as_posix()))
    return found
