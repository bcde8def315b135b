"""An open archive: it holds what the verbs need and does nothing itself."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kpss_desktop import records
from kpss_desktop.archive import lock, opening
from kpss_desktop.archive.grouping import new_group
from kpss_desktop.archive.places import archive_data
from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.czech.collation import compare
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.errors import AlreadyArchive, DamagedCatalogue, ReadOnlyArchive
from kpss_desktop.formats.sandbox import Sandbox
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
    reader: Sandbox = field(default_factory=lambda: Sandbox(workers=1))  # for the preview; starts when first used
    is_session: bool = False

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
        return Archive(self.folder, self.id, self.data, catalogue, self.holder, self.reader, is_session=True)

    def require_writable(self) -> None:
        """Raise ReadOnlyArchive when it is open for reading only."""
        if not self.writable:
            raise ReadOnlyArchive(self.folder)

    def close(self) -> None:
        """Close the connection and stop being the writer."""
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
    (folder / SYSTEM).mkdir(parents=True, exist_ok=True)
    made: list[Group] = []
    for name, kind in groups:
        made.append(new_group(name, kind, made))
    created = datetime.now(UTC).isoformat(timespec="seconds")
    records.write_facts(folder, records.ArchiveFacts(uuid.uuid4().hex, tuple(made), created))
    return open_archive(folder)


def open_archive(folder: Path, *, writable: bool = True) -> Archive:
    """Open an archive, finishing what an interrupted run left and following what others wrote.

    Raises NotAnArchive, NewerArchive, ArchiveInUse or ReadOnlyArchive (both only when `writable`), OSError.
    """
    folder = folder.absolute()
    facts = records.read_facts(folder)
    data = archive_data(facts.id, folder)
    holder = _take_lock(folder) if writable else None
    try:
        catalogue = _connect(data)
        archive = Archive(folder, facts.id, data, catalogue, holder)
        try:
            opening.follow(archive)
        except BaseException:
            catalogue.close()
            raise
    except BaseException:
        if holder is not None:
            lock.release(folder, holder)
        raise
    return archive


def _take_lock(folder: Path) -> lock.Holder:
    if not os.access(folder / SYSTEM, os.W_OK):
        raise ReadOnlyArchive(folder)
    try:
        return lock.take(folder)
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
