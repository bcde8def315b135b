"""Queries with texts that they must find and texts that they must not, and how many of them the search gets right.

`archive/data/czech_pairs.tsv` was written from knowledge of Czech alone, before its answers were looked at: declensions
and conjugations with their exceptions, names, towns, abbreviations, numbers, dates, and words that only look alike. The
rules of the search may be mended by what the half "dev" shows; "held" only measures. An adjective in -ový counts as
the noun's ("dluhové poradenství" is about "dluhy"), so it stands in neither column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpss_desktop.archive.search.days import with_days
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.search import search
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.language import LANGUAGE
from tests.catalogue.conftest import Shelf

OWN = Path(__file__).with_name("archive") / "data/czech_pairs.tsv"
_BASE = "base"


@dataclass(frozen=True, slots=True)
class Pair:
    """A query, and a text that it must find or must not."""

    query: str
    text: str
    wanted: bool
    half: str = "all"


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of the wanted pairs that were found and of the unwanted ones, and the pairs that went wrong."""

    found: float
    violated: float
    wrong: tuple[Pair, ...]

    def __str__(self) -> str:
        return f"must-find {self.found:.3f}  must-not violated {self.violated:.3f}"


def own_pairs() -> list[Pair]:
    """The pairs that lie with the tests, of both halves."""
    with OWN.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Pair(row["query"], text, column == "found", row["half"])
        for row in rows
        for column in ("found", "not found")
        for text in filter(None, row[column].split(" ; "))
    ]


def pairs_of(path: Path) -> list[Pair]:
    """The pairs of a file with the columns query, text and must_match."""
    with path.open(encoding="utf-8") as file:
        return [
            Pair(row["query"], row["text"], row["must_match"] == "1") for row in csv.DictReader(file, delimiter="\t")
        ]


def filled(folder: Path, pairs: Iterable[Pair], *, base_forms: bool) -> Shelf:
    """A catalogue of the texts, each a document called by itself.

    An archive of some size also holds the words as they are typed: all with `base_forms`, else those with accents, so
    that what is typed without accents has something to stand for.
    """
    shelf = Shelf(folder / "catalogue.db")
    pairs = list(pairs)
    with shelf.catalogue.transaction():
        for text in sorted({pair.text for pair in pairs}):
            shelf.put(text, text)
        typed = sorted({pair.query for pair in pairs if base_forms or fold(pair.query) != pair.query.lower()})
        shelf.put(_BASE, " . ".join(typed))
    shelf.follow()
    return shelf


def measured(shelf: Shelf, pairs: Sequence[Pair], *, accents: bool) -> Figures:
    """What the search makes of the pairs, typed with accents or without."""
    found: dict[str, set[str]] = {}
    for query in {pair.query for pair in pairs}:
        asked = with_days(parse(query if accents else fold(query)))
        found[query] = {hit.document_id for hit in search(shelf.db, LANGUAGE, asked, limit=len(pairs)).hits}
    wrong = tuple(pair for pair in pairs if (pair.text in found[pair.query]) != pair.wanted)
    wanted = sum(pair.wanted for pair in pairs)
    missed = sum(pair.wanted for pair in wrong)
    return Figures(1 - missed / wanted, (len(wrong) - missed) / (len(pairs) - wanted), wrong)
