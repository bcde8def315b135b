"""What a registered group's names look like inside a title: words by their stems, abbreviations by their letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.names import core_name
from kpss_desktop.czech.stems import stem
from kpss_desktop.model import Group, GroupKind

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
FUNCTION_WORDS = frozenset(("a", "i", "s", "se", "pro", "k", "ke", "o", "v", "ve", "z", "ze", "na", "nebo", "u", "do"))

# What people call the same circle of people. A group and a title that speak of the same circles are one.
_CONCEPTS = tuple(
    (concept, re.compile(pattern))
    for concept, pattern in (
        ("seniors", r"\bsenior|\bstarsi"),
        ("disability", r"zdravotn\w+ (?:a \w+ )?(?:postiz|znevyhod)|\b(?:ozp|zp|ztp)\b|handicap"),
        ("family", r"\brodin|\bdet(?:i|mi|em|ech)\b|\bdite|\bmladez"),
        ("exclusion", r"vyloucen|zaclen|\bkriz|\bdomova\b|\bnouz"),
        ("minorities", r"\bmensin|\bcizin|\betnick|\bnarodnost"),
        ("addiction", r"\bzavisl|\bnavykov|drog"),
        ("mental", r"\bmentaln|\bautis"),
        ("psychiatric", r"\bdusevn|\bpsychi"),
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number of a title with its place in it."""

    folded: str
    stem: str
    start: int
    end: int

    @property
    def is_content(self) -> bool:
        """Whether it can be part of a group's name by itself."""
        return self.folded not in FUNCTION_WORDS and not self.folded.isdigit()


@dataclass(frozen=True, slots=True)
class Shape:
    """The words of one name: stems in any order, or the exact letters of an abbreviation."""

    words: tuple[str, ...]
    groups: tuple[str, ...]
    exact: bool
    needs_prefix: bool

    def fits(self, tokens: Sequence[Token]) -> bool:
        """Whether these tokens, as many as `words`, are the name."""
        if self.exact:
            return tuple(token.folded for token in tokens) == self.words
        return tuple(sorted(token.stem for token in tokens)) == self.words


def tokens_of(text: str) -> list[Token]:
    """The words and numbers of a title."""
    folded = fold(text)
    return [Token(m[0], stem(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(folded)]


@lru_cache(maxsize=32)
def shapes_of(groups: tuple[Group, ...]) -> tuple[Shape, ...]:
    """The shapes of all groups, the longest first; one that fits several groups names them all."""
    owners: dict[tuple[tuple[str, ...], bool, bool], list[str]] = {}
    for group in groups:
        for name in (group.name, *group.aliases):
            key = _shape_key(name, steering=group.kind is GroupKind.STEERING)
            if key is not None and group.id not in owners.setdefault(key, []):
                owners[key].append(group.id)
    shapes = [Shape(words, tuple(ids), exact, needs) for (words, exact, needs), ids in owners.items()]
    return tuple(sorted(shapes, key=lambda shape: (-len(shape.words), not shape.exact)))


def _shape_key(name: str, *, steering: bool) -> tuple[tuple[str, ...], bool, bool] | None:
    core = core_name(name)
    tokens = tokens_of(core)
    content = [token for token in tokens if token.is_content] or tokens
    if not content:
        return None
    letters = [core[token.start : token.end] for token in content] if len(fold(core)) == len(core) else []
    short = sum(len(token.folded) for token in content) <= 1
    if (
        short
        or steering_abbreviation(content, steering)
        or (letters and all(_is_abbreviation(word) for word in letters))
    ):
        return tuple(token.folded for token in content), True, short
    return tuple(sorted(token.stem for token in content)), False, False


def steering_abbreviation(content: Sequence[Token], steering: bool) -> bool:
    """Whether a steering group is named by letters only, as in ŘS."""
    return steering and len(content) == 1 and len(content[0].folded) <= 3


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 6 and word.isupper()


@lru_cache(maxsize=1024)
def concepts_of(text: str) -> frozenset[str]:
    """The circles of people that a group's name speaks of."""
    plain = re.sub(r"[\W_]+", " ", fold(text))
    return frozenset(concept for concept, pattern in _CONCEPTS if pattern.search(plain))
