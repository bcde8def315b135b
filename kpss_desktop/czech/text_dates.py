"""The date of a meeting as its papers state it in their first lines.

Only a date after words such as "konané dne" or "Termín jednání:" is sure. Dates of the next or the last meeting, of
laws and of signatures are passed over: a sign-off may be of another day or simply wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from kpss_desktop.czech.date_finding import Form, Found, find_in_line
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.heads import Head
from kpss_desktop.model import Certainty, PartialDate, Reading, Source

_DAY = r"(?:pondeli|utery|streda|stredu|ctvrtek|patek|sobota|sobotu|nedele|nedeli)"
_OF_MEETING = r"(?: (?:jednani|konani|setkani|schuz[a-z]+|akce|zasedani)){0,2}"
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
    r"|podepsan|digitaln|zajisti|sejmuto|ucinnost|platnost|splatnost|narozen|nar\.|terminy|ukol|zodpovid|odpovid"
    r"|nejpozdeji|pripomink|potvr|vytisten|vypracov|vytvoren|aktualiz[a-z]+\s*(?:dne|ke dni|k)?[\s:]*$|odeslan|vyrizuje"
    r"|c\. ?j\.|znacka|kontrol[auye](?![a-z])|(?:za|v) obdobi|planovan[oay](?![a-z])|prelozen|uzaverk"
    r"|(?:zasl|zasil|podav|podej|prihlas)[a-z]*te"
)
_SIGNED = re.compile(rf"\s*ve?\s+(?!{_DAY})[a-z][a-z .\-]{{1,40}}?,?\s+(?:dne\s+)?$")
_CLAUSE_ENDS = re.compile(r"[;•]|\.\s+(?=[^\W\d_a-záčďéěíňóřšťúůýž])")
_LABEL = re.compile(r"(?:datum|termin)[^:]*:")
_NOTHING_ELSE = re.compile(r"[\s|(,–-]*(?:[vz]e?|na)?\s*")
_BODIES = re.compile(r"skupin|komis|vybor")
_EVENT = re.compile(r"\s*(?:byl|bude|budou|se|nabyl|vesel|vstoup|probeh)[a-z]*(?![a-z])")
_SIGNS = re.compile(r"podeps|podpis|zaps|zapis(?:ovatel|oval)|overi|schvalil")
_GOES_ON = re.compile(r"\s*(?:[-–,a]|az|do)\s*")
_PAPERS = re.compile(r"zapis(?!ov)|zaznam|pozvank|jednani|zasedani|setkani|schuz|prezencni|presencni|usneseni")
_LINES_WITH_NUMBER = 6
_SITTING_AND_YEAR = re.compile(r"/(\d{1,3})/20\d\d(?!\d)")
_RESOLUTION = re.compile(r"usneseni c\. ?\d{1,3}$")  # and its item, before them
_LEAD = 32  # characters that hold it
_LONGEST = 200_000


class _Weight(IntEnum):
    """How much speaks for a date being the meeting's."""

    MENTIONED = 0  # "připomněla konferenci dne"
    HEADED = 1  # beside the heading, or on a line of its own
    ANNOUNCED = 2


@dataclass(frozen=True, slots=True)
class _Stated:
    """A date with its line."""

    line: str
    found: Found
    weight: _Weight

    def reading(self) -> Reading[PartialDate]:
        sure = self.weight is _Weight.ANNOUNCED and self.found.form is Form.FULL
        certainty = self.found.certainty if sure else Certainty.INFERRED
        return Reading(self.found.date, Source.TEXT, certainty, self.line[:200])


def date_in_text(head: Head) -> Reading[PartialDate] | None:
    """The date of the meeting within the first lines; SURE after words that announce it, else INFERRED.

    Of dates that nothing announces the first beside a heading or alone on its line goes before the others. A day and
    month without a year is returned as such, when it is announced.
    """
    stated = [one for one in _stated_days(head) if one.found.form is Form.FULL or one.weight is _Weight.ANNOUNCED]
    return max(stated, key=lambda one: one.weight).reading() if stated else None


def number_in_text(head: Head) -> int | None:
    """The running number of the meeting in the heading of a text, or in all its resolutions ("č. 1/2/2020")."""
    for line in head.beginnings[:_LINES_WITH_NUMBER]:
        number = find_in_line(line).number
        if number is not None and _PAPERS.search(line.folded) and not _is_of_another_day(line.folded, ""):
            return number
    sittings = set(_sittings(head.whole[:_LONGEST]))
    return sittings.pop() if len(sittings) == 1 else None


def _sittings(text: str) -> Iterator[int]:
    """The sittings that the numbers of resolutions name: 2 in "usnesení č. 1/2/2020"."""
    for match in _SITTING_AND_YEAR.finditer(text):
        if _RESOLUTION.search(fold(text[max(0, match.start() - _LEAD) : match.start()])):
            yield int(match[1])


def _stated_days(head: Head) -> Iterator[_Stated]:
    """Each date of the head that may be the meeting's."""
    before = ""
    for line in head.beginnings:
        text, folded = line
        dates = [found for found in find_in_line(line).dates if found.date.day]
        passed_over, end = False, 0
        for found in dates:
            lead = folded[_clause(text, end, found.start) : found.start]
            if not (end and _GOES_ON.fullmatch(lead)):
                passed_over = _is_of_another_day(lead, before) or _SIGNED.match(lead) is not None
            end = found.end
            if not passed_over:
                yield _Stated(text, found, _weight(lead, before, folded[end:]))
        before = "" if dates else folded


def _clause(line: str, begin: int, end: int) -> int:
    """Where the clause begins that leads to a date."""
    return max((match.end() for match in _CLAUSE_ENDS.finditer(line, begin, end)), default=begin)


def _weight(lead: str, before: str, after: str) -> _Weight:
    """By the words before the date, by the line above it where it begins its own, and by what follows it."""
    if not lead.strip(" |\t("):
        announced = _CUE.search(f"{before} ") or _FIRST_COLUMN.match(before)
        return _Weight.ANNOUNCED if announced else _Weight.HEADED
    if _CUE_BEFORE_PLACE.search(lead):
        return _Weight.ANNOUNCED
    cue = _CUE.search(lead)
    if cue and ("konan" in cue[0] or _PAPERS.search(lead) or _PAPERS.search(after)):
        return _Weight.ANNOUNCED
    if cue and _NOTHING_ELSE.fullmatch(lead, 0, cue.start()):
        # "Dne 16. 1. byl schválen plán" tells of another event, and below who wrote it a date may be that of writing.
        return _Weight.MENTIONED if _EVENT.match(after) or _SIGNS.search(before) else _Weight.ANNOUNCED
    if cue and _LABEL.match(cue[0]):
        return _Weight.ANNOUNCED
    return _Weight.HEADED if _PAPERS.search(lead) or _BODIES.search(lead) else _Weight.MENTIONED


def _is_of_another_day(lead: str, before: str) -> bool:
    """Whether the words before a date, or the line above where they begin there, speak of some other day."""
    cue = _CUE.search(lead)
    goes_on = cue is not None and not _LABEL.match(cue[0]) and _NOTHING_ELSE.fullmatch(lead, 0, cue.start())
    said = lead if lead.strip() and not goes_on else f"{before} {lead}"  # "Smlouva o dílo" and below it "ze dne ..."
    if _OTHER_DAYS.search(said):
        return True
    return bool(_NEXT_DAYS.search(said) and not _INVITES.search(f"{before} {lead}"))
