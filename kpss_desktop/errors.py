"""Errors that carry data, not prose: `messages.describe` has the words.

KpssError and OSError mean that the world failed; anything else is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class KpssError(Exception):
    """Something a clerk can be told in one sentence."""


@dataclass(eq=False)
class NotAnArchive(KpssError):
    """The folder holds no `.kpss/archive.json`, or one that is no archive's."""

    folder: Path


@dataclass(eq=False)
class AlreadyArchive(KpssError):
    """An archive is to be made where one is."""

    folder: Path


@dataclass(eq=False)
class NewerArchive(KpssError):
    """The archive (or this computer's catalogue of it) was made by a newer version of the program."""

    folder: Path
    version: int


@dataclass(eq=False)
class DamagedRecord(KpssError):
    """A record file or archive.json cannot be understood; `line` counts from 1."""

    path: Path
    line: int


@dataclass(eq=False)
class ReadOnlyArchive(KpssError):
    """A change was asked of an archive that is open for reading only."""

    folder: Path


@dataclass(eq=False)
class ArchiveInUse(KpssError):
    """Another process writes into the archive."""

    folder: Path
    host: str
    user: str
    since: str


@dataclass(eq=False)
class NoArchiveChosen(KpssError):
    """The command was given no --archive and the settings know none."""


@dataclass(eq=False)
class NoSuchGroup(KpssError):
    """A name that belongs to no group of the archive."""

    name: str


@dataclass(eq=False)
class NoSuchDocument(KpssError):
    """A path or id that belongs to no document."""

    path: str


@dataclass(eq=False)
class NoSuchSearch(KpssError):
    """A name that no saved search has."""

    name: str


@dataclass(eq=False)
class NameTaken(KpssError):
    """A new name that another file or group already has."""

    name: str


@dataclass(eq=False)
class BadValue(KpssError):
    """A field was given a value it cannot take, e.g. 31. 2. as a date."""

    field: str
    value: str


@dataclass(eq=False)
class NothingToUndo(KpssError):
    """There is no change to take back."""


@dataclass(eq=False)
class NothingToRedo(KpssError):
    """There is no change to make again."""


@dataclass(eq=False)
class NothingToExport(KpssError):
    """The choice is empty."""

    what: str


@dataclass(eq=False)
class DiskFull(KpssError):
    """Less room than the work needs; both in bytes."""

    folder: Path
    needed: int
    free: int


@dataclass(eq=False)
class UnsafePath(KpssError):
    """A path in a record that would lead out of the archive folder."""

    path: str


@dataclass(eq=False)
class DamagedCatalogue(KpssError):
    """This computer's catalogue is no database any more; it can be made anew from the records."""

    path: Path


@dataclass(eq=False)
class NotTaken(KpssError):
    """An intake could not take a file; `refusal` is a value of `archive.zips.Refusal`."""

    source: str
    refusal: str


@dataclass(eq=False)
class MissingFile(KpssError):
    """A file of the archive is not where its record says."""

    path: Path


@dataclass(eq=False)
class ArchiveGone(KpssError):
    """The archive's folder vanished while it was open: a stick was pulled out, a network drive is not there."""

    folder: Path


@dataclass(eq=False)
class NotABackup(KpssError):
    """The folder holds no backup made by this program, or one by a newer version of it."""

    folder: Path


@dataclass(eq=False)
class ForeignBackup(KpssError):
    """The folder holds the backup of another archive."""

    folder: Path


@dataclass(eq=False)
class BackupInside(KpssError):
    """A backup is to lie inside the archive, or the archive inside the backup."""

    folder: Path


@dataclass(eq=False)
class DamagedBackup(KpssError):
    """Files of a backup are missing or are not what was backed up; `paths` are relative to the archive."""

    folder: Path
    paths: tuple[str, ...]


@dataclass(eq=False)
class FolderNotEmpty(KpssError):
    """An archive is to be restored where something lies already."""

    folder: Path
