"""Numbers that are no dates: running numbers of meetings, numbers of districts and rooms, times, versions.

They are blanked before dates are looked for. What they say of the meeting's number and year is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpss_desktop.czech.dates import MONTH, SHORT_MONTHS

BLANK = "|"  # neither a digit, a letter nor a gap, so nothing is joined across it

_YEAR = r"(?:199\d|20\d\d)"
_ADJECTIVE = r"(?:[a-z]{3,}(?:eho|ych|ych|em|y|e|i|a|ou|im)[\s_-]+)"
_SITTING = r"(?:jednani|zasedani|schuz[a-z]*|setkani|porad[a-z]*|rad[auy](?![a-z]))"
_ORDERED = (
    rf"(?:{_SITTING}|pracovni[a-z]* skupin|revize|etap[a-z]*|aktualizac[a-z]*|komunitni|verz[a-z]*|vydani|rocnik)"
)
_ORDINAL = re.compile(
    rf"(\d(?<!\d\d)(?<!\d\.\d)(?<!\d\. \d)(?<!\d-\d)\d{{0,2}})(?:\.[\s_]*|-){_ADJECTIVE}{{0,2}}(?P<what>{_ORDERED})"
)
# "č." must be told from a group called C, so this one is matched on text that still has its marks.
_NUMBERED = re.compile(
    rf"(?<![^\W_])(?:č\.?|c\.|c-|čís\.?|číslo|cislo)[\s_.-]*(?!\d{{1,2}}\s*\.\s*\d{{1,2}}\s*\.\s*\d{{4}})"
    rf"(?!\d{{1,2}}\.\s*{MONTH})(\d{{1,4}})"
    rf"(?:(?:\s*/\s*\d{{1,3}})?(?:\s*/\s*|-)({_YEAR}|(?<=\d/)\d\d(?![\d/]|[.-]\d))(?!\d)|(?:\s*/\s*\d{{1,3}}(?![\d.-]))*)"
)
_WITH_YEAR = re.compile(
    rf"(?<![\d/])(?:\d{{1,3}}\s*/\s*(?=(?:1[3-9]|[2-9]\d|\d{{3}})\s*/))?(\d{{1,3}}|(?!19|20)\d{{4}}|\d{{5,7}}|[ivx]+)\s*/\s*({_YEAR})(?![\d/])"
)
_WITH_SHORT_YEAR = re.compile(r"(?<![\d/.,-])(\d{1,3})/(\d\d)(?![\d/.,])")
_LEADING = re.compile(
    rf"^(?!priloh|zor)[a-z]+_(\d{{1,3}})(?=[._][a-z])(?![._](?:{MONTH}|(?:{'|'.join(SHORT_MONTHS)})(?![a-z])))"
)
_NO_MEETING = re.compile(
    r"(?:pril(?:oh[a-z]*|\.)|(?<![a-z])(?:ps|ops|prs)|smernic[a-z]*|dodat[a-z]*|oddil|cast|skupin[a-z]*|mistnost[a-z]*|dver[a-z]*|parc[a-z]*|j\.?)[\s_.-]*$"
)
_RESOLUTION = re.compile(r"usneseni[\s_.-]*$")

# It begins with the digit, for which a text is searched many times faster than for the place before one.
_HOUR = r"\d(?<!\d\d)(?:(?<=[01])\d|(?<=2)[0-4])?"


def _after(words: str, number: str) -> str:
    """A number after any of some words, each by itself: most texts have none, and so that is seen at once."""
    return "|".join(word + number for word in words.split(", "))


# After words: hours, laws, parts of a plan, numbers of projects, districts, groups, versions, telephones.
_NUMBERS_AFTER_WORDS = (
    _after("ve?, od, do, cca", rf"[\s_-]+{_HOUR}[.:,-][0-5]\d(?![.\s_-]*\d)"),
    _after(
        r"zakon, zak\., vyhlask, narizeni vlady",
        r"[a-z]*[\s_-]*(?:c\.?|cislo)?[\s_-]*\d{1,4}\s*[/_-]\s*\d{4}(?!\d)",
    ),
    _after(
        "opatreni, cil, priorit, aktivit, kapitol, bod, tabulk, graf",
        r"[a-z]{0,2}[\s_]+\d{1,2}(?:\.\d{1,2}){1,3}(?![.,]?\d|\.\s?\d)",
    ),
    r"cz[._ ]\d(?:[\d._/ ]{3,30}?(?<!\d)\d{5,7}(?!\d)|\.\d\d/\d\.\d\.\d\d(?!\d))",
    _after("praha, brno, ostrava, plzen", r"[\s_-]*\d{1,2}(?!\d|\.)"),
    _after("rmc, zmc, mc, mo, um[oc]", r"[\s_-]?\d{1,2}(?!\d)"),
    _after("prs, ops, skupina", r"[\s_]*\d{1,2}(?=[\s_]+\d{1,2}[\s._-]+\d{1,2}(?!\d))"),
    r"ps[\s_]*\d{1,2}(?=[\s_]+\d{1,2}(?:\.\s?|_)\d{1,2}(?!\d))",
    _after("verze, ver, rev, v", r"[\s._]?\d+(?:\.\d+)*(?![\d.]|\s*hod)(?<!\d{4})"),
    _after("ico?, tel, gsm, psc", r"[\s.:_]*[\d ]{5,20}"),
)
# What is no date, each with a letter or sign that it never lacks: most titles need not be searched for it.
_NO_DATES = (
    ("h", re.compile(rf"{_HOUR}(?:[.:,-]?[0-5]\d)?[\s_-]*(?:hod(?:in[a-z]*)?|h)(?![a-z])")),
    # The names of cameras and of some programs: "IMG_20200116_101112", "2019-04-09-1000".
    (
        "",
        re.compile(
            r"[0-2]\d(?:(?<=\d{8}[_-]..)|(?<=\d{4}[-_.]\d\d[-_.]\d\d[-_ t]..)(?!(?<=19)9\d|(?<=20)[0-4]\d))"
            r"[0-5]\d(?:[0-5]\d)?(?!\d)"
        ),
    ),
    *((dash, re.compile(rf"{_HOUR}(?:[.:][0-5]\d)?\s*{dash}\s*{_HOUR}[.:][0-5]\d(?![\d.])")) for dash in "-–"),
    (".", re.compile(rf"(?<=[^.\s]\s){_HOUR}\.(?:00|15|30|45)(?![\d.])")),
    (":", re.compile(rf"{_HOUR}:[0-5]\d(?!\d)")),
    ("", re.compile(rf"(?<![a-z])(?:{'|'.join(_NUMBERS_AFTER_WORDS)})")),
    ("sb", re.compile(r"(?<!\d)\d{1,4}\s*[/_-]\s*\d{4}(?=[\s_-]*sb(?![a-z]))")),
    (
        ".",
        re.compile(
            r"\d(?<!\d\d)\d?\.[\s_]*(?:lf|zs|ms|np|patro|misto|cast|pololeti|ctvrtleti|stupen|tridy|rocnik)(?![a-z])"
        ),
    ),
    ("", re.compile(r"\d(?<![\d.,]\d)[\d.,]{0,12}\s?(?:kb|mb|%|kc|let(?![a-z])|x(?![a-z])|mil|tis)")),
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """What numbers said, and the text with them blanked; offsets stay those of the text."""

    text: str
    number: int | None = None
    years: tuple[tuple[int, int, int, bool], ...] = ()  # year, start, end, whether it was written in full


def has_number(folded: str, marked: str) -> bool:
    """Whether `read_numbers` may find a number in a text without any sign of a date."""
    return bool(_NUMBERED.search(marked) or _ORDINAL.search(folded) or _LEADING.search(folded))


def read_numbers(folded: str, marked: str) -> Numbering:
    """Find running numbers in a folded text.

    `marked` is the same text in lower case with its marks, character for character.
    """
    reader = _Reader(folded)
    for sign, pattern in _NO_DATES:
        if sign in folded:
            reader.blank(pattern)
    reader.take(_NUMBERED, marked)
    if "/" in folded:
        reader.take(_WITH_YEAR)
        reader.take(_WITH_SHORT_YEAR)
    reader.take(_ORDINAL)
    reader.take(_LEADING)
    return Numbering(reader.text, reader.number, tuple(reader.years))


class _Reader:
    """The text while it is being blanked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.number: int | None = None
        self.years: list[tuple[int, int, int, bool]] = []

    def blank(self, pattern: re.Pattern[str]) -> None:
        self.text = pattern.sub(lambda match: BLANK * len(match[0]), self.text)

    def take(self, pattern: re.Pattern[str], marked: str = "") -> None:
        """Blank what the pattern finds, and keep its number and year."""
        for match in list(pattern.finditer(marked or self.text)):
            start, end = match.span()
            if BLANK in self.text[match.start(1) : end]:
                continue
            self._keep_number(match)
            if pattern.groups > 1 and pattern is not _ORDINAL and match[2]:
                self.years.append((_year(match[2]), start, end, len(match[2]) == 4))
            self.text = self.text[:start] + BLANK * (end - start) + self.text[end:]

    def _keep_number(self, match: re.Match[str]) -> None:
        before = self.text[: match.start()]
        parts = match[0].count("/")
        if parts > 1:  # "2/58/2012" is item, sitting, year
            self.number = self.number or int(re.findall(r"\d+", match[0])[1])
            return
        sitting = "what" not in match.re.groupindex or re.match(_SITTING, match["what"])
        other = _RESOLUTION.search(before) or (_NO_MEETING.search(before) and not parts)
        if self.number is None and sitting and match[1].isdigit() and len(match[1]) < 4 and not other:
            self.number = int(match[1])


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
