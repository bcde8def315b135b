"""What is typed into the one search box, as data. Any text can be read; nothing raises."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from kpss_desktop.catalogue.words import words

# What can be typed:
#
#   pečovatelská služba            both words, in any form (AND may stand between them)
#   "odlehčovací služba"           the words next to each other, in any form; one word alone: that very form
#   -dotace  -"rada města"         without (also NOT dotace)
#   odlehč*                        words that begin so
#   DPS nebo "domov pro seniory"   one of them (also OR and |)
#   07/08/7/1  39/18  3/2020       a reference number is one unit
#   skupina:Péče,Prevence rok:2018..2020 druh:zápis -štítek:"k řešení" stav:sken uložené:"Dotace obcí"
#   datum:2019-03  datum:březen 2019  od:1. 3. 2019 do:2020  od 2019

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
_EITHER = frozenset({"group", "year", "kind", "state"})  # filters of which one value is enough
_SINCE, _UNTIL = frozenset({"od", "since"}), frozenset({"do", "until"})
_OR = frozenset({"nebo", "or", "NEBO", "OR", "Nebo", "|", "||"})
_AND = frozenset({"AND", "&", "&&"})
_NOT = frozenset({"NOT", "NE"})
_CONNECTIVES = _OR | _AND | _NOT
_LONGEST = 1_000  # characters; of what is longer only the beginning is read, so that any text is answered soon
_QUOTES = str.maketrans("„“”‟«»‚‘", '""""""""')

_SIGN = r"\s*[:=]"
_NO_FILTER = rf"(?![-−–]|[^\W\d_]+{_SIGN})"
_VALUE = r'"[^"]*"?|[^\s",]+'
_DAY = r"\d{1,2}\.\s*\d{1,2}\.\s*\d{4}|(?:\d{1,2}\.\s*)?[^\W\d_]{3,9}\s+\d{4}\b"
_RANGE = r"[.…]*(?:\.\.|…|[–-](?=\d{1,2}\.\s*\d)|(?<=\d{4})[–-](?=\d{4}))[.…]*"  # "2019-03" is no range
_PIECE = re.compile(
    rf"""(?P<minus>[-−–]?)(?:
        (?P<name>skupina|group|rok|year|druh|kind|[šs]t[íi]tek|tag|stav|state|ulo[žz]en[ée]|saved)
        {_SIGN}(?:\s+{_NO_FILTER})?(?P<values>(?:{_VALUE})?(?:,(?:\s+{_NO_FILTER})?(?:{_VALUE})?)*)
      | (?P<date>datum|date|od|do|since|until){_SIGN}(?:\s+{_NO_FILTER})?
        (?P<day>(?:{_DAY})(?:(?:{_RANGE})(?:{_DAY}|{_VALUE})?)?|(?:{_VALUE})?)
      | "(?P<phrase>[^"]*)(?P<closed>"?)
      | (?P<word>[^\s"]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_ONE_VALUE = re.compile(_VALUE)
_RANGES = re.compile(_RANGE)
# Parts of a chunk that belong together: joined by a hyphen, a full stop or an apostrophe, numbers also by a slash.
_UNIT = re.compile(r"[^\W_]+(?:(?:[-‐.'’]|(?<=\d)/|/(?=\d))[^\W_]+)*", re.UNICODE)
_NUMBER_MARK = frozenset({"č", "čj", "čís", "č.j", "c", "cj"})


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other. `exact`: typed in quotes; `prefix`: the last word is only a beginning.

    With a `day` ("YYYY-MM-DD", "YYYY-MM") and no words it stands for the documents of that day or month.
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
        joints = ["/" if one.isdecimal() and other.isdecimal() else "-" for one, other in pairwise(self.words)]
        return "".join(map("".join, zip(self.words, [*joints, ""], strict=True))) + ("*" if self.prefix else "")


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
    text = _beginning(unicodedata.normalize("NFC", text[: 2 * _LONGEST]).translate(_QUOTES))
    filters: list[Filter] = []
    clauses: list[Clause] = []
    joins = negates = unfinished = False
    for match in _PIECE.finditer(text):
        unfinished = False
        said = _connective(match)
        if said in _NOT:
            negates = True
        elif said in _AND | _OR and (clauses or filters or said.isupper()):
            joins = said.lower() in _OR
        elif _is_filter(match):
            _add_filters(filters, _filters(match, negated=negates), joins=joins)
            joins = negates = False
        else:
            _add_clauses(clauses, _clauses(match, negated=negates), joins=joins)
            joins = negates = False
            unfinished = match["phrase"] is None and match.end() == len(text) and text[-1].isalnum()
    bounds = _taken_bounds(clauses)
    return Query(
        tuple(_without_number_marks(clauses)), tuple(dict.fromkeys(filters + bounds)), unfinished and not bounds
    )


def left_out(text: str) -> str:
    """What `parse` takes no notice of: the first filter without a value, or the end of a text too long; "" for nothing.

    "skupina:" alone would be a search for everything, and half of a long search is a wider one.
    """
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    read = _beginning(text)
    empty = (match[0] for match in _PIECE.finditer(read) if _is_filter(match) and not _filters(match, negated=False))
    return next(empty, text[len(read) :]).strip()


def years(value: str) -> tuple[int, int] | None:
    """A year or a range of years ("2018..2020", "2018-2020", "..2019", "2018..") as first and last; None if neither.

    A year that is only begun stands for all that begin so: "201" for 2010 to 2019.
    """
    match = re.fullmatch(r"(\d{1,4})?\s*(\.\.+|-|–|…)?\s*(\d{1,4})?", value.strip(), re.ASCII)
    if match is None or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        return None
    first = (match[1] or "1000").ljust(4, "0")
    last = (match[3] or ("9999" if match[2] else match[1])).ljust(4, "9")
    return min(int(first), int(last)), max(int(first), int(last))


def _beginning(text: str) -> str:
    """As much of a text as is read, up to the end of a word."""
    if len(text) <= _LONGEST:
        return text
    whole, _, _ = text[:_LONGEST].rpartition(" ")
    return whole or text[:_LONGEST]


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def _units(chunk: str) -> list[tuple[str, bool]]:
    """The words of a piece, each with whether it is only a beginning."""
    return [(unit[0], chunk[unit.end() : unit.end() + 1] == "*") for unit in _UNIT.finditer(chunk)]


def _connective(match: re.Match[str]) -> str:
    """The word that joins or negates what stands around it, "" when the piece is something else."""
    chunk = match["word"] or ""
    units = _units(chunk) or [(chunk, False)]
    is_alone = len(units) == 1 and not match["minus"] and units[0][0] in _CONNECTIVES and not units[0][1]
    return units[0][0] if is_alone else ""


def _is_filter(match: re.Match[str]) -> bool:
    return any(match[group] is not None for group in ("name", "date"))


def _filters(match: re.Match[str], *, negated: bool) -> list[Filter]:
    """One filter, or none when its value is not typed yet."""
    negated = negated or bool(match["minus"])
    if match["name"]:
        values = (value.strip('"').strip() for value in _ONE_VALUE.findall(match["values"]))
        kept = tuple(dict.fromkeys(value for value in values if value))
        return [Filter(_NAMES[_plain(match["name"])], kept, negated)] if kept else []
    day = (match["day"] or "").strip('"').strip()
    bound = match["date"].lower()
    if bound in _SINCE | _UNTIL:
        day = f"{day}.." if bound in _SINCE else f"..{day}"
    day = _RANGES.sub("..", day)
    return [Filter("date", (day,), negated)] if any(map(str.isalnum, day)) else []


def _add_filters(filters: list[Filter], more: list[Filter], *, joins: bool) -> None:
    """Add a filter; "skupina:Péče NEBO skupina:Prevence" is one filter of two values."""
    for one in more:
        last = filters[-1] if joins and filters else None
        if last is not None and one.name in _EITHER and (last.name, last.negated) == (one.name, one.negated):
            filters[-1] = replace(last, values=tuple(dict.fromkeys(last.values + one.values)))
        else:
            filters.append(one)


def _add_clauses(clauses: list[Clause], more: list[Clause], *, joins: bool) -> None:
    if joins and more and clauses and not more[0].negated and not clauses[-1].negated:
        clauses[-1] = Clause(clauses[-1].terms + more[0].terms)
        more = more[1:]
    clauses += more


def _clauses(match: re.Match[str], *, negated: bool) -> list[Clause]:
    negated = negated or bool(match["minus"])
    if match["phrase"] is not None:
        phrase = tuple(words(match["phrase"]))
        return [Clause((Term(phrase, exact=True),), negated)] if phrase else []
    units = _units(match["word"])
    found: list[Clause] = []
    for unit, prefix in units:
        parts = tuple(words(unit))
        # A connective among other words of one piece ("Péče,NEBO") would be read as one when the query is shown.
        if parts and not (len(units) > 1 and not prefix and unit in _CONNECTIVES):
            found.append(Clause((Term(parts, prefix=prefix),), negated))
    return found


def _without_number_marks(clauses: list[Clause]) -> list[Clause]:
    """Leave the mark out of "č. 3/2020": it asks for the number, and a text may well write that alone."""
    kept: list[Clause] = []
    for clause in reversed(clauses):
        is_mark = len(clause.terms) == 1 and ".".join(clause.terms[0].words).lower() in _NUMBER_MARK
        number = kept[-1].terms[0].words if kept else ()
        if not (is_mark and len(number) > 1 and any(part.isdecimal() for part in number)):
            kept.append(clause)
    return kept[::-1]


def _taken_bounds(clauses: list[Clause]) -> list[Filter]:
    """Take "od 2019" and "do roku 2020" out of the words: they tell when, not what."""
    found: list[Filter] = []
    start = 0
    while start < len(clauses):
        said = [_plain_word(clause).lower() for clause in clauses[start : start + 3]]
        length = 3 if said[1:2] == ["roku"] else 2
        if said[0] in _SINCE | _UNTIL and len(said) >= length and _YEAR.fullmatch(said[length - 1]):
            year = said[length - 1]
            found.append(Filter("date", (f"{year}.." if said[0] in _SINCE else f"..{year}",)))
            del clauses[start : start + length]
            start = 0  # what stood around it may be next to each other now
        else:
            start += 1
    return found


def _plain_word(clause: Clause) -> str:
    """The word of a clause that is only one word, else ""."""
    term = clause.terms[0]
    is_plain = len(clause.terms) == len(term.words) == 1 and not (clause.negated or term.exact or term.prefix)
    return term.words[0] if is_plain else ""
