"""Dates within names and texts.

Numbers that are no dates are blanked first; then the forms of `date_forms` are tried, the surest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from kpss_desktop.czech.date_forms import FORMS, YEAR, signs_in
from kpss_desktop.czech.dates import make_date
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.heads import Line
from kpss_desktop.czech.numbering import BLANK, Numbering, has_number, read_numbers
from kpss_desktop.model import Certainty, PartialDate

_DIGIT = re.compile(r"\d")


class Form(Enum):
    """How much of a date was written."""

    FULL = 3
    DAY_MONTH = 2
    MONTH = 1
    YEAR = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, from offset `start` to `end`.

    `alternatives` are other readings of the same characters. `planned` marks the year of a plan or of what is
    reported on, which is not the year of the document.
    """

    date: PartialDate
    form: Form
    start: int
    end: int
    certainty: Certainty = Certainty.SURE
    alternatives: tuple[PartialDate, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """All dates of a text in their order, and the running number of the meeting."""

    dates: tuple[Found, ...]
    number: int | None


_NOTHING = Findings((), None)


def find_dates(text: str, *, is_name: bool = True) -> Findings:
    """Find every date in a name or, with fewer liberties, in running text."""
    return find_in_line(Line(text, fold(text)), is_name=is_name)


def find_in_line(line: Line, *, is_name: bool = False) -> Findings:
    """The same of a line that is folded already."""
    return _find(line, is_name) if _DIGIT.search(line.folded) else _NOTHING  # most lines of a text have no digit


@lru_cache(maxsize=16384)
def _find(line: Line, is_name: bool) -> Findings:
    """Names and first lines are asked for several times while a document is recognised, hence the cache."""
    folded, marked = line.folded, line.text.lower()
    if len(marked) != len(folded):  # a foreign letter that grows when lowered
        marked = folded
    signs = signs_in(folded)
    if not signs and not has_number(folded, marked):  # "1. Katalog služeb"
        return _NOTHING
    numbering = read_numbers(folded, marked)
    found, rest = _by_forms(numbering.text, signs, is_name=is_name)
    found += [*_years(rest), *_numbered(numbering)]
    return Findings(tuple(sorted(found, key=lambda one: one.start)), numbering.number)


def _by_forms(rest: str, signs: list[str], *, is_name: bool) -> tuple[list[Found], str]:
    """The dates of all forms, and the text with them blanked."""
    found: list[Found] = []
    for form in FORMS:
        if form.sign not in signs or form.mark not in rest or (form.only_names and not is_name):
            continue
        before = rest
        for match in form.pattern.finditer(before):
            reading = None if BLANK in match[0] else form.read(match)
            if reading is None:
                continue
            date, certainty, alternatives = reading
            if date is not None:
                found.append(Found(date, _form(date), match.start(), match.end(), certainty, alternatives))
            rest = rest[: match.start()] + BLANK * (match.end() - match.start()) + rest[match.end() :]
        if rest is not before:
            signs = signs_in(rest, signs)
    return found, rest


def _numbered(numbering: Numbering) -> Iterator[Found]:
    """The years of running numbers: 2019 of "č. 3/2019"."""
    for year, start, end, written_out in numbering.years:
        date = make_date(year)
        if date:
            yield Found(date, Form.YEAR, start, end, Certainty.INFERRED if written_out else Certainty.UNCERTAIN)


def _form(date: PartialDate) -> Form:
    if date.day is not None:
        return Form.FULL if date.year else Form.DAY_MONTH
    return Form.MONTH if date.month else Form.YEAR


_YEAR_ALONE = re.compile(rf"(?<!\d){YEAR}(?:\s*(?:[-–—/,_]|az|a)\s*{YEAR})?(?!\d)")
_PLANNED = re.compile(
    r"(?<![a-z])(?:(?:na|pro|za)[\s_-]+(?:rok[yu]?|leta|obdobi)|obdobi|let|leta)[\s_-]+(?:let[\s_-]+)?$"
)
_NUMBER_AFTER = re.compile(r"[-_./]\d")
_NUMBER_BEFORE = re.compile(r"(?<!\d)\d{1,3}[-_.\s]\s?$")
_MONTH_BEFORE = re.compile(r"(?<![\d.,/–-])(?<!\d[\s_])(0[1-9]|1[0-2])[-_]$")


def _years(rest: str) -> Iterator[Found]:
    """Years that stand alone; the first of a period stands for it."""
    for match in _YEAR_ALONE.finditer(rest):
        date = make_date(int(match[1]))
        if date is None:
            continue
        before = rest[: match.start()]
        planned = bool(match[2] or _PLANNED.search(before))
        # "9-2019" is the ninth paper of the year as likely as September.
        beside_number = _NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(rest, match.end())
        certainty = Certainty.INFERRED if planned or beside_number else Certainty.SURE
        month = _MONTH_BEFORE.search(before)
        in_month = make_date(date.year, int(month[1])) if month and not planned else None
        start, months = (month.start(1), (in_month,)) if month and in_month else (match.start(), ())
        yield Found(date, Form.YEAR, start, match.end(), certainty, months, planned=planned)
