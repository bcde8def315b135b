"""Which of the dates in a name is the document's own.

A name may also have the day of its mending or approval, a deadline, the next meeting, the day of a scan.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kpss_desktop.czech.date_finding import Findings, Form, Found
from kpss_desktop.czech.kinds import MEETING_PAPERS
from kpss_desktop.czech.surroundings import Hint
from kpss_desktop.model import Certainty, Kind

_DOUBTS = tuple(Certainty)  # the surest first
_ANNOUNCED = re.compile(r"(?:(?P<word>dne|dnech|konan\w*|konal\w*|kona)[\s_:.\-]*|(?<![a-z])ze?[\s_\-]+)$")
_MENDED = re.compile(
    r"(?:(?:po projednan|oprav|opr\.|(?<![a-z])rev(?:iz|id|(?![a-z]))|aktualiz|doplnen|uprav|schvalen"
    r"|zverejnen|vyvesen|vyhotoven|zapsan|rozeslan)[a-z]*"
    r"(?:[\s_]+(?:v[\s_]+)?(?:[zr]m[co]?|[zr]o|[kr]s|zastupitelstv|rad)[a-z]*(?:[\s_]+(?:mesta|obce|kraje))?)?"
    r"|(?:pristi|dalsi|nasledujic|predchoz|minul)[a-z]*(?:[\s_]+(?:jednani|setkani|zasedani|schuz\w*|termin))?)[\s_:.\-]*"
    r"(?:(?:dne|ke dni|od)[\s_]*)?$"
)
# The day of a scan or a picture, which need not be that of the meeting.
_MACHINE = re.compile(
    r"(?:img|scan|camscanner|sken|dsc|dscn|pxl|foto|photo|screenshot|snimek|whatsapp|doc|document)[a-z]*[\s_-]*|doc\d{6}"
)
_JOINS = re.compile(r"\s*(?:[+&,;]|a)\s*")
_DEADLINE = re.compile(r"(?<![a-z])do[\s_\-]+$")
_NEVER_NUMBERED = frozenset({Kind.ATTENDANCE, Kind.CATALOGUE})  # so "01-2022" is January, not the first of the year
# Minutes are not of the day of their approval, and a plan is for its years; others are of the day they were mended.
_DATED_BY_MENDING = frozenset({None, *Kind}) - MEETING_PAPERS - {Kind.PLAN} | {Kind.INVITATION}


def best_date(title: str, found: Findings, kind: Kind | None, around: Callable[[], list[Hint]]) -> Found | None:
    """The date of a folded name that says most; of several alike the announced one, else the first.

    `around` gives the hints that choose between two readings of the same digits.
    """
    meant = _meant(title, [one for one in found.dates if not (one.planned and kind in MEETING_PAPERS)], kind)
    if not meant:
        return None
    form = max((one.form for one in meant), key=lambda form: form.value)
    alike = [one for one in meant if one.form is form]
    if form is Form.YEAR:
        year = min(alike, key=lambda one: _DOUBTS.index(one.certainty))
        is_one = all(one.alternatives == year.alternatives for one in alike)  # "04-2019 a 05-2019" is of no one month
        if year.alternatives and is_one and kind in _NEVER_NUMBERED:
            return replace(year, date=year.alternatives[0], form=Form.MONTH)
        # The year of a plan is the one it is for, not the one it is of.
        return replace(year, certainty=Certainty.INFERRED) if kind is Kind.PLAN else year
    first, rivals = (alike[0], []) if len(alike) == 1 else _first_of_rivals(title, alike)
    chosen = _decided(first, around()) if first.alternatives else first
    if any(one.date != first.date for one in rivals) or _is_in_a_list(title, first, meant):
        return replace(chosen, certainty=Certainty.UNCERTAIN)
    return chosen


def _first_of_rivals(title: str, alike: list[Found]) -> tuple[Found, list[Found]]:
    """The announced one of several dates, else the first, and those that may as well be meant."""
    announced = [one for one in alike if _ANNOUNCED.search(title[: one.start])]
    first = min(announced or _without_stamp(title, alike), key=lambda one: _DOUBTS.index(one.certainty))
    # "Ze dne" tells the day of a paper from those it speaks of, a bare "z" does not.
    word = _ANNOUNCED.search(title[: first.start])
    return first, announced if word and word["word"] else alike


def _without_stamp(title: str, days: list[Found]) -> list[Found]:
    """The days without that of an upload, which a web puts before the name: "20220627-zapis-ps-23-6-2022"."""
    stamp, *written = days
    of_before = [one for one in written if str(one.date) < str(stamp.date)]
    return of_before if stamp.start == 0 and title[: stamp.end].isdigit() and of_before else days


def _is_in_a_list(title: str, chosen: Found, others: list[Found]) -> bool:
    """Whether a day is the last of several meetings: "6. 2. + 5. 3. 2019"."""
    return any(
        one.form is Form.DAY_MONTH and _JOINS.fullmatch(title[one.end : chosen.start]) is not None for one in others
    )


def _meant(title: str, dates: list[Found], kind: Kind | None) -> list[Found]:
    """The dates that may be the document's: days before months and years, its own day before that of its mending."""
    days = _without_machines(title, [one for one in dates if one.date.day is not None])
    others = [one for one in dates if one.date.day is None]
    if kind is Kind.PLAN and others:
        return others
    own = [one for one in days if not _MENDED.search(title[: one.start])]
    own = [one for one in own if not _DEADLINE.search(title[: one.start])]
    unbracketed = [one for one in own if not _is_bracketed(title[: one.start])]
    if own or not days:
        return unbracketed or own or dates
    doubted = [replace(one, certainty=Certainty.UNCERTAIN) for one in days]
    if kind in _DATED_BY_MENDING and not _DEADLINE.search(title[: days[0].start]):
        return days if len({one.date for one in days}) == 1 and not others else doubted
    return others or doubted


def _without_machines(title: str, days: list[Found]) -> list[Found]:
    """The days without that of a scan, when there is another."""
    written = [one for one in days if not is_by_machine(title, one)]
    return written if any(one.form is Form.FULL for one in written) else days


def is_by_machine(title: str, date: Found) -> bool:
    """Whether a machine wrote a date of a folded name: "Scan_20190410"."""
    return _MACHINE.fullmatch(title, 0, date.start) is not None


def _is_bracketed(before: str) -> bool:
    """Whether a date stands in brackets, and so is perhaps that of writing."""
    return before.count("(") > before.count(")")


def _decided(found: Found, hints: list[Hint]) -> Found:
    """Choose between two readings of the same digits by the year of what is around, when only one fits it."""
    years = {hint.date.year for hint in hints}
    fitting = [date for date in (found.date, *found.alternatives) if date.year in years]
    if len(fitting) == 1:
        return replace(found, date=fitting[0], certainty=Certainty.INFERRED, alternatives=())
    return found
