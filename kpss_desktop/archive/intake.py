"""The first half of the intake: what was dropped becomes a plan, a row for each file. Nothing is written here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive import zips
from kpss_desktop.archive.zips import BadZip, Entry, Refusal
from kpss_desktop.catalogue import documents
from kpss_desktop.czech.folding import normalise
from kpss_desktop.czech.recognise import Context, recognise
from kpss_desktop.model import Certainty, Dated, Group, Kind, Recognition
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_MAX_DEPTH = 5  # ZIPs in ZIPs
_NEIGHBOURS = 40  # names beside a file that may tell its year
_CHUNK = 1 << 20
# What file managers and mail programs leave behind; nobody ever meant to keep it.
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"})


class ItemState(StrEnum):
    """What the archive makes of a dropped file."""

    NEW = "new"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes are: a file, and the places in ZIPs within it that lead to a member."""

    path: Path
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeItem:
    """One row of the review sheet: what was read, and what the clerk makes of it.

    `source` is shown to the clerk ("2019.zip!Zápis.doc"); `refusal` says why the row is REFUSED, or why a ZIP that is
    NEW is taken whole instead of what it holds; `joins` are groups that a duplicate adds to the document it
    repeats; `new_groups` are names of groups to be made on filing; `take` is the clerk's tick.
    """

    origin: Origin
    source: str
    name: str
    size: int = 0
    sha256: str = ""
    state: ItemState = ItemState.NEW
    refusal: Refusal | None = None
    duplicate_of: str | None = None
    duplicate_item: int | None = None
    recognition: Recognition = field(default_factory=Recognition)
    title: str = ""
    kind: Kind = Kind.OTHER
    groups: tuple[str, ...] = ()
    new_groups: tuple[str, ...] = ()
    dated: Dated | None = None
    joins: tuple[str, ...] = ()
    take: bool = True
    raw_name: bytes | None = None


@dataclass(frozen=True, slots=True)
class IntakePlan:
    """All rows, in the order they were found."""

    items: tuple[IntakeItem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file before anything is read from it."""

    origin: Origin
    source: str
    name: str
    folders: tuple[str, ...]
    archive_name: str | None
    neighbours: tuple[str, ...]
    size: int
    raw_name: bytes | None = None
    refusal: Refusal | None = None
    unopened: Refusal | None = None


def plan_intake(
    archive: Archive,
    paths: Sequence[Path],
    progress: Progress,
    *,
    group: str | None = None,
    year: int | None = None,
) -> IntakePlan:
    """Walk files, folders and ZIPs; recognise; find duplicates. `group` (an id) and `year` are said by the clerk.

    Raises Cancelled; a file that cannot be read is a row that says so.
    """
    groups = documents.load_groups(archive.catalogue.db)
    chosen = Context(year=year, groups=(group,) if group else ())
    items: list[IntakeItem] = []
    first_of: dict[str, int] = {}
    for found in _walk(archive, paths):
        progress(len(items), None, found.name)
        item = _read(found, groups, chosen)
        if item.state is ItemState.NEW:
            item = _compared(archive, item, first_of, len(items), items)
        items.append(item)
    progress(len(items), len(items))
    return IntakePlan(tuple(items))


def _walk(archive: Archive, paths: Iterable[Path]) -> Iterator[_Found]:
    for path in paths:
        root = path.absolute()
        if root.is_dir():
            yield from _walk_folder(archive, root)
        else:
            near = (root.parent.name,) if root.parent.name else ()
            yield from _walk_file(root, root.name, near, _names_in(root.parent))


def _walk_folder(archive: Archive, root: Path) -> Iterator[_Found]:
    for here, folders, names in os.walk(root):
        # An archive dropped into itself, or a folder above it, would take in its own files for ever.
        folders[:] = sorted(name for name in folders if Path(here, name) != archive.folder and not name.startswith("."))
        inside = Path(here).relative_to(root)
        kept = [name for name in sorted(names) if name.casefold() not in _LITTER and not name.startswith(("~$", "."))]
        for place, name in enumerate(kept):
            near = tuple(kept[max(0, place - _NEIGHBOURS // 2) : place + _NEIGHBOURS // 2])
            shown = PurePosixPath(root.name, inside.as_posix(), name).as_posix()
            yield from _walk_file(Path(here, name), shown, (root.name, *inside.parts), near)


def _names_in(folder: Path) -> tuple[str, ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(entry.name for _, entry in zip(range(_NEIGHBOURS), entries, strict=False))
    except OSError:
        return ()


def _walk_file(path: Path, source: str, folders: tuple[str, ...], neighbours: tuple[str, ...]) -> Iterator[_Found]:
    name, raw = zips.readable(path.name)
    try:
        size = path.stat().st_size
        refusal = None if path.is_file() else Refusal.UNREADABLE
    except OSError:
        size, refusal = 0, Refusal.UNREADABLE
    shown = "/".join(_said(part) for part in source.split("/"))
    places = tuple(_said(folder) for folder in folders)
    found = _Found(Origin(path), shown, normalise(name), places, None, neighbours, size, raw, refusal)
    if refusal is None and path.suffix.casefold() == ".zip" and zips.is_zip(path):
        yield from _walk_zip(found)
    else:
        yield found


def _said(name: str) -> str:
    return normalise(zips.readable(name)[0])


def _walk_zip(packed: _Found) -> Iterator[_Found]:
    """The members of a ZIP. The ZIP itself comes last, when it must be kept: a year's, or one not wholly taken."""
    whole = True
    try:
        with zips.member(packed.origin.path, packed.origin.members) as stream, zips.opened(stream) as opened:
            inside = zips.entries(opened)
    except (BadZip, OSError) as error:
        # What cannot be looked into is still a file of the clerk's.
        yield replace(packed, unopened=error.refusal if isinstance(error, BadZip) else Refusal.UNREADABLE)
        return
    names = [PurePosixPath(entry.name).name for entry in inside]
    for place, entry in enumerate(inside):
        near = tuple(names[max(0, place - _NEIGHBOURS // 2) : place + _NEIGHBOURS // 2])
        found = _member(packed, entry, near)
        whole &= found.refusal is None
        is_inner = found.refusal is None and found.name.casefold().endswith(".zip")
        if is_inner and len(found.origin.members) < _MAX_DEPTH:
            yield from _walk_zip(found)
        elif found.name.casefold() not in _LITTER and "__MACOSX" not in found.folders:
            yield found
    if not whole or not inside or _is_year_zip(packed.name):
        yield packed


def _member(packed: _Found, entry: Entry, neighbours: tuple[str, ...]) -> _Found:
    path = PurePosixPath(normalise(entry.name))
    return _Found(
        Origin(packed.origin.path, (*packed.origin.members, entry.index)),
        f"{packed.source}!{path}",
        path.name,
        path.parts[:-1] or packed.folders,
        packed.name,
        neighbours,
        entry.size,
        entry.raw,
        entry.refusal,
    )


def _is_year_zip(name: str) -> bool:
    kind = recognise(name, groups=()).kind
    return kind is not None and kind.value is Kind.YEAR_ZIP


def _read(found: _Found, groups: Sequence[Group], chosen: Context) -> IntakeItem:
    """A row with the digest and everything that the name and its surroundings say."""
    item = IntakeItem(found.origin, found.source, found.name, found.size, raw_name=found.raw_name)
    refusal, digest = found.refusal, ""
    if refusal is None:
        try:
            digest = _digest(found.origin)
        except BadZip as error:
            refusal = error.refusal
        except OSError:
            refusal = Refusal.UNREADABLE
    context = replace(chosen, folders=found.folders, archive_name=found.archive_name, neighbours=found.neighbours)
    seen = recognise(found.name, groups=groups, context=context)
    return replace(
        item,
        sha256=digest,
        state=ItemState.NEW if refusal is None else ItemState.REFUSED,
        refusal=refusal or found.unopened,
        take=refusal is None,
        recognition=seen,
        title=PurePosixPath(found.name).stem,
        kind=seen.kind.value if seen.kind else Kind.OTHER,
        groups=seen.groups.value if seen.groups and seen.groups.certainty is not Certainty.UNCERTAIN else (),
        new_groups=seen.proposed,
        dated=Dated(seen.date.value, seen.date.source, seen.date.certainty) if seen.date else None,
    )


def _digest(origin: Origin) -> str:
    digest = hashlib.sha256()
    with zips.member(origin.path, origin.members) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _compared(
    archive: Archive, item: IntakeItem, first_of: dict[str, int], place: int, items: Sequence[IntakeItem]
) -> IntakeItem:
    """Mark a row whose bytes are in the archive or came earlier in this drop; a copy may bring its own group."""
    if item.sha256 in first_of:
        first = items[first_of[item.sha256]]
        joins = tuple(group for group in item.groups if group not in first.groups + first.joins)
        return replace(
            item, state=ItemState.DUPLICATE, duplicate_item=first_of[item.sha256],
            duplicate_of=first.duplicate_of, joins=joins, take=bool(joins),
        )  # fmt: skip
    first_of[item.sha256] = place
    found = documents.load_documents(
        archive.catalogue.db, documents.by_digest(archive.catalogue.db, [item.sha256]).values()
    )
    if not found or found[0].trashed:
        return item
    joins = tuple(group for group in item.groups if group not in found[0].groups)
    return replace(item, state=ItemState.DUPLICATE, duplicate_of=found[0].id, joins=joins, take=bool(joins))
