"""Dates as Czech clerks write and read them: the names of months, and one date written out or typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from kpss_desktop.czech.folding import fold, normalise
from kpss_desktop.model import PartialDate

FIRST_YEAR = 1990  # community planning in Czechia is younger; lower numbers are ids and ordinals

_NOMINATIVES = (
    "leden",
    "únor",
    "březen",
    "duben",
    "květen",
    "červen",
    "červenec",
    "srpen",
    "září",
    "říjen",
    "listopad",
    "prosinec",
)
_GENITIVES = (
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
)

# Folded, in all cases, and as an adjective ("listopadová schůzka"). The longer of "červenec" and "červen" comes first.
MONTH = (
    r"(?:(?:ledn|unor|brezn|dubn|kvetn|cervn|cervenc|srpn|zarij|rijn|listopad|prosinc)ov(?:y|a|e|eho|em|emu|ou|ych)"
    r"|led(?:en|na|nu|nem)|unor(?:a|u|em|e)?|(?:brez|dub|kvet|srp|rij)(?:en|na|nu|nem)|cerven(?:ec|ce|ci|cem)"
    r"|cerv(?:en|na|nu|nem)|zarim?|listopad(?:u|em)?|prosin(?:ec|ce|ci|cem))(?![a-z])"
)
# As they are shortened between a day and a year. Not "pro", a preposition before years, nor "list", a sheet.
SHORT_MONTHS = {"led": 1, "uno": 2, "bre": 3, "dub": 4, "kve": 5, "cvn": 6, "cvc": 7, "srp": 8, "zar": 9, "rij": 10}
SHORT_MONTHS |= {"lis": 11, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9}
SHORT_MONTHS |= {"oct": 10, "nov": 11, "dec": 12, "brez": 3, "kvet": 5, "srpn": 8, "rijn": 10, "pros": 12}
_BEGINNINGS = {"led": 1, "uno": 2, "bre": 3, "dub": 4, "kve": 5, "cer": 6, "srp": 8, "zar": 9, "rij": 10}
_BEGINNINGS |= {"lis": 11, "pro": 12}

_GAP = r"[\s.\-_/]*"
_TYPED_MONTH_NAME = re.compile(rf"(?:(\d{{1,2}}){_GAP})?({MONTH})(?:{_GAP}(\d{{4}}))?\.?")
_TYPED_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_TYPED_NUMBERS = re.compile(r"\d+")
_TYPED_SHAPE = re.compile(r"[\d\s.,\-_/]+")
# Which of the typed numbers are year, month and day; "y" is a number of four digits, "n" one of one or two.
_TYPED_ORDERS: dict[str, tuple[int | None, ...]] = {
    "y": (0,),
    "ynn": (0, 1, 2),
    "nny": (2, 1, 0),
    "nn": (None, 1, 0),
    "ny": (1, 0),
    "yn": (0, 1),
}


def latest_year() -> int:
    """The last year a document can be of: next year, for invitations and plans made ahead."""
    return datetime.now(tz=UTC).year + 1


def month_number(folded: str) -> int:
    """The number of a month whose folded name matched MONTH, in any case."""
    if folded.startswith(("cervenc", "cervenec")):
        return 7
    return _BEGINNINGS[folded[:3]]


def short_year(two_digits: int) -> int | None:
    """The year meant by two digits, or None when it would be neither recent nor possible."""
    for year in (2000 + two_digits, 1900 + two_digits):
        if FIRST_YEAR <= year <= latest_year():
            return year
    return None


def make_date(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date of these parts, or None when there is no such day or the year is out of question."""
    if year is not None and not FIRST_YEAR <= year <= latest_year():
        return None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def format_date(date: PartialDate) -> str:
    """The date as it is read: "16. 1. 2020", "březen 2020", "2020", or "6. 3." without a year."""
    if date.day is not None:
        year = "" if date.year is None else f" {date.year}"
        return f"{date.day}. {date.month}.{year}"
    if date.month is not None:
        return f"{_NOMINATIVES[date.month - 1]} {date.year}"
    return str(date.year)


def format_date_in_words(date: PartialDate) -> str:
    """The date with its month in words: "16. ledna 2020"; without a day as `format_date`."""
    if date.day is None or date.month is None:
        return format_date(date)
    year = "" if date.year is None else f" {date.year}"
    return f"{date.day}. {_GENITIVES[date.month - 1]}{year}"


def parse_date(typed: str) -> PartialDate | None:
    """What a clerk typed, or None when it is no date.

    Understood are "16. 1. 2020", "16.1.20", "16. 1.", "2020", "3/2020", "březen 2020", "6. března 2020", "16012020",
    "2020-01-16", "2020-01" and "--01-16". Any real year is taken: who types a date knows it.
    """
    text = fold(normalise(typed)).strip()
    try:
        return PartialDate.parse(text)
    except ValueError:
        pass
    try:
        return _typed_in_words(text) or _typed_in_numbers(text)
    except ValueError:
        return None


def _typed_in_words(text: str) -> PartialDate | None:
    match = _TYPED_MONTH_NAME.fullmatch(text)
    if match is None:
        return None
    day, month, year = match.groups()
    return PartialDate(int(year) if year else None, month_number(month), int(day) if day else None)


def _typed_in_numbers(text: str) -> PartialDate | None:
    if _TYPED_SHAPE.fullmatch(text) is None:
        return None
    run = _TYPED_DIGITS.fullmatch(text)
    parts = list(run.groups()) if run else _TYPED_NUMBERS.findall(text)
    if run and make_date(int(parts[2])) is None:
        parts = [text[:4], text[4:6], text[6:]]
    numbers = [int(part) for part in parts]
    if len(parts) == 3 and max(len(part) for part in parts) == 2:
        numbers[2] = short_year(numbers[2]) or 0  # no year is 0, so it fails below
        parts[2] = "year"
    order = _TYPED_ORDERS.get("".join("y" if len(part) > 2 else "n" for part in parts))
    return PartialDate(*(None if place is None else numbers[place] for place in order)) if order else None
