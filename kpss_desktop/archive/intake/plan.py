"""What a plan of an intake is made of: rows that say where a file is, what was read of it and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.czech.context import Context
from kpss_desktop.model import Dated, Extract, Kind, Recognition


class ItemState(StrEnum):
    """What the archive makes of a dropped file."""

    NEW = "new"
    DUPLICATE = "duplicate"  # the same bytes
    RENDITION = "rendition"  # the same text in another file
    SIMILAR = "similar"  # nearly the same text of the same day
    REFUSED = "refused"


class FileAs(StrEnum):
    """What a row becomes when it is filed."""

    OWN = "own"  # a document of its own
    RENDITION = "rendition"  # a further file of the document it repeats
    VERSION = "version"  # the newest file of the document it resembles, shown first


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes are: a file, and the places in ZIPs and letters within it that lead to a member.

    `password` opens the encrypted ZIPs on the way; it is no part of what the place is.
    """

    path: Path
    members: tuple[int, ...] = ()
    password: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IntakeItem:
    """One row of the review sheet: what was read, and what the clerk makes of it.

    `source` is shown to the clerk ("2019.zip!Zápis.doc"); `refusal` says why the row is REFUSED, or why a ZIP that is
    NEW is taken whole instead of what it holds; `joins` are groups that a duplicate or rendition adds to the document
    it repeats; `new_groups` are names of groups to be made on filing; `take` is the clerk's tick. `rendition_of` and
    `similar_to` are a document's id, or the place of another row in the same plan, and `resembles` is its name.
    `document_id` is set when the row
    is a filed document that waits for the clerk. `context` is where the file lay.
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
    files_as: FileAs = FileAs.OWN
    rendition_of: str | int | None = None
    similar_to: str | int | None = None
    resembles: str = ""
    document_id: str | None = None
    context: Context = field(default_factory=Context, compare=False, repr=False)

    @property
    def belongs_to(self) -> str | int | None:
        """The document, or the row, of which it becomes a further file; None when it is its own document."""
        if self.files_as is FileAs.OWN:
            return None
        return self.rendition_of if self.rendition_of is not None else self.similar_to


@dataclass(frozen=True, slots=True)
class Lesson:
    """Words in names that mean a group from now on; `group` is its id, or its name when it is still to be made."""

    words: str
    group: str


@dataclass(frozen=True, slots=True)
class IntakePlan:
    """All rows, in the order they were found.

    `extracts` are the texts that were read on the way and `letters` their prints, by digest, so that nothing is read
    twice; `lessons` are learnt when the plan is filed.
    """

    items: tuple[IntakeItem, ...] = ()
    extracts: Mapping[str, Extract] = field(default_factory=dict, compare=False, repr=False)
    lessons: tuple[Lesson, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
