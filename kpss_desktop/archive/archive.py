"""An open archive: it holds what the verbs need and does nothing itself."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kpss_desktop import records
from kpss_desktop.archive.grouping import new_group
from kpss_desktop.archive.intake import wire
from kpss_desktop.archive.places import archive_data
from kpss_desktop.archive.sharing import lock, opening, presence
from kpss_desktop.archive.trust import keeping
from kpss_desktop.catalogue import copies
from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.czech.collation import compare
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.errors import AlreadyArchive, DamagedCatalogue, KpssError, ReadOnlyArchive
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.ids import new_id
from kpss_desktop.model import Group, GroupKind
from kpss_desktop.store import SYSTEM, Store


@dataclass(slots=True)
class Archive:
    """The folder, this computer's catalogue of it, and whether it may be changed. One for each thread."""

    folder: Path
    id: str
    data: Path
    catalogue: Catalogue
    holder: lock.Holder | None
    # For the preview and for a few files that are taken in; starts when it is first used.
    reader: Sandbox = field(default_factory=lambda: Sandbox(workers=1, program=wire.PROGRAM))
    is_session: bool = False
    follows_itself: bool = True  # nobody else wrote since this catalogue did
    seen: str = ""  # how the record files looked when they were followed
    beaten: float = -1e9  # when the last sign of life was given, by the monotonic clock

    @property
    def name(self) -> str:
        """The folder's name, as a clerk calls the archive."""
        return self.folder.name

    @property
    def writable(self) -> bool:
        """Whether verbs of change may be used."""
        return self.holder is not None

    @property
    def store(self) -> Store:
        """The files of the folder."""
        return Store(self.folder)

    def session(self) -> Archive:
        """Another connection to the same archive, for another thread; it ends before this one."""
        catalogue = _connect(self.data)
        return Archive(
            self.folder, self.id, self.data, catalogue, self.holder, self.reader, is_session=True,
            follows_itself=self.follows_itself,
        )  # fmt: skip

    def require_writable(self) -> None:
        """Raise ReadOnlyArchive when it is open for reading only."""
        if not self.writable:
            raise ReadOnlyArchive(self.folder)

    def close(self) -> None:
        """Close the connection and stop being the writer, leaving a snapshot for other computers when it is due."""
        try:
            if not self.is_session:
                # A snapshot only saves time; a disk that is full or gone must not keep us from closing.
                with contextlib.suppress(OSError, KpssError):
                    keeping.keep_snapshot(self)
        finally:
            self.catalogue.close()
            if not self.is_session:
                self.reader.close()
                if self.holder is not None:
                    lock.release(self.folder, self.holder)
            self.holder = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create_archive(folder: Path, groups: Sequence[tuple[str, GroupKind]] = ()) -> Archive:
    """Make an archive of a folder, new or not, and open it; raises AlreadyArchive, OSError."""
    folder = folder.absolute()
    if records.facts_path(folder).exists():
        raise AlreadyArchive(folder)
    made: list[Group] = []
    for name, kind in groups:
        made.append(new_group(name, kind, made))
    (folder / SYSTEM).mkdir(parents=True, exist_ok=True)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    records.write_facts(folder, records.ArchiveFacts(new_id(), tuple(made), created))
    return open_archive(folder)


def open_archive(folder: Path, *, writable: bool = True, take_over: bool = False, warm: bool = True) -> Archive:
    """Open an archive, finishing what an interrupted run left and following what others wrote.

    `take_over` is the clerk's word that whoever holds the lock is gone. When this computer has no catalogue of it, a
    snapshot is taken first, unless `warm` is False.
    Raises NotAnArchive, NewerArchive, ArchiveInUse or ReadOnlyArchive (both only when `writable`), OSError.
    """
    folder = folder.absolute()
    facts = records.read_facts(folder)
    data = archive_data(facts.id, folder)
    place = _place(data)
    before, _ = lock.last_beat(folder)
    holder = _take_lock(folder, place, take_over=take_over) if writable else None
    try:
        if warm:
            keeping.warm_start(folder, data, facts.id)
        catalogue = _connect(data)
        archive = Archive(folder, facts.id, data, catalogue, holder, follows_itself=before in ("", place))
        try:
            opening.follow(archive)
            presence.beat(archive)
            _remember(archive)
        except BaseException:
            catalogue.close()
            raise
    except BaseException:
        if holder is not None:
            lock.release(folder, holder)
        raise
    return archive


def _remember(archive: Archive) -> None:
    """Say in the catalogue whose it is, and keep this day's copy of it."""
    if archive.catalogue.fact(copies.ARCHIVE_ID) != archive.id:
        archive.catalogue.remember(copies.ARCHIVE_ID, archive.id)
    with contextlib.suppress(OSError):
        keeping.keep_dated_copy(archive)


def _place(data: Path) -> str:
    """A word for this computer's catalogue that no other computer's, and no other user's, has."""
    return hashlib.sha256(f"{socket.gethostname()} {data.resolve()}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _take_lock(folder: Path, place: str, *, take_over: bool) -> lock.Holder:
    if not os.access(folder / SYSTEM, os.W_OK):
        raise ReadOnlyArchive(folder)
    try:
        return lock.take(folder, place, take_over=take_over)
    except OSError as error:
        raise ReadOnlyArchive(folder) from error


def _connect(data: Path) -> Catalogue:
    """The catalogue; a damaged one is put aside and made anew, for everything in it is in the records."""
    path = data / "catalogue.db"
    try:
        return Catalogue(path, LANGUAGE, compare)
    except DamagedCatalogue:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        path.replace(path.with_name(f"catalogue.bad-{stamp}.db"))
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
        return Catalogue(path, LANGUAGE, compare)
