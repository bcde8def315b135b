"""The words of one title and the registered names among them, while its groups are being read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpss_desktop.czech import group_words as words
from kpss_desktop.czech.dates import SHORT_MONTHS
from kpss_desktop.czech.group_shapes import Registry, Shape, tokens_of

_GOES_ON = re.compile(r"\s?[./_]\s?|[-\s]")  # " - " parts what stands beside it


@dataclass(frozen=True, slots=True)
class Match:
    """A registered name in a title, from token `first` up to but without token `end`."""

    shape: Shape
    first: int
    end: int


class TitleWords:
    """The tokens of a title. `used` are the places of those that are already understood."""

    def __init__(self, title: str, registry: Registry) -> None:
        self.title = title
        self.tokens = tokens_of(title)
        self._registry = registry
        self._beginnings = [
            place
            for place, token in enumerate(self.tokens)
            if token.stem in registry.words or token.folded in registry.words
        ]
        # "Jednací řád" is no council (rada), even where the marks are missing.
        self.used = {
            place
            for place, (before, token) in enumerate(pairwise(self.tokens), start=1)
            if token.folded.startswith("rad") and before.folded.startswith(words.ORDERS)
        }

    def matches(self, begin: int, end: int, *, announced: bool) -> list[Match]:
        """Registered names between two tokens, from left to right, the longest where several begin."""
        found: list[Match] = []
        for place in self._beginnings:
            if begin <= place < end and not (found and place < found[-1].end):
                match = self.match_at(place, begin, end, announced=announced)
                found += [match] if match else []
        return self._side_by_side(found)

    def match_at(self, place: int, begin: int, end: int, *, announced: bool) -> Match | None:
        """The longest registered name that begins at a token; a single letter is one only right after "PS"."""
        if place in self.used or place not in self._beginnings:
            return None
        for shape in self._registry.shapes:
            if shape.needs_prefix:
                if announced and place == begin and shape.fits(self.tokens[place : place + 1]):
                    return Match(shape, place, place + 1)
                continue
            window = self._window(place, end, len(shape.words))
            if window and shape.fits([self.tokens[at] for at in window]):
                return Match(shape, place, window[-1] + 1)
        return None

    def _window(self, place: int, end: int, size: int) -> list[int]:
        """The next `size` content tokens from `place` on, or nothing when the title breaks between them."""
        if not self.tokens[place].is_content:
            return []
        window = [place]
        for at in range(place + 1, end):
            if len(window) == size:
                break
            if self.tokens[at].folded.isdigit() or at in self.used or words.BREAK.search(self.gap(at)):
                return []
            if self.tokens[at].is_content:
                window.append(at)
        return window if len(window) == size else []

    def _side_by_side(self, found: list[Match]) -> list[Match]:
        """The matches up to the first that a preposition ties to the one before ("Péče o seniory")."""
        for place, (one, other) in enumerate(pairwise(found), start=1):
            between = self.tokens[one.end : other.first]
            tied = any(token.folded not in words.JOINS for token in between)
            if tied and not any(token.is_content for token in between):
                return found[:place]
        return found

    def is_joined(self, matches: Sequence[Match], left: int) -> bool:
        """Whether what is left is tied to a match by "a", a comma or a preposition, not just standing beside it."""
        end = max(match.end for match in matches if match.end <= left) if matches[0].end <= left else left
        between = self.title[self.tokens[end - 1].end : self.tokens[left].start] if end else ""
        return bool(re.search(r"[,/+&]|[^\W_]", between))

    def is_enumerated(self, end: int, rest: Sequence[int]) -> bool:
        """Whether an unknown word follows a match in one enumeration: "Komise sociální a zdravotní"."""
        at = next((place for place in rest if place >= end), None)
        if at is None:
            return False
        return (
            re.fullmatch(
                r"[\s_-]*(?:[,/+&]|[\s_-]a[\s_-](?:pro[\s_-])?)[\s_-]*",
                self.title[self.tokens[end - 1].end : self.tokens[at].start],
            )
            is not None
        )

    def parts(self, begin: int, end: int) -> list[tuple[int, int]]:
        """The ranges between the joins of an enumeration: "Senioři, OZP a cizinci" has three."""
        cuts = [begin - 1]
        found = []
        for place in range(begin, end):
            if self.tokens[place].folded in words.JOINS:
                cuts.append(place)
                found.append((cuts[-2] + 1, place))
            elif place > begin and re.search(r"[,/+&]", self.gap(place)):
                cuts.append(place - 1)
                found.append((cuts[-2] + 1, place))
        found.append((cuts[-1] + 1, end))
        return [(first, last) for first, last in found if first < last]

    def content(self, begin: int, end: int) -> list[int]:
        """The places of the words that can be part of a group's name by themselves."""
        return [place for place in range(begin, end) if self.tokens[place].is_content]

    def number_after(self, begin: int) -> int | None:
        """The place of a group's number ("PS 1", "PS č. 2"), which stands right after what announces it."""
        at = begin + 1 if begin < len(self.tokens) and self.tokens[begin].folded in words.NUMBER_SIGNS else begin
        if at < len(self.tokens) and self.tokens[at].folded.isdigit() and len(self.tokens[at].folded) <= 2:
            return at
        return None

    def is_dated(self, place: int) -> bool:
        """Whether the number at a place goes on as a date or as number and year: "PS 6 3 2020", "PS č. 3/2018"."""
        if place + 1 == len(self.tokens):
            return False
        after, gap = self.tokens[place + 1].folded, self.gap(place + 1)
        if self.tokens[place - 1].folded in words.NUMBER_SIGNS:
            return after.isdigit() and gap.strip() == "/"
        goes_on = after.isdigit() or self.tokens[place + 1].ends_name or self.is_month(place + 1)
        return goes_on and _GOES_ON.fullmatch(gap) is not None

    def is_month(self, place: int) -> bool:
        """Whether a word is a shortened month between its day and its year: "PS 12 mar 2019"."""
        beside = self.tokens[max(0, place - 1) : place + 2 : 2]
        return (
            self.tokens[place].folded in SHORT_MONTHS
            and len(beside) == 2
            and all(token.folded.isdigit() for token in beside)
        )

    def text(self, begin: int, end: int) -> str:
        """The title from one token up to another."""
        return self.title[self.tokens[begin].start : self.tokens[end - 1].end] if begin < end else ""

    def gap(self, place: int) -> str:
        """What stands before a token."""
        return self.title[self.tokens[place - 1].end : self.tokens[place].start] if place else ""

    def is_capital(self, place: int) -> bool:
        """Whether a token is written in capitals."""
        token = self.tokens[place]
        return self.title[token.start : token.end].isupper()
