"""The date of a meeting as its papers state it in their first lines.

Only a date after words such as "konané dne" or "Termín jednání:" is sure. Dates of the next or the last meeting, of
laws and of signatures are passed over: a sign-off may be of another day or simply wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpss_desktop.czech.date_finding import Form, Found, find_dates
from kpss_desktop.czech.folding import fold, join_spaced, normalise
from kpss_desktop.model import Certainty, PartialDate, Reading, Source

_LINES = 15
_CHARACTERS = 8_000
_LONGEST_LINE = 300  # some converters give a whole page as one line
_DAY = r"(?:pondeli|utery|streda|stredu|ctvrtek|patek|sobota|sobotu|nedele|nedeli)"
_CUE = re.compile(
    r"(?:(?<![a-z])(?:dne|dnech|konan\w*|kona|konal\w*|uskutecni\w*|termin(?: jednani| konani| setkani| schuzky| akce)?"
    r"|kdy|den"
    r"|datum(?: a (?:cas|hodina))?(?: jednani| konani| setkani| schuzky)?)(?: a (?:cas|misto)(?: konani| jednani)?)?"
    rf"\s*[:\-–]?\s*(?:dne\s*|v\s+|na\s+|se\s+)*(?:{_DAY}\s*,?\s*(?:dne\s*)?)?|(?<![a-z]){_DAY}\s*,?\s*(?:dne\s*)?)$"
)
_NEXT_DAYS = re.compile(r"pristi|dalsi|nasledujic")
_INVITES = re.compile(r"zveme|pozvan|pozvat")
_OTHER_DAYS = re.compile(
    r"minul|predchoz|predesl|posledni|zakon|vyhlas|sb\.|smlouv|usneseni c|zaps|overi|overo|schval|vyhotov|vyveseno"
    r"|sejmuto|ucinnost|platnost|splatnost|narozen|terminy|ukol|zodpovid|odpovid|nejpozdeji|pripomink|potvr|vytisten"
)
_SIGNED = re.compile(r"\s*v[e]?\s+[a-z][a-z .\-]{1,40}?,?\s+(?:dne\s+)?\d")
_NUMBERED = re.compile(r"zapis|zaznam|pozvank|jednani|zasedani|setkani|schuz|prezencni|presencni")
_LINES_WITH_NUMBER = 6
_RESOLUTION = re.compile(r"usneseni c\. ?\d{1,3}/(\d{1,3})/20\d\d(?!\d)")  # item, sitting, year
_LONGEST = 200_000


def date_in_text(text: str) -> Reading[PartialDate] | None:
    """The date of the meeting within the first lines; SURE after words that announce it, else INFERRED.

    A day and month without a year is returned as such.
    """
    first: Reading[PartialDate] | None = None
    for line, found, announced in _dated_lines(text):
        if announced and found.form in {Form.FULL, Form.DAY_MONTH}:
            certainty = found.certainty if found.form is Form.FULL else Certainty.INFERRED
            return Reading(found.date, Source.TEXT, certainty, line[:200])
        if first is None and found.form is Form.FULL:
            first = Reading(found.date, Source.TEXT, Certainty.INFERRED, line[:200])
    return first


def number_in_text(text: str) -> int | None:
    """The running number of the meeting in the heading of a text, or in all its resolutions ("č. 1/2/2020")."""
    for line in _head(text)[:_LINES_WITH_NUMBER]:
        if _NUMBERED.search(fold(line)) and not _is_of_another_day(fold(line)):
            number = find_dates(line, is_name=False).number
            if number is not None:
                return number
    sittings = {int(sitting) for sitting in _RESOLUTION.findall(fold(text[:_LONGEST]))}
    return sittings.pop() if len(sittings) == 1 else None


def _head(text: str) -> list[str]:
    lines = normalise(text[:_CHARACTERS]).splitlines()
    return [join_spaced(line.strip()[:_LONGEST_LINE]) for line in lines if line.strip()][:_LINES]


def _dated_lines(text: str) -> Iterator[tuple[str, Found, bool]]:
    """Each date of the head with its line, and whether words announce it there or at the end of the line before."""
    before = ""
    for line in _head(text):
        folded = fold(line)
        if not _is_of_another_day(folded) and not _SIGNED.match(folded) and not _is_of_another_day(before):
            for found in find_dates(line, is_name=False).dates:
                lead = folded[: found.start]
                yield line, found, bool(_CUE.search(lead if lead.strip() else f"{before} "))
        before = folded


def _is_of_another_day(folded: str) -> bool:
    return bool(_OTHER_DAYS.search(folded) or (_NEXT_DAYS.search(folded) and not _INVITES.search(folded)))
