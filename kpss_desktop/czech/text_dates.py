"""The date of a meeting as its papers state it in their first lines.

Only a date after words such as "konané dne" or "Termín jednání:" is sure. Dates of the next or the last meeting, of
laws and of signatures are passed over: a sign-off may be of another day or simply wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpss_desktop.czech.date_finding import Form, Found, find_dates
from kpss_desktop.czech.folding import fold, join_spaced, normalise
from kpss_desktop.model import Certainty, PartialDate, Reading, Source

_LINES = 15
_CHARACTERS = 8_000
_LONGEST_LINE = 300  # some converters give a whole page as one line
_DAY = r"(?:pondeli|utery|streda|stredu|ctvrtek|patek|sobota|sobotu|nedele|nedeli)"
_OF_MEETING = r"(?: (?:jednani|konani|setkani|schuz[a-z]+|akce|zasedani))?"
_CUE = re.compile(
    rf"(?:(?<![a-z])(?:dne|dnech|konan\w*|kona|konal\w*|uskutecni\w*|probeh\w+|termin{_OF_MEETING}|kdy|den{_OF_MEETING}"
    rf"|datum(?: a (?:cas|hodina))?{_OF_MEETING})(?: a (?:cas|misto){_OF_MEETING})?"
    rf"\s*[:\-–|]?\s*(?:dne\s*|v\s+|na\s+|se\s+)*(?:{_DAY}\s*,?\s*(?:dne\s*)?)?|(?<![a-z]){_DAY}\s*,?\s*(?:dne\s*)?)$"
)
# "Místo a datum konání: MěÚ, 16. 1. 2020": the place stands between.
_CUE_BEFORE_PLACE = re.compile(r"(?:(?:misto|cas|datum|termin) a (?:misto|cas|datum|termin))[^:]{0,30}:[^:]{0,60}$")
_FIRST_COLUMN = re.compile(rf"[|\s]*(?:datum|termin|den{_OF_MEETING}|kdy)(?![a-z])")
_NEXT_DAYS = re.compile(r"pristi|dalsi|nasledujic")
_INVITES = re.compile(r"zveme|pozvan|pozvat")
_OTHER_DAYS = re.compile(
    r"minul|predchoz|predesl|posledni|zakon|vyhlas|sb\.|smlouv|usneseni c|zaps|overi|overo|schval|vyhotov|vyveseno"
    r"|sejmuto|ucinnost|platnost|splatnost|narozen|nar\.|terminy|ukol|zodpovid|odpovid|nejpozdeji|pripomink|potvr"
    r"|vytisten|vypracov|vytvoren|aktualizac|odeslan|vyrizuje|c\. ?j\.|znacka|kontrol|za obdobi|v obdobi"
    r"|(?:zasl|zasil|podav|podej|prihlas)[a-z]*te"
    r"|uzaverk"
)
_SIGNED = re.compile(rf"\s*ve?\s+(?!{_DAY})[a-z][a-z .\-]{{1,40}}?,?\s+(?:dne\s+)?$")
_CLAUSE_ENDS = re.compile(r"[;•]|\.\s+(?=[^\W\d_a-záčďéěíňóřšťúůýž])")
_GOES_ON = re.compile(r"\s*(?:[-–,a]|az|do)\s*")
_PAPERS = re.compile(r"zapis|zaznam|pozvank|jednani|zasedani|setkani|schuz|prezencni|presencni")
_LINES_WITH_NUMBER = 6
_RESOLUTION = re.compile(r"usneseni c\. ?\d{1,3}/(\d{1,3})/20\d\d(?!\d)")  # item, sitting, year
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class _Stated:
    """A date with its line; whether words announce it, and whether it stands beside the heading of the paper."""

    line: str
    found: Found
    announced: bool
    headed: bool

    def reading(self, certainty: Certainty) -> Reading[PartialDate]:
        return Reading(self.found.date, Source.TEXT, certainty, self.line[:200])


def date_in_text(text: str) -> Reading[PartialDate] | None:
    """The date of the meeting within the first lines; SURE after words that announce it, else INFERRED.

    Of dates that nothing announces the one beside the heading goes first. A day and month without a year is returned
    as such.
    """
    beside: list[Reading[PartialDate]] = []
    for one in _stated_days(text):
        whole = one.found.form is Form.FULL
        if one.announced and (whole or one.found.form is Form.DAY_MONTH):
            return one.reading(one.found.certainty if whole else Certainty.INFERRED)
        if whole:
            beside.insert(0 if one.headed and not beside else len(beside), one.reading(Certainty.INFERRED))
    return beside[0] if beside else None


def number_in_text(text: str) -> int | None:
    """The running number of the meeting in the heading of a text, or in all its resolutions ("č. 1/2/2020")."""
    for line in _head(text)[:_LINES_WITH_NUMBER]:
        if _PAPERS.search(fold(line)) and not _is_of_another_day(fold(line), ""):
            number = find_dates(line, is_name=False).number
            if number is not None:
                return number
    sittings = {int(sitting) for sitting in _RESOLUTION.findall(fold(text[:_LONGEST]))}
    return sittings.pop() if len(sittings) == 1 else None


def _head(text: str) -> list[str]:
    lines = normalise(text[:_CHARACTERS]).splitlines()
    return [join_spaced(line.strip()[:_LONGEST_LINE]) for line in lines if line.strip()][:_LINES]


def _stated_days(text: str) -> Iterator[_Stated]:
    """Each date of the head that may be the meeting's."""
    before = ""
    for line in _head(text):
        folded = fold(line)
        dates = [found for found in find_dates(line, is_name=False).dates if found.date.day]
        passed_over, end = False, 0
        for found in dates:
            lead = folded[_clause(line, end, found.start) : found.start]
            if not (end and _GOES_ON.fullmatch(lead)):
                passed_over = _is_of_another_day(lead, before) or _SIGNED.match(lead) is not None
            end = found.end
            if not passed_over:
                yield _Stated(line, found, _is_announced(lead, before), bool(_PAPERS.search(lead or before)))
        before = "" if dates else folded


def _clause(line: str, begin: int, end: int) -> int:
    """Where the clause begins that leads to a date."""
    return max((match.end() for match in _CLAUSE_ENDS.finditer(line, begin, end)), default=begin)


def _is_announced(lead: str, before: str) -> bool:
    """Whether words announce the date, at the end of the line before or in the table's column above it."""
    if lead.strip(" |\t"):
        return bool(_CUE.search(lead) or _CUE_BEFORE_PLACE.search(lead))
    return bool(_CUE.search(f"{before} ") or _FIRST_COLUMN.match(before))


def _is_of_another_day(lead: str, before: str) -> bool:
    """Whether the words before a date, or the line above a date that begins its own, speak of some other day."""
    said = lead if lead.strip() else before
    if _OTHER_DAYS.search(said):
        return True
    return bool(_NEXT_DAYS.search(said) and not _INVITES.search(f"{before} {lead}"))
