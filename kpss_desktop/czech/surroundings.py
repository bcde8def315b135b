"""What the place of a document says of its date: the clerk's word, the ZIP, the folders, the neighbours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from kpss_desktop.czech.context import Context
from kpss_desktop.czech.date_finding import Form, find_dates
from kpss_desktop.czech.dates import make_date
from kpss_desktop.czech.file_names import split_name
from kpss_desktop.model import Certainty, PartialDate, Source


@dataclass(frozen=True, slots=True)
class Hint:
    """A date that something around the document has; its year is always known."""

    date: PartialDate
    source: Source
    evidence: str


def hints_of_place(context: Context) -> list[Hint]:
    """The dates of the whole drop, the letter's subject, the ZIP, the folders from the innermost, the sending."""
    hints = []
    if context.year is not None and (date := make_date(context.year)):
        hints.append(Hint(date, Source.CLERK, str(context.year)))
    if context.subject and (date := _date_of_place(context.subject)):
        hints.append(Hint(date, Source.MAIL, context.subject))
    if context.archive_name and (date := _date_of_place(context.archive_name)):
        hints.append(Hint(date, Source.ZIP, context.archive_name))
    dated = ((folder, _date_of_place(folder)) for folder in reversed(context.folders))
    hints += [Hint(date, Source.FOLDER, folder) for folder, date in dated if date]
    if context.sent:
        hints.append(Hint(context.sent, Source.MAIL, str(context.sent)))
    return hints


def hints_of_neighbours(context: Context, day: PartialDate | None = None) -> list[Hint]:
    """The neighbour of the very same day (the invitation to the same meeting), then the year of most of them.

    None of a kind when two days or two years are as good.
    """
    dated = [(name, date) for name in context.neighbours if (date := _full_date(name))]
    names = {date: name for name, date in dated}
    hints = []
    if day is not None:
        same = [date for date in names if (date.month, date.day) == (day.month, day.day)]
        if len(same) == 1:
            hints.append(Hint(same[0], Source.NEIGHBOURS, names[same[0]]))
    years = Counter(date.year for _, date in dated).most_common(2)
    if years and (len(years) == 1 or years[0][1] > years[1][1]):
        year = years[0][0]
        evidence = next(name for name, date in dated if date.year == year)
        hints.append(Hint(PartialDate(year), Source.NEIGHBOURS, evidence))
    return hints


@lru_cache(maxsize=1024)
def _date_of_place(name: str) -> PartialDate | None:
    """The date in a folder's or a ZIP's name: the day when it is of one meeting, else the year; never a period."""
    dates = [one for one in find_dates(split_name(name)[0]).dates if one.date.year and not one.planned]
    full = [one.date for one in dates if one.form is Form.FULL and one.certainty is Certainty.SURE]
    if full:
        return full[0]
    return PartialDate(dates[0].date.year) if dates else None


@lru_cache(maxsize=16384)
def _full_date(name: str) -> PartialDate | None:
    """The day in a neighbour's name; each name is asked for by all its neighbours."""
    for one in find_dates(split_name(name)[0]).dates:
        if one.form is Form.FULL and one.certainty is Certainty.SURE:
            return one.date
    return None
