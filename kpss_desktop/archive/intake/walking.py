"""Finds the files of a drop: in folders, in ZIPs however deep, in letters. Only names and sizes are looked at."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Self

from kpss_desktop.archive.intake import zip_names, zips
from kpss_desktop.archive.intake.members import Members
from kpss_desktop.archive.intake.plan import Origin
from kpss_desktop.archive.intake.zips import BadZip, Entry, Refusal
from kpss_desktop.czech.context import Context
from kpss_desktop.czech.folding import normalise
from kpss_desktop.czech.recognise import recognise
from kpss_desktop.folders import is_link, walk
from kpss_desktop.model import Kind, PartialDate

_MAX_DEPTH = 5  # ZIPs in ZIPs
_MAX_OPENED = 500  # ZIPs and letters inside one dropped file that are looked into
_MAX_ENTRIES = 100_000  # of all of them together
_MAX_RATIO, _ALWAYS = 100, 500_000_000  # what one dropped file may unpack to: so many times its size, or these bytes
_NEIGHBOURS = 40  # names beside a file that may tell its year
_SHARED = 20  # files side by side that have the same neighbours, so that these need be told only once
LETTERS = (".eml", ".msg")
# What file managers and mail programs leave behind; nobody ever meant to keep it.
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file before anything is read from it.

    `unopened` says why a ZIP is taken whole instead of what it holds.
    """

    origin: Origin
    source: str
    name: str
    context: Context
    size: int
    raw_name: bytes | None = None
    refusal: Refusal | None = None
    unopened: Refusal | None = None


@dataclass(slots=True)
class _Allowance:
    """What may still be taken out of one dropped file, however its ZIPs lie in each other.

    Each ZIP alone may be harmless: it is their product that fills a disk, or keeps us busy for days.
    """

    unpacked: int
    opened: int = _MAX_OPENED
    entries: int = _MAX_ENTRIES

    @classmethod
    def of(cls, size: int) -> Self:
        """What may be taken out of a dropped file of `size` bytes."""
        return cls(max(_ALWAYS, _MAX_RATIO * size))

    def refuses(self, entry: Entry) -> Refusal | None:
        """Count a member; why it may not be taken."""
        self.entries -= 1
        if self.entries < 0:
            return Refusal.TOO_MANY
        if entry.refusal is None and entry.size > self.unpacked:
            return Refusal.BOMB
        self.unpacked -= 0 if entry.refusal else entry.size
        return entry.refusal

    def may_open(self, depth: int) -> Refusal | None:
        """Count a ZIP or letter at this depth; why it may not be looked into."""
        self.opened -= 1
        if depth > _MAX_DEPTH:
            return Refusal.TOO_DEEP
        return None if self.opened >= 0 and self.entries > 0 else Refusal.TOO_MANY


@dataclass(frozen=True, slots=True)
class Walk:
    """How a drop is walked: not into `spared`, with these passwords, and with the clerk's word on encodings.

    `encodings` are by the source of a ZIP as it is shown ("drive/a.zip!inner.zip"). `wrappings` fill with the ZIPs that
    need not be kept, as long as all that they hold can be taken.
    """

    spared: Path
    passwords: Sequence[str] = ()
    encodings: Mapping[str, str] = field(default_factory=dict)
    wrappings: dict[Origin, Found] = field(default_factory=dict)

    def files(self, paths: Iterable[Path]) -> Iterator[Found]:
        """Every file below the paths; one that cannot be reached is told with its refusal."""
        with Members() as members:
            for path in paths:
                root = path.absolute()
                if root.is_dir():
                    yield from self._folder(members, root)
                else:
                    folders = (_said(root.parent.name),) if root.parent.name else ()
                    context = Context(folders, None, _names_in(root.parent))
                    yield from self._file(members, root, _said(root.name), context, is_own_choice=True)

    def _folder(self, members: Members, root: Path) -> Iterator[Found]:
        closed: list[OSError] = []
        for here, folders, names in walk(root, closed.append):
            # An archive dropped into itself, or a folder above it, would take in its own files for ever.
            folders[:] = sorted(name for name in folders if here / name != self.spared and not name.startswith("."))
            lay = _lay(root, here)
            kept = [name for name in sorted(names) if not is_litter(name)]
            links = [name for name in folders if is_link(here / name)]
            for place, name in enumerate(kept + links):
                context = Context(lay, None, _near(kept, place))
                yield from self._file(members, here / name, _shown(*lay, _said(name)), context)
        for error in closed:
            path = Path(error.filename)
            lay = _lay(root, path)
            yield from self._file(members, path, _shown(*lay), Context(lay[:-1] or lay), is_own_choice=path == root)

    def _file(
        self, members: Members, path: Path, shown: str, context: Context, *, is_own_choice: bool = False
    ) -> Iterator[Found]:
        name, raw = zip_names.readable(path.name)
        size, refusal = _looked_at(path, is_own_choice=is_own_choice)
        found = Found(Origin(path), shown, normalise(name), context, size, raw, refusal)
        suffix = path.suffix.casefold()
        if refusal is None and suffix == ".zip" and zips.is_zip(path):
            yield from self._zip(members, found, _Allowance.of(size))
        elif refusal is None and suffix in LETTERS:
            yield from self._letter(members, found, _Allowance.of(size))
        else:
            yield found

    def _zip(self, members: Members, packed: Found, allowance: _Allowance) -> Iterator[Found]:
        """The members of a ZIP. The ZIP itself comes last, when it must be kept: a year's, or one not wholly taken."""
        whole = True
        encoding = self.encodings.get(packed.source, "")
        try:
            inside, password = members.entries(packed.origin, encoding, self.passwords)
        except (BadZip, OSError) as error:
            # What cannot be looked into is still a file of the clerk's.
            yield replace(packed, unopened=error.refusal if isinstance(error, BadZip) else Refusal.UNREADABLE)
            return
        origin = replace(packed.origin, password=password or packed.origin.password)
        names = [PurePosixPath(entry.name).name for entry in inside]
        for place, entry in enumerate(inside):
            found = _member(replace(packed, origin=origin), entry, _near(names, place), allowance)
            whole &= found.refusal is None
            yield from self._inner(members, found, allowance)
        if not whole or not inside or _is_year_zip(packed.name):
            yield packed
        else:
            self.wrappings[packed.origin] = packed

    def _inner(self, members: Members, found: Found, allowance: _Allowance) -> Iterator[Found]:
        """A member, and what it holds itself."""
        suffix = PurePosixPath(found.name).suffix.casefold()
        if found.refusal is None and suffix in (".zip", *LETTERS):
            closed = allowance.may_open(len(found.origin.members) + 1)
            if closed is not None:
                yield replace(found, unopened=closed)
            elif suffix == ".zip":
                yield from self._zip(members, found, allowance)
            else:
                yield from self._letter(members, found, allowance)
        elif found.name.casefold() not in _LITTER and "__MACOSX" not in found.context.folders:
            yield found

    def _letter(self, members: Members, mail: Found, allowance: _Allowance) -> Iterator[Found]:
        """A letter and its attachments; one that cannot be understood is a file like others."""
        try:
            letter = members.letter(mail.origin)
        except (BadZip, OSError):
            letter = None
        if letter is None:
            yield mail
            return
        context = replace(mail.context, subject=" ".join(letter.subject.split()), sent=_day(letter.date))
        yield replace(mail, context=context)
        inside = members.entries(mail.origin)[0]
        names = [entry.name for entry in inside]
        year = PartialDate(context.sent.year) if context.sent else None
        for place, entry in enumerate(inside):
            found = _member(mail, entry, _near(names, place), allowance)
            near = replace(context, neighbours=found.context.neighbours, sent=year)
            yield from self._inner(members, replace(found, context=near), allowance)


def is_litter(name: str) -> bool:
    """Whether a file was left behind by a program."""
    return name.casefold() in _LITTER or name.startswith(("~$", "."))


def _looked_at(path: Path, *, is_own_choice: bool) -> tuple[int, Refusal | None]:
    """The size of a file, and why it is not taken.

    The clerk may drop a link. One inside a folder was perhaps put there by whoever packed it, to have us file what it
    points at.
    """
    try:
        told = path.stat() if is_own_choice else path.lstat()
    except OSError:
        return 0, Refusal.UNREADABLE
    if stat.S_ISLNK(told.st_mode):
        return 0, Refusal.LINK
    return told.st_size, None if stat.S_ISREG(told.st_mode) else Refusal.UNREADABLE


def _shown(*names: str) -> str:
    """A place as the clerk sees it; the root of a disk has no name."""
    return "/".join(name for name in names if name)


def _near(names: Sequence[str], place: int) -> tuple[str, ...]:
    first = place // _SHARED * _SHARED - (_NEIGHBOURS - _SHARED) // 2
    return tuple(names[max(0, first) : first + _NEIGHBOURS])


def _names_in(folder: Path) -> tuple[str, ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(entry.name for _, entry in zip(range(_NEIGHBOURS), entries, strict=False))
    except OSError:
        return ()


def _lay(root: Path, path: Path) -> tuple[str, ...]:
    """The names from a dropped folder to what lies in it, as they are shown."""
    return tuple(_said(name) for name in (root.name, *path.relative_to(root).parts))


def _said(name: str) -> str:
    return normalise(zip_names.readable(name)[0])


def _member(packed: Found, entry: Entry, neighbours: tuple[str, ...], allowance: _Allowance) -> Found:
    path = PurePosixPath(normalise(entry.name))
    return Found(
        replace(packed.origin, members=(*packed.origin.members, entry.index)),
        f"{packed.source}!{path}",
        path.name,
        replace(
            packed.context,
            folders=path.parts[:-1] or packed.context.folders,
            archive_name=packed.name,
            neighbours=neighbours,
        ),
        entry.size,
        entry.raw,
        allowance.refuses(entry),
    )


def _day(sent: str) -> PartialDate | None:
    """The day of an ISO 8601 time."""
    try:
        return PartialDate.parse(sent[:10])
    except ValueError:
        return None


def _is_year_zip(name: str) -> bool:
    kind = recognise(name, groups=()).kind
    return kind is not None and kind.value is Kind.YEAR_ZIP
