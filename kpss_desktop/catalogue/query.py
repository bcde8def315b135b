"""What is typed into the one search box, as data. Any text can be read; nothing raises."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from kpss_desktop.catalogue.words import words

# What can be typed:
#
#   pečovatelská služba            both words, in any form
#   "odlehčovací služba"           the words next to each other, in any form; one word alone: that very form
#   -dotace  -"rada města"         without
#   odlehč*                        words that begin so
#   DPS NEBO "domov pro seniory"   one of them (also OR)
#   07/08/7/1  39/18  3/2020       a reference number is one unit
#   skupina:Péče,Prevence rok:2018..2020 druh:zápis -štítek:"k řešení" stav:sken datum:2019-03 uložené:"Dotace obcí"

# What a filter may be called, without accents; the values are the names used in code.
_NAMES = {
    "skupina": "group", "group": "group", "rok": "year", "year": "year", "druh": "kind", "kind": "kind",
    "stitek": "tag", "tag": "tag", "stav": "state", "state": "state", "datum": "date", "date": "date",
    "ulozene": "saved", "saved": "saved",
}  # fmt: skip
_SHOWN = {
    "group": "skupina", "year": "rok", "kind": "druh", "tag": "štítek", "state": "stav", "date": "datum",
    "saved": "uložené",
}  # fmt: skip
_OR = frozenset({"NEBO", "OR"})
_QUOTES = str.maketrans("„“”‟«»", '""""""')

_VALUE = r'"[^"]*"?|[^\s",]+'
_PIECE = re.compile(
    rf"""(?P<minus>[-−–]?)(?:
        (?P<name>skupina|group|rok|year|druh|kind|[šs]t[íi]tek|tag|stav|state|datum|date|ulo[žz]en[ée]|saved)
        :(?:\s+(?![-−–]|[^\W\d_]+:))?(?P<values>(?:{_VALUE})?(?:,(?:{_VALUE})?)*)
      | "(?P<phrase>[^"]*)(?P<closed>"?)
      | (?P<word>[^\s"]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ONE_VALUE = re.compile(_VALUE)
# Parts of a chunk that belong together: joined by a hyphen, a full stop or an apostrophe, numbers also by a slash.
_UNIT = re.compile(r"[^\W_]+(?:(?:[-‐.'’]|(?<=\d)/(?=\d))[^\W_]+)*", re.UNICODE)
_NUMBER_MARK = frozenset({"č", "čj", "čís", "č.j", "c", "cj"})


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other. `exact`: typed in quotes; `prefix`: the last word is only a beginning.

    With a `day` ("YYYY-MM-DD") and no words it stands for the documents of that day.
    """

    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    day: str = ""

    def __str__(self) -> str:
        if self.day:
            return self.day
        if self.exact:
            return '"' + " ".join(self.words) + '"'
        # What was typed in one piece is given back in one piece, so that it is read the same again.
        joint = "/" if all(word.isdecimal() for word in self.words) else "-"
        return joint.join(self.words) + ("*" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Clause:
    """What a document must hold (or must not, when `negated`): one of the terms."""

    terms: tuple[Term, ...]
    negated: bool = False

    def __str__(self) -> str:
        return ("-" if self.negated else "") + " NEBO ".join(map(str, self.terms))


@dataclass(frozen=True, slots=True)
class Filter:
    """A restriction by what is known of a document; `name` is group, year, kind, tag, state, date or saved.

    The values are as typed; what they mean is for those to say who know the groups and the Czech words.
    """

    name: str
    values: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        shown = ",".join(f'"{value}"' if re.search(r'[\s",]', value) else value for value in self.values)
        return f"{'-' if self.negated else ''}{_SHOWN[self.name]}:{shown}"


@dataclass(frozen=True, slots=True)
class Query:
    """A search: clauses that must all hold, and filters. `unfinished`: the last word may still go on."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()
    unfinished: bool = False

    def __str__(self) -> str:
        return " ".join([*map(str, self.clauses), *map(str, self.filters)])

    def without(self, unwanted: Filter) -> Query:
        """The same search without one of its filters."""
        return replace(self, filters=tuple(one for one in self.filters if one != unwanted))

    def having(self, wanted: Filter) -> Query:
        """The same search with one more filter; a filter of that name and sign takes up its values."""
        for i, one in enumerate(self.filters):
            if (one.name, one.negated) == (wanted.name, wanted.negated):
                values = tuple(dict.fromkeys(one.values + wanted.values))
                return replace(self, filters=(*self.filters[:i], replace(one, values=values), *self.filters[i + 1 :]))
        return replace(self, filters=(*self.filters, wanted))


def parse(text: str) -> Query:
    """Read any text as a search, as well as it can be understood."""
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    filters: list[Filter] = []
    clauses: list[Clause] = []
    joining = False
    unfinished = False
    for match in _PIECE.finditer(text):
        unfinished = False
        if match["name"]:
            filters += _filters(match)
            continue
        if match["word"] in _OR and not match["minus"]:
            joining = bool(clauses)
            continue
        read = _clauses(match)
        if joining and read and not read[0].negated and not clauses[-1].negated:
            clauses[-1] = Clause(clauses[-1].terms + read[0].terms)
            read = read[1:]
        clauses += read
        joining = False
        unfinished = match["phrase"] is None and match.end() == len(text) and text[-1].isalnum()
    return Query(tuple(_without_number_marks(clauses)), tuple(dict.fromkeys(filters)), unfinished)


def years(value: str) -> tuple[int, int] | None:
    """A year or a range of years ("2018..2020", "2018-2020", "..2019", "2018..") as first and last; None if neither."""
    match = re.fullmatch(r"(\d{4})?\s*(\.\.+|-|–|…)?\s*(\d{4})?", value.strip())
    if match is None or not (match[1] or match[3]):
        return None
    first = int(match[1]) if match[1] else 1000
    last = int(match[3]) if match[3] else (9999 if match[2] else first)
    return min(first, last), max(first, last)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def _filters(match: re.Match[str]) -> list[Filter]:
    """One filter, or none when its value is not typed yet."""
    values = (value.strip('"').strip() for value in _ONE_VALUE.findall(match["values"]))
    kept = tuple(dict.fromkeys(value for value in values if value))
    return [Filter(_NAMES[_plain(match["name"])], kept, bool(match["minus"]))] if kept else []


def _clauses(match: re.Match[str]) -> list[Clause]:
    negated = bool(match["minus"])
    if match["phrase"] is not None:
        phrase = tuple(words(match["phrase"]))
        return [Clause((Term(phrase, exact=True),), negated)] if phrase else []
    chunk = match["word"]
    found = []
    for unit in _UNIT.finditer(chunk):
        parts = tuple(words(unit[0]))
        if parts and unit[0] not in _OR:
            prefix = chunk[unit.end() : unit.end() + 1] == "*"
            found.append(Clause((Term(parts, prefix=prefix),), negated))
    return found


def _without_number_marks(clauses: list[Clause]) -> list[Clause]:
    """Leave the mark out of "č. 3/2020": it asks for the number, and a text may well write that alone."""
    kept: list[Clause] = []
    for clause in reversed(clauses):
        is_mark = len(clause.terms) == 1 and ".".join(clause.terms[0].words).lower() in _NUMBER_MARK
        number = kept[-1].terms[0].words if kept else ()
        if not (is_mark and len(number) > 1 and number[0].isdecimal()):
            kept.append(clause)
    return kept[::-1]
