"""The date of a document, from its name, what surrounds it, and its text.

The name goes first. What the name leaves out is taken from the clerk's word for the whole drop, the ZIP's name, the
folders, the neighbours and the text, in this order, and is never more than inferred.
"""

from __future__ import annotations

from dataclasses import replace

from kpss_desktop.czech.context import CONTRADICTION, Context
from kpss_desktop.czech.date_finding import Findings, Form
from kpss_desktop.czech.dates import make_date
from kpss_desktop.czech.heads import Line
from kpss_desktop.czech.kinds import MEETING_PAPERS
from kpss_desktop.czech.name_dates import best_date, is_by_machine
from kpss_desktop.czech.surroundings import Hint, hints_of_neighbours, hints_of_place
from kpss_desktop.model import Certainty, Kind, PartialDate, Reading, Source

# Papers that are of no day; a date in their text is of something else.
_DAYLESS = frozenset({Kind.PLAN, Kind.RULES, Kind.CATALOGUE, Kind.HANDBOOK, Kind.LOGO, Kind.YEAR_ZIP})


def date_of(
    title: Line, found: Findings, kind: Kind | None, context: Context, in_text: Reading[PartialDate] | None
) -> Reading[PartialDate] | None:
    """The date with its source and certainty; None when nothing says any.

    `found` are the dates of `title`; `in_text` is what `date_in_text` read.
    """
    if kind in _DAYLESS:
        in_text = None
    named = best_date(title.folded, found, kind, lambda: hints_of_place(context) + hints_of_neighbours(context))
    if named is None:
        return _undated(hints_of_place(context), context, in_text, kind)
    by_machine = is_by_machine(title.folded, named)
    evidence = title.text[named.start : named.end].strip() or title.text
    reading = Reading(named.date, Source.NAME, named.certainty, evidence)
    if named.form is Form.FULL:
        stated = in_text is not None and in_text.certainty is Certainty.SURE
        if in_text and stated and (by_machine or in_text.value in named.alternatives):
            return in_text
        if by_machine and reading.certainty is Certainty.SURE:
            reading = replace(reading, certainty=Certainty.INFERRED)
        return _against_text(reading, in_text)
    if named.form is Form.DAY_MONTH:
        hints = _years_of_name(title.text, found, Certainty.SURE) + hints_of_place(context)
        hints += _years_of_name(title.text, found, Certainty.INFERRED) + hints_of_neighbours(context, named.date)
        return _with_year(reading, hints, in_text)
    return _within(reading, in_text, counts=named.planned)


def _years_of_name(title: str, found: Findings, certainty: Certainty) -> list[Hint]:
    """A year that stands apart from its day: "20. 1. zápis 2020" is sure, "zápis č. 3/2020" less so."""
    years = [one for one in found.dates if one.form is Form.YEAR and not one.planned and one.certainty is certainty]
    return [Hint(one.date, Source.NAME, title) for one in years]


def _against_text(reading: Reading[PartialDate], in_text: Reading[PartialDate] | None) -> Reading[PartialDate]:
    """A full date of the name stands; one in the text that says otherwise makes it uncertain."""
    if in_text is None or in_text.certainty is not Certainty.SURE:
        return reading
    if in_text.value == reading.value:
        return Reading(reading.value, Source.NAME, Certainty.SURE, reading.evidence)
    return _contradicted(reading, in_text)


def _contradicted(reading: Reading[PartialDate], in_text: Reading[PartialDate]) -> Reading[PartialDate]:
    evidence = f"{reading.evidence}{CONTRADICTION}{in_text.evidence}"
    return Reading(reading.value, reading.source, Certainty.UNCERTAIN, evidence)


def _with_year(
    reading: Reading[PartialDate], hints: list[Hint], in_text: Reading[PartialDate] | None
) -> Reading[PartialDate]:
    """Complete a day and a month with a year from around or from the text."""
    if in_text and in_text.value.year:
        hints = [*hints, Hint(in_text.value, Source.TEXT, in_text.evidence)]
    doubt = reading.certainty is Certainty.UNCERTAIN
    for hint in hints:
        whole = make_date(hint.date.year, reading.value.month, reading.value.day)
        if whole is None:
            continue
        certainty = Certainty.UNCERTAIN if doubt else Certainty.INFERRED
        completed = Reading(whole, hint.source, certainty, f"{reading.evidence} + {hint.evidence}")
        differs = in_text is not None and in_text.value.is_full and in_text.value != whole
        if in_text and differs and (in_text.certainty is Certainty.SURE or hint.source is Source.TEXT):
            return _contradicted(completed, in_text)
        return completed
    return replace(reading, certainty=Certainty.UNCERTAIN if doubt else Certainty.INFERRED)


def _within(
    reading: Reading[PartialDate], in_text: Reading[PartialDate] | None, *, counts: bool
) -> Reading[PartialDate]:
    """A month or a year of the name gives way to the day in the text; `counts` keeps a planned year."""
    if counts or in_text is None or not in_text.value.is_full or in_text.certainty is Certainty.UNCERTAIN:
        return reading
    year, month = reading.value.year, reading.value.month
    fits = in_text.value.year == year and month in {None, in_text.value.month}
    if fits:
        return in_text
    if in_text.certainty is not Certainty.SURE:
        return reading
    if reading.certainty is Certainty.UNCERTAIN:  # "zápis 12-19" was hardly a year
        evidence = f"{in_text.evidence}{CONTRADICTION}{reading.evidence}"
        return replace(in_text, certainty=Certainty.UNCERTAIN, evidence=evidence)
    return _contradicted(reading, in_text)


def _undated(
    place: list[Hint], context: Context, in_text: Reading[PartialDate] | None, kind: Kind | None
) -> Reading[PartialDate] | None:
    """The date of a document whose name has none."""
    if in_text and in_text.value.year is None:
        return _with_year(in_text, place + hints_of_neighbours(context, in_text.value), None)
    # Whoever made a folder or a ZIP of one day put the papers of one meeting there.
    of_a_day = next((hint for hint in place if hint.date.is_full and hint.source in {Source.ZIP, Source.FOLDER}), None)
    if in_text and of_a_day and in_text.value.is_full and in_text.value != of_a_day.date:
        # What was laid beside the minutes may speak of any day; the minutes themselves only of their own.
        if in_text.certainty is Certainty.SURE and kind in MEETING_PAPERS:
            evidence = f"{in_text.evidence}{CONTRADICTION}{of_a_day.evidence}"
            return replace(in_text, certainty=Certainty.UNCERTAIN, evidence=evidence)
        return Reading(of_a_day.date, of_a_day.source, Certainty.INFERRED, of_a_day.evidence)
    if in_text:
        return in_text
    if not place:
        return None
    return Reading(place[0].date, place[0].source, Certainty.INFERRED, place[0].evidence)
