"""The nouns of the house: frozen records that every room may hold and none may change in place.

The words are those of docs/architecture.md; the Czech ones that a clerk reads are in `messages`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class GroupKind(StrEnum):
    """What a group is in community planning."""

    WORKING = "working"
    STEERING = "steering"
    OTHER = "other"


class Kind(StrEnum):
    """What a document is. The values are the stable names in records and in `--json`."""

    MINUTES = "minutes"
    INVITATION = "invitation"
    ATTENDANCE = "attendance"
    ATTACHMENT = "attachment"
    RESOLUTION = "resolution"
    PLAN = "plan"
    RULES = "rules"
    CATALOGUE = "catalogue"
    HANDBOOK = "handbook"
    LOGO = "logo"
    YEAR_ZIP = "year_zip"
    OTHER = "other"


class Source(StrEnum):
    """Where a value was read."""

    NAME = "name"
    FOLDER = "folder"
    ZIP = "zip"
    MAIL = "mail"  # the subject of a letter, or the day it was sent
    NEIGHBOURS = "neighbours"
    TEXT = "text"
    CLERK = "clerk"


class Certainty(StrEnum):
    """How sure a read value is. Anything but SURE is marked in the window and in `--json`."""

    SURE = "sure"
    INFERRED = "inferred"
    UNCERTAIN = "uncertain"


_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m>\d\d)-(?P<d>\d\d)")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year; or a day and a month whose year nobody knows.

    Written "2020-03-06", "2020-03", "2020" or "--03-06" (the last as in ISO 8601:1988 and vCard).
    Raises ValueError when the parts make no date.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is None and (self.month is None or self.day is None):
            raise ValueError("a date without a year needs its day and month")
        if self.year is not None and not 1000 <= self.year <= 9999:
            raise ValueError(f"no year: {self.year}")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no month: {self.month}")
        # 2000 is a leap year, so a 29 February without a year is accepted.
        if self.day is not None and self.month is not None:
            last = calendar.monthrange(self.year or 2000, self.month)[1]
            if not 1 <= self.day <= last:
                raise ValueError(f"no day: {self.day}. {self.month}.")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the written form; raises ValueError on anything else."""
        match = _PARTIAL.fullmatch(text)
        if match is None:
            raise ValueError(f"no date: {text!r}")
        if match["m"]:
            return cls(None, int(match["m"]), int(match["d"]))
        return cls(int(match["year"]), *(int(match[part]) if match[part] else None for part in ("month", "day")))

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are all known."""
        return None not in (self.year, self.month, self.day)

    def __str__(self) -> str:
        if self.year is None:
            return f"--{self.month:02d}-{self.day:02d}"
        if self.month is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")


@dataclass(frozen=True, slots=True)
class Dated:
    """A document's date with its origin: from where it was read and how sure that is."""

    date: PartialDate
    source: Source = Source.CLERK
    certainty: Certainty = Certainty.SURE


@dataclass(frozen=True, slots=True)
class Group:
    """A working group, the steering group, or another body.

    `name` is the short name ("Péče", "ŘS"); `aliases` are further names it is recognised by.
    `colour` is an index into the window's palette of group colours.
    """

    id: str
    name: str
    kind: GroupKind = GroupKind.WORKING
    aliases: tuple[str, ...] = ()
    colour: int = 0


class TextState(StrEnum):
    """What became of reading a file's text.

    Every state but PENDING and READY has a reason; READY has none but, at most, SCANNED_PAGES.
    """

    PENDING = "pending"
    READY = "ready"
    EMPTY = "empty"  # read, but it holds no text: a scan, a picture, a blank page
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"  # no reader for this format
    FAILED = "failed"  # the reader died, took too long or too much memory


class Reason(StrEnum):
    """Why a text is not there, as data; `messages` has the sentence a clerk reads."""

    NONE = ""
    EMPTY_FILE = "empty_file"  # nothing in it at all (0 bytes)
    NO_TEXT = "no_text"  # a blank document
    SCAN = "scan"  # pictures of pages without text
    SCANNED_PAGES = "scanned_pages"  # there is a text, but some pages are pictures without any
    PASSWORD = "password"
    BROKEN = "broken"  # not what its format promises
    BINARY_DUMP = "binary_dump"  # text that was never converted from a binary .doc
    NO_READER = "no_reader"
    TOO_BIG = "too_big"  # unpacks to more than a reader may hold
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    MISSING = "missing"  # the file itself could not be opened


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the archive.

    `path` is relative to the archive folder, with "/"; `size` is in bytes; `sha256` is 64 hex digits.
    `original_name` is the name it came with and `original_raw` that name's bytes when they were not UTF-8
    (names inside old ZIPs). `source` says where it came from, a member of a ZIP as "a.zip!member".
    """

    id: str
    path: str
    size: int
    sha256: str
    mime: str
    original_name: str
    original_raw: bytes | None = None
    source: str = ""
    text_state: TextState = TextState.PENDING
    text_reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class Document:
    """One filed thing: a kind, a date, 0..n groups, tags, and one or more files (renditions).

    `groups` are group ids, the first is the home group whose folder holds the files. `files` is never empty and
    its first is the one shown. `added` is UTC, ISO 8601, to the second. `rev` grows with every change.
    """

    id: str
    title: str
    kind: Kind
    files: tuple[StoredFile, ...]
    groups: tuple[str, ...] = ()
    dated: Dated | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    added: str = ""
    rev: int = 0
    trashed: bool = False
    meeting: str | None = None

    @property
    def file(self) -> StoredFile:
        """The file that is shown first."""
        return self.files[0]

    @property
    def year(self) -> int | None:
        """The year it is filed under."""
        return self.dated.date.year if self.dated else None

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search the clerk keeps under a name; `query` is what would be typed into the search box."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What gathers the minutes, invitation, attendance list and attachments of one sitting."""

    id: str
    date: PartialDate
    groups: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value read by a machine: where, how sure, and the words it was read from."""

    value: T
    source: Source
    certainty: Certainty = Certainty.SURE
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a name (and its folder, ZIP, neighbours and text) says about a document.

    `groups` holds ids of registered groups; `proposed` names of groups that nobody has registered yet.
    None means that nothing was found; nothing is ever guessed without its certainty saying so.
    """

    kind: Reading[Kind] | None = None
    groups: Reading[tuple[str, ...]] | None = None
    date: Reading[PartialDate] | None = None
    proposed: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader found in one file. `mime` is told from the content, never from the name alone.

    `machine_read` marks text recognised from a picture. `created` is ISO 8601, `pages` a count; empty when unknown.
    """

    mime: str
    state: TextState
    text: str = ""
    reason: Reason = Reason.NONE
    title: str = ""
    author: str = ""
    created: str = ""
    pages: int | None = None
    machine_read: bool = False
    seconds: float = 0.0
