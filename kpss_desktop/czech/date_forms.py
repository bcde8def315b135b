"""Every form in which clerks write dates, and what its numbers mean.

A Czech date is day, month, year. Year first is read only where the year has four digits or a name begins with six
digits (yymmdd). Two numbers alone ("6 3") are a day and a month. What could be read two ways is marked UNCERTAIN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date as day_of_calendar

from kpss_desktop.czech.dates import MONTH, SHORT_MONTHS, make_date, month_number, short_year
from kpss_desktop.model import Certainty, PartialDate

YEAR = r"((?:199\d|20\d\d))"
_N = r"(\d{1,2})"
_SEP = r"(?:\s*[.\-_/]{1,2}\s*|\s+)"
_ANY_SEP = r"(?:\s*[.,\-_/]{1,2}\s*|\s+)"
_WORD_SEP = r"[\s.\-_,]*"
# The first day of a range: "26. – 27. 3. 2012", "28. 2. - 1. 3. 2012", "26. a 27. března".
_FROM = rf"(?:(?<![\d.]){_N}\.\s*(?:{_N}\.\s*)?(?:[-–—]|a|az)\s*)?"
_TO_MONTH = r"((?:\s*[-–—,]\s*|[\s_-]+(?:a|az)[\s_-]+)(?:v[e]?[\s_-]+)?" + MONTH + ")?"
_SITTING = r"(?:[\s_-]+(?:schuz[a-z]*|jednani|setkani|zasedani|porad[a-z]*))?"
_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTH = re.compile(MONTH)
_TWO_MONTHS = re.compile(r"^\d+-\d+[^\d-]")  # "03-04_2022"
_LONGEST_STAY = 3  # days
_OF_A_MEETING = re.compile(r"(?:zapis|zaznam|pozvank|usneseni)[^\d|]{0,20}$")

# Two more numbers after the year, with one kind of gap; "12.30" after a gap is a time.
_YEAR_FIRST_TOO = re.compile(r"([ _.-])\d{1,2}\1\d{1,2}(?![\d.])")

# The date, how sure it is, and other readings. None for the date: it was meant as one and is none, so its parts must
# not be read as something else.
_Reading = tuple[PartialDate | None, Certainty, tuple[PartialDate, ...]]
_Read = Callable[[re.Match[str]], _Reading | None]


def _no_such_day(year: int) -> _Reading:
    """Keep, with doubt, the year of a date such as 31. 2. 2020."""
    return make_date(year), Certainty.UNCERTAIN, ()


def _certain(date: PartialDate | None) -> _Reading | None:
    return (date, Certainty.SURE, ()) if date else None


def _first_of_stay(first: PartialDate | None, last: PartialDate | None) -> _Reading | None:
    """The first of some days; those of "6. 2. a 5. 3. 2019" are two meetings, or a period."""
    if first is None or last is None or first >= last:
        return _certain(last)
    near = (_calendar_day(last) - _calendar_day(first)).days <= _LONGEST_STAY
    return (first, Certainty.SURE, ()) if near else (first, Certainty.UNCERTAIN, (last,))


def _calendar_day(date: PartialDate) -> day_of_calendar:
    return day_of_calendar.fromisoformat(str(date))


def _choice(dates: Iterator[PartialDate | None] | list[PartialDate | None], only: Certainty) -> _Reading | None:
    """The first of several readings; `only` is its certainty when it is the only one."""
    there = list(dict.fromkeys(date for date in dates if date))
    if not there:
        return None
    return there[0], only if len(there) == 1 else Certainty.UNCERTAIN, tuple(there[1:])


def _year_first(match: re.Match[str]) -> _Reading | None:
    year, month, day = (int(part) for part in match.groups())
    return _certain(make_date(year, month, day)) or _no_such_day(year)


def _day_first(match: re.Match[str]) -> _Reading | None:
    from_day, from_month = (int(part) if part else None for part in match.group(1, 2))
    day, month, year = map(int, match.group(3, 4, 5))
    first = make_date(year, from_month or month, from_day) if from_day else None
    reading = _first_of_stay(first, make_date(year, month, day))
    if reading is None:  # some apps of phones write the month first: "CamScanner 03-15-2022"
        return _choice([make_date(year, day, month)], Certainty.UNCERTAIN) or _no_such_day(year)
    if "/" in match[0] or "," in match[0] or _TWO_MONTHS.search(match[0]):  # as likely item/sitting/year, or a list
        return reading[0], Certainty.UNCERTAIN, ()
    if _YEAR_FIRST_TOO.match(match.string, match.end(5)):  # "1 2 2020 01 10" may be number, number, date
        return reading[0], Certainty.UNCERTAIN, ()
    return reading


def _roman_month(match: re.Match[str]) -> _Reading | None:
    day, month, year = match.groups()
    return _certain(make_date(int(year), _ROMAN_MONTHS.index(month) + 1, int(day))) or _no_such_day(int(year))


def _days_of_a_stay(match: re.Match[str]) -> _Reading | None:
    """Read "24-25_4_2017", days that follow each other; "1-16.1.2020" is a number and a day."""
    first, day, month, year = (int(part) for part in match.groups())
    if not first < day <= first + _LONGEST_STAY or make_date(year, month, day) is None:
        return None
    return _choice([make_date(year, month, first), make_date(year, month, day)], Certainty.UNCERTAIN)


def _month_in_words(match: re.Match[str]) -> _Reading | None:
    from_day, from_month, day, month, year = match.groups()
    first_month = int(from_month) if from_month else month_number(month)
    first = make_date(int(year), first_month, int(from_day)) if from_day else None
    return _first_of_stay(first, make_date(int(year), month_number(month), int(day))) or _no_such_day(int(year))


def _abbreviated_month(match: re.Match[str]) -> _Reading | None:
    return _certain(make_date(int(match[3]), SHORT_MONTHS[match[2]], int(match[1])))


def _stamp(match: re.Match[str]) -> _Reading | None:
    """Read the day and time that a machine wrote: "20191210104523", also after its own number, "doc004523"."""
    date = make_date(int(match[1]), int(match[2]), int(match[3]))
    return (date, Certainty.INFERRED, ()) if date else None


def _eight_digits(match: re.Match[str]) -> _Reading | None:
    run = match[0]
    as_written = make_date(int(run[4:]), int(run[2:4]), int(run[:2]))
    return _certain(as_written or make_date(int(run[:4]), int(run[4:6]), int(run[6:])))


def _year_and_four_digits(match: re.Match[str]) -> _Reading | None:
    """Read "2013_1210", which may be a year and a number."""
    date = make_date(int(match[1]), int(match[2]), int(match[3]))
    return (date, Certainty.UNCERTAIN, ()) if date else None


def _seven_digits(match: re.Match[str]) -> _Reading | None:
    """Read "7042026", which lost the zero of its day; a lost zero of the month is a guess."""
    run = match[0]
    short_day = make_date(int(run[3:]), int(run[1:3]), int(run[0])) if run[1] in "01" else None
    short_month = make_date(int(run[3:]), int(run[2]), int(run[:2]))
    return _choice([short_day, short_month], Certainty.INFERRED if short_day else Certainty.UNCERTAIN)


def _six_digits(match: re.Match[str]) -> _Reading | None:
    one, two, three = (int(match[0][at : at + 2]) for at in (0, 2, 4))
    year_first = make_date(short_year(one), two, three) if short_year(one) else None
    year_last = make_date(short_year(three), two, one) if short_year(three) else None
    leading = match.start() == 0
    # Names are sorted by a year they begin with; elsewhere the Czech order is likelier.
    both = [year_first, year_last] if leading else [year_last, year_first]
    reading = _choice(both, Certainty.SURE if leading else Certainty.UNCERTAIN)
    if reading is None and 1 <= one <= 31:  # "122019": a number, or a month, and its year
        return _choice([make_date(int(match[0][2:]))], Certainty.UNCERTAIN)
    return reading


def _five_digits(match: re.Match[str]) -> _Reading | None:
    return _choice([make_date(int(match[2]))], Certainty.UNCERTAIN)


def _short_year_last(match: re.Match[str]) -> _Reading | None:
    day, month, year = (int(part) for part in match.groups())
    dotted = match[0].count(".") == 2
    year_last = make_date(short_year(year), month, day) if short_year(year) else None
    year_first = make_date(short_year(day), month, year) if short_year(day) and not dotted else None
    # A name that begins "18-05-10" is sorted by its year.
    if match.start() == 0 and len(match[1]) == len(match[2]) == 2:
        return _choice([year_first, year_last], Certainty.SURE)
    return _choice([year_last, year_first], Certainty.SURE if dotted else Certainty.UNCERTAIN)


def _month_and_year(match: re.Match[str]) -> _Reading | None:
    """Read "leden 2014", and "leden až červen 2014" as either end of it."""
    months = [month_number(one[0]) for one in _MONTH.finditer(match[0])]
    return _choice([make_date(int(match[3]), month) for month in months], Certainty.SURE)


def _month_and_short_year(match: re.Match[str]) -> _Reading | None:
    """Read "leden14", which may be a day of January as well."""
    year = short_year(int(match[2]))
    date = make_date(year, month_number(match[1])) if year else None
    return (date, Certainty.UNCERTAIN, ()) if date else None


def _year_and_month(match: re.Match[str]) -> _Reading | None:
    """Read "2019 březen" and "2021_březen_23"; in "2019 březen_2" the last may number a paper."""
    year, month = int(match[1]), month_number(match[2])
    day = make_date(year, month, int(match[3])) if match[3] else None
    certainty = Certainty.UNCERTAIN if match[3] and (day is None or len(match[3]) == 1) else Certainty.SURE
    date = day or make_date(year, month)
    return (date, certainty, ()) if date else None


def _year_and_month_number(match: re.Match[str]) -> _Reading | None:
    """Read "2018-03"; "2011-12" may as well be two years."""
    date = make_date(int(match[1]), int(match[2]))
    return (date, Certainty.INFERRED if match[2].startswith("0") else Certainty.UNCERTAIN, ()) if date else None


def _day_and_month_name(match: re.Match[str]) -> _Reading | None:
    return _certain(make_date(None, month_number(match[2]), int(match[1])))


def _day_and_month(match: re.Match[str]) -> _Reading | None:
    date = make_date(None, int(match[2]), int(match[1]))
    # "03-06" may as well be March 2006.
    hyphenated = "-" in match[0] and "." not in match[0]
    return (date, Certainty.UNCERTAIN if hyphenated else Certainty.SURE, ()) if date else None


def _number_and_short_year(match: re.Match[str]) -> _Reading | None:
    """Read "zápis 5_23", where 23 is no month; other papers have pages and ages."""
    year = short_year(int(match[2]))
    if year is None or int(match[2]) <= 12 or _OF_A_MEETING.search(match.string[: match.start()]) is None:
        return None
    return make_date(year), Certainty.UNCERTAIN, ()


@dataclass(frozen=True, slots=True)
class DateForm:
    """A form of dates; `sign` names a part of it that is looked for once for all the forms that need it.

    `mark` is a character that it never lacks.
    """

    pattern: re.Pattern[str]
    read: _Read
    sign: str
    mark: str
    only_names: bool


def _form(pattern: str, read: _Read, sign: str, *, mark: str = "", only_names: bool = False) -> DateForm:
    return DateForm(re.compile(pattern), read, sign, mark, only_names)


_SIGNS = {
    "pair": re.compile(r"\d[\s.,\-_/]+['’]?\d"),
    "year": re.compile(r"[12]\d\d\d"),
    "run": re.compile(r"\d{5}"),
    "month": re.compile(r"led|uno|bre|dub|kve|cer|srp|zar|rij|listop|prosi"),  # beginnings, which are found faster
}
_ALL_SIGNS = tuple(_SIGNS)


def signs_in(text: str, among: Collection[str] = _ALL_SIGNS) -> list[str]:
    """The signs of forms that a text has; without one of them nothing of its forms is there."""
    return [name for name in among if _SIGNS[name].search(text)]


# The surer forms come first.
FORMS = (
    _form(rf"(?<!\d){_FROM}{_N}{_WORD_SEP}({MONTH}){_WORD_SEP}{YEAR}(?!\d)", _month_in_words, "month"),
    _form(rf"(?<!\d){_N}\.\s*({'|'.join(_ROMAN_MONTHS)})\.\s*{YEAR}(?!\d)", _roman_month, "year"),
    _form(rf"(?<![\d.,/-]){_N}-{_N}[._]\s?{_N}[._]\s?{YEAR}(?!\d)", _days_of_a_stay, "year", mark="-", only_names=True),
    _form(rf"(?<!\d){_FROM}{_N}{_ANY_SEP}{_N}{_ANY_SEP}([12]\d{{3}})(?!\d)", _day_first, "year"),
    _form(rf"(?<!\d){YEAR}{_SEP}{_N}{_SEP}{_N}(?!\d)(?!{_SEP}\d{{4}})", _year_first, "year"),
    _form(
        rf"(?<!\d){_N}[\s._-]?({'|'.join(SHORT_MONTHS)})[\s._-]{{0,2}}{YEAR}(?!\d)",
        _abbreviated_month,
        "year",
        only_names=True,
    ),
    _form(
        rf"(?:(?<!\d)|(?<=doc\d{{6}})){YEAR}(\d\d)(\d\d)(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)",
        _stamp,
        "run",
        only_names=True,
    ),
    _form(r"(?<!\d)\d{8}(?!\d)", _eight_digits, "run", only_names=True),
    _form(rf"(?<!\d){YEAR}_(\d\d)(\d\d)(?!\d)", _year_and_four_digits, "year", mark="_", only_names=True),
    _form(r"(?<!\d)\d{7}(?!\d)", _seven_digits, "run", only_names=True),
    _form(rf"(?<![\d.])(?<!\d\. ){_N}\.\s?{_N}\.\s?['’]?(\d\d)(?![\d:]|[.,]\d)", _short_year_last, "pair"),
    _form(rf"(?<![\d.]){_N}[-_ /]{_N}[-_ /](\d\d)(?![\d:,.])", _short_year_last, "pair", only_names=True),
    _form(r"(?<!\d)\d{6}(?!\d)", _six_digits, "run", only_names=True),
    _form(rf"(?<![a-z])({MONTH}){_TO_MONTH}{_SITTING}[\s._-]+{YEAR}(?!\d)", _month_and_year, "month"),
    _form(rf"(?<!\d){YEAR}[\s._-]+({MONTH})(?:[_-](\d\d?)(?![\d.]))?", _year_and_month, "month", only_names=True),
    _form(rf"(?<!\d)(?<!\d[\s.])({MONTH})[\s_-]?(\d\d)(?![\d.:])", _month_and_short_year, "month", only_names=True),
    _form(rf"(?<!\d){YEAR}[-_](0[1-9]|1[0-2])(?![-_.]?\d)", _year_and_month_number, "year", only_names=True),
    _form(rf"(?<!\d){_N}{_WORD_SEP}({MONTH})", _day_and_month_name, "month"),
    _form(rf"(?<![\d.,/:]){_N}(?:\.\s*|\s+|_|-){_N}\.?(?![\d/:%a-z]|[.,]\d|\s*%)", _day_and_month, "pair"),
    _form(
        rf"(?<![\d.,/:])(?<!\d[-_]){_N}[-_](\d\d)(?![\d/:%]|[-_.,]\d|[-_\s]*(?:let|hod))",
        _number_and_short_year,
        "pair",
        only_names=True,
    ),
    _form(rf"(?<!\d)(\d){YEAR}(?!\d)", _five_digits, "run", only_names=True),
)
