"""Texts that are the same or nearly so: a .doc and the .pdf made of it, a draft and its final version.

The same text anywhere is found by its letters. Nearly the same text is looked for among papers of the same day or the
same name, for two invitations to different meetings differ by little else than the day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from kpss_desktop.archive.intake.plan import FileAs, IntakeItem, ItemState
from kpss_desktop.archive.reading.prints import letters_of, words_of
from kpss_desktop.catalogue import documents, prints, texts
from kpss_desktop.czech.folding import fold
from kpss_desktop.model import Dated, Document, Extract, Kind, PartialDate

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.archive.intake.rows import Rows

SIMILAR = 0.9  # of the words in their order
_SAME_PRINT = 0.97  # what a PDF's headings and page numbers may add
_CANDIDATES = 30  # papers of one day that a paper is compared with
_LOT = 50  # rows of which the catalogue is asked at once
_WORD = re.compile(r"[^\W_]+")
_VERSION = re.compile(r"\b(?:v|ver|verze|kopie|copy|final\w*|navrh|koncept|oprav\w*|cistopis)\b\.? ?\d*|\(\d+\)")


@dataclass(frozen=True)
class _Paper:
    """What is compared of a row or a document; `target` is the document's id or the row's place."""

    target: str | int
    name: str
    suffix: str
    kind: Kind
    groups: frozenset[str]
    day: PartialDate | None
    letters: str
    text: str = field(repr=False)

    @cached_property
    def full_day(self) -> str:
        """The day as it is written, "" when it is only a month or a year."""
        return _full_day(self.day)

    @cached_property
    def words(self) -> list[str]:
        """Cut only when it is compared word by word, for most papers are alone with their letters and their day."""
        return words_of(self.text)


class Comparison:
    """Finds the new rows that repeat, or nearly repeat, the text of a document or of an earlier row.

    Rows are compared in their order and may be while later ones are still being read. `extracts` and `letters` (see
    `prints`) are those of the rows, by digest.
    """

    def __init__(
        self, archive: Archive, rows: Rows, extracts: Mapping[str, Extract], letters: Mapping[str, str]
    ) -> None:
        self._archive, self._rows, self._extracts, self._letters = archive, rows, extracts, letters
        self._next = 0
        self._found: dict[int, tuple[_Paper, ItemState]] = {}

    @cached_property
    def _shelf(self) -> _Shelf:
        """Filled with what is in the archive by the first rows with a text: by then the readers are at work."""
        return _Shelf(self._archive)

    def go_on(self, end: int) -> None:
        """Compare the rows before this place, if they are worth it; they are as clear as they will be."""
        if end - self._next >= _LOT:
            self._compare_to(end)

    def mark(self) -> None:
        """Compare what is left, and mark the rows that were found."""
        self._compare_to(len(self._rows.items))
        for place, found in self._found.items():
            self._rows.change(place, _marked(self._rows.items[place], *found))

    def _compare_to(self, end: int) -> None:
        papers = [(place, paper) for place in range(self._next, end) if (paper := self._paper(place))]
        self._next = end
        if papers:
            self._shelf.look_up({paper.letters for _, paper in papers})
        for place, paper in papers:
            self._compare(place, paper)

    def _paper(self, place: int) -> _Paper | None:
        """What is compared of a row; None when it says nothing, or is no new paper."""
        item = self._rows.items[place]
        said = self._letters.get(item.sha256)
        if item.state is not ItemState.NEW or not said or item.sha256 not in self._extracts:
            return None
        return _paper_of_row(item, place, said, self._extracts[item.sha256].text)

    def _compare(self, place: int, paper: _Paper) -> None:
        near = list(_places(paper.full_day, self._rows.items[place].title))
        found = _best(paper, self._shelf.candidates(paper, near))
        if found is not None:
            self._found[place] = found
        if found is None or found[1] is ItemState.SIMILAR:
            self._shelf.add(paper, near)


def _marked(item: IntakeItem, other: _Paper, state: ItemState) -> IntakeItem:
    if state is ItemState.SIMILAR:
        return replace(item, state=state, similar_to=other.target, resembles=other.name)
    joins = tuple(group for group in item.groups if group not in other.groups)
    return replace(
        item, state=state, rendition_of=other.target, resembles=other.name, files_as=FileAs.RENDITION, joins=joins
    )


class _Shelf:
    """The papers that a new one may repeat, by letters, day and name; the archive's are read when asked for."""

    def __init__(self, archive: Archive) -> None:
        self._db = archive.catalogue.db
        self._by_letters: dict[str, list[_Paper]] = defaultdict(list)
        self._near: dict[str, list[_Paper | str]] = defaultdict(list)
        self._read: dict[str, _Paper | None] = {}
        self._filed: set[str] = set()
        for document_id, date, title in documents.days_and_titles(self._db):
            for near in _places(_full_day(PartialDate.parse(date) if date else None), title):
                self._near[near].append(document_id)

    def look_up(self, letters: Collection[str]) -> None:
        """Ask the catalogue which of these prints documents have: `candidates` knows of no others."""
        self._filed = prints.known(self._db, letters)

    def add(self, paper: _Paper, places: Iterable[str]) -> None:
        """A new row that later ones may repeat."""
        self._by_letters[paper.letters].append(paper)
        for near in places:
            self._near[near].append(paper)

    def candidates(self, paper: _Paper, places: Iterable[str]) -> Iterator[_Paper]:
        """Papers of the same letters, then of the same day or name; each once, and read only when it is asked for."""
        known = paper.letters in self._filed
        filed = prints.documents_with(self._db, paper.letters, _CANDIDATES) if known else ()
        alike: Iterable[_Paper | str] = chain(filed, self._by_letters.get(paper.letters, ()))
        near: Iterable[_Paper | str] = chain.from_iterable(self._near.get(place, ()) for place in places)
        seen: set[str | int] = set()
        for one in chain(islice(alike, _CANDIDATES), islice(near, _CANDIDATES)):
            other = self._document(one) if isinstance(one, str) else one
            if other is not None and other.target not in seen:
                seen.add(other.target)
                yield other

    def _document(self, document_id: str) -> _Paper | None:
        if document_id not in self._read:
            found = documents.load_documents(self._db, [document_id])
            text = texts.text_of(self._db, found[0].file.sha256) if found else ""
            self._read[document_id] = _paper_of_document(found[0], text) if found else None
        return self._read[document_id]


def _full_day(day: PartialDate | None) -> str:
    return str(day) if day is not None and day.is_full else ""


def _places(full_day: str, title: str) -> Iterator[str]:
    """Where papers are looked for: their day and their name without marks of a version."""
    if full_day:
        yield full_day
    name = " ".join(_WORD.findall(_VERSION.sub(" ", fold(title))))
    if name:
        yield name


def _best(paper: _Paper, others: Iterable[_Paper]) -> tuple[_Paper, ItemState] | None:
    similar: tuple[float, _Paper] | None = None
    for other in others:
        agrees = _agree(paper, other)
        if other.letters == paper.letters:
            if agrees:
                return other, ItemState.RENDITION
            similar = (1.0, other)
        elif agrees:
            ratio = likeness(paper.words, other.words)
            if ratio >= _SAME_PRINT and other.suffix != paper.suffix and paper.day == other.day:
                return other, ItemState.RENDITION
            if ratio >= SIMILAR and (similar is None or ratio > similar[0]):
                similar = (ratio, other)
    return (similar[1], ItemState.SIMILAR) if similar else None


def _agree(one: _Paper, other: _Paper) -> bool:
    """Whether nothing that is known of both says that they are papers of different meetings or kinds."""
    if one.kind is not other.kind and Kind.OTHER not in (one.kind, other.kind):
        return False
    if one.full_day and other.full_day and one.full_day != other.full_day:
        return False
    return not one.groups or not other.groups or not one.groups.isdisjoint(other.groups)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of two texts is the same words in the same order, 0 to 1; 0 when it is less than SIMILAR."""
    shorter, longer = sorted((len(one), len(other)))
    if not longer or 2 * shorter / (shorter + longer) < SIMILAR:
        return 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=SIMILAR)


def _paper_of_row(item: IntakeItem, place: int, letters: str, text: str) -> _Paper:
    groups = frozenset((*item.groups, *item.new_groups))
    return _paper(place, item.name, item.kind, groups, item.dated, letters, text)


def _paper_of_document(document: Document, text: str) -> _Paper | None:
    letters = letters_of(text)
    if not letters:
        return None
    groups = frozenset(document.groups)
    return _paper(document.id, document.file.path, document.kind, groups, document.dated, letters, text)


def _paper(
    target: str | int, name: str, kind: Kind, groups: frozenset[str], dated: Dated | None, letters: str, text: str
) -> _Paper:
    path = PurePosixPath(name)
    day = dated.date if dated else None
    return _Paper(target, path.name, path.suffix.casefold(), kind, groups, day, letters, text)
