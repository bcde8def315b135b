"""From what was seen to what happened: a file that is missing here and lies there was moved, not lost.

Files are recognised by their digests, whatever they are called by now. Each finding names its possible repairs, the
one that most likely says what the clerk meant first; none of them loses anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.lasting import digest_of
from kpss_desktop.model import Document
from kpss_desktop.safe_names import MAX_PATH, path_key, safe_name
from kpss_desktop.store import SYSTEM, TRASH

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

UNREADABLE, ONLINE_ONLY, MISSING = "!", "~", ""  # instead of the digest of a file


class Trouble(StrEnum):
    """What can be wrong."""

    MISSING = "missing"  # a row without its file
    CHANGED = "changed"  # a file that is not what was filed
    MOVED = "moved"  # a file that lies elsewhere by now, told by its digest; `other` says where
    UNREADABLE = "unreadable"  # a file that the system does not give
    ONLINE_ONLY = "online_only"  # a file that a sync program keeps elsewhere
    ORPHANED = "orphaned"  # a file that no row knows; `other` is a filed one with the same content
    RECORD = "record"  # a record file that says something else than the catalogue, or cannot be understood
    CONFLICT = "conflict"  # a sync program's copy of a record file, which the next writer takes over
    DIVERGED = "diverged"  # two computers changed a document at once; `versions` has it as here, and the other one
    INDEX = "index"  # the full text does not agree with the texts
    CATALOGUE = "catalogue"  # the database says of itself that it is damaged


class Repair(StrEnum):
    """What can be done about it."""

    RELINK = "relink"  # the file may lie where it lies now
    PUT_BACK = "put_back"  # the file goes back to where it was filed
    NEW_VERSION = "new_version"  # the content is right as it is now; the former digest is noted
    RESTORE = "restore"  # the filed content comes back from a backup; what is there now is kept aside
    TAKE_IN = "take_in"  # the file becomes a document
    PUT_AWAY = "put_away"  # a copy of a filed document goes to the archive's trash
    TRASH_ROW = "trash_row"  # what is known of the lost file goes to the trash
    KEEP_THIS = "keep_this"  # the document stays as it is here; the other version is kept aside
    TAKE_OTHER = "take_other"  # the document becomes what the other version says; this one is kept aside
    REWRITE = "rewrite"  # the record file is written from the catalogue
    REINDEX = "reindex"  # the full text is made anew


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not well; paths are relative to the archive folder. `repairs` begins with the likeliest."""

    kind: Trouble
    path: str
    other: str = ""
    document_id: str = ""
    repairs: tuple[Repair, ...] = ()
    versions: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A file as the catalogue knows it; `size` in bytes."""

    document_id: str
    path: str
    sha256: str
    size: int


@dataclass(slots=True)
class Seen:
    """What a look at the folder found: state of each bad path, files no row knows, losses known before."""

    rows: list[Row]
    bad: dict[str, str]
    strays: list[str]
    gone: Collection[str]


@dataclass(slots=True)
class _Trace:
    archive: Archive
    seen: Seen
    digests: dict[str, str] = field(default_factory=dict)  # of strays, and of what lies at changed paths
    claimed: dict[str, str] = field(default_factory=dict)  # path of a row to where its content lies
    findings: list[Finding] = field(default_factory=list)


def trace(archive: Archive, seen: Seen) -> list[Finding]:
    """Findings about files: each bad row and each stray is explained by exactly one."""
    work = _Trace(archive, seen)
    for path in seen.strays:
        work.digests[path] = _digest(archive, path)
    work.digests |= {path: state for path, state in seen.bad.items() if len(state) == 64}
    bad_rows = [row for row in seen.rows if row.path in seen.bad]
    _claim(work, bad_rows)
    for row in bad_rows:
        _explain_row(work, row)
    _explain_strays(work)
    return work.findings


def _digest(archive: Archive, path: str) -> str:
    place = archive.folder / path
    try:
        return UNREADABLE if place.is_symlink() else digest_of(place)
    except OSError:
        return UNREADABLE


def _claim(work: _Trace, bad_rows: list[Row]) -> None:
    """Find for each bad row the place where its content lies now; each place serves one row."""
    lying: dict[str, list[str]] = defaultdict(list)
    for path, digest in work.digests.items():
        lying[digest].append(path)
    if any(work.seen.bad[row.path] == MISSING for row in bad_rows):
        for path, digest in _kept(work, {row.size for row in bad_rows}).items():
            lying[digest].append(path)
    for row in bad_rows:
        name = PurePosixPath(row.path)
        # Of several copies the one in the same folder, or of the same name, is the likeliest.
        lying[row.sha256].sort(key=lambda path: (PurePosixPath(path).name != name.name, path), reverse=True)
        if lying[row.sha256] and row.path not in work.seen.gone:
            work.claimed[row.path] = lying[row.sha256].pop()


def _kept(work: _Trace, sizes: Collection[int]) -> Mapping[str, str]:
    """Digests of files in the archive's trash that no row knows, of these sizes only."""
    known = {row.path for row in work.seen.rows}
    found = {}
    for place in sorted((work.archive.folder / TRASH).glob("*/*")):
        path = place.relative_to(work.archive.folder).as_posix()
        if path not in known and place.is_file() and place.stat().st_size in sizes:
            found[path] = _digest(work.archive, path)
    return found


def _explain_row(work: _Trace, row: Row) -> None:
    state, other = work.seen.bad[row.path], work.claimed.get(row.path, "")
    if other:
        repairs = (Repair.RELINK, Repair.PUT_BACK) if _may_stay(work, other) else (Repair.PUT_BACK,)
        finding = Finding(Trouble.MOVED, row.path, other, row.document_id, repairs)
    elif state == MISSING:
        if row.path in work.seen.gone:
            return
        finding = Finding(
            Trouble.MISSING, row.path, document_id=row.document_id, repairs=(Repair.TRASH_ROW, Repair.RESTORE)
        )
    elif state in (UNREADABLE, ONLINE_ONLY):
        kind = Trouble.UNREADABLE if state == UNREADABLE else Trouble.ONLINE_ONLY
        finding = Finding(kind, row.path, document_id=row.document_id)
    else:
        finding = Finding(
            Trouble.CHANGED, row.path, document_id=row.document_id, repairs=(Repair.NEW_VERSION, Repair.RESTORE)
        )
    work.findings.append(finding)


def _may_stay(work: _Trace, path: str) -> bool:
    """Whether a row may have this path: safe on every system, and no good row's but for its letters' case."""
    parts = PurePosixPath(path).parts
    if parts[0] == SYSTEM or len(path.encode("utf-16-le", "surrogatepass")) // 2 > MAX_PATH:
        return False
    if any(safe_name(part) != part for part in parts):
        return False
    others = {path_key(row.path) for row in work.seen.rows if row.path not in work.claimed}
    return path_key(path) not in others


def _explain_strays(work: _Trace) -> None:
    """Files that no row knows, and those that lie where a row's file was before it moved."""
    taken = set(work.claimed.values())
    good = {row.sha256: row.path for row in work.seen.rows if row.path not in work.seen.bad}
    displacing = [path for path in work.claimed if path in work.digests]
    for path in [*work.seen.strays, *displacing]:
        if path in taken:
            continue
        digest = work.digests[path]
        repairs: tuple[Repair, ...] = (Repair.TAKE_IN,)
        if digest == UNREADABLE or (digest in good and _is_one_file(work, path, good[digest])):
            repairs = ()
        elif digest in good:
            repairs = (Repair.PUT_AWAY, Repair.TAKE_IN)
        work.findings.append(Finding(Trouble.ORPHANED, path, good.get(digest, ""), repairs=repairs))


def _is_one_file(work: _Trace, path: str, filed: str) -> bool:
    """Whether a stray is the filed file itself under another of its names, so that there is no copy to put away."""
    one, other = work.archive.folder / path, work.archive.folder / filed
    try:
        return one.samefile(other) and one.stat().st_nlink == 1
    except OSError:  # it has gone meanwhile, and nothing is to be put away
        return True
