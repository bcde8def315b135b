"""What a registered group's names look like inside a title: words by their stems, abbreviations by their letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.group_words import ANNOUNCING, END, FUNCTION_WORDS
from kpss_desktop.czech.names import core_name
from kpss_desktop.czech.stems import stem
from kpss_desktop.model import Group, GroupKind

_NUMBERED = re.compile(
    r"\s*(?:(?:odborn|oborov)\w+ )?(?:pracovni skupin\w*|ops|prs|ps)\s*(?:c\.|c|cislo)?\s*0?(\d{1,2})(?!\d)[\s.:–—-]*"
)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


class Token(NamedTuple):
    """A word or a number of a title with its place in it; a tuple, for every title is made of them.

    `marked` has its diacritics, in lower case; `is_content` tells whether it can be part of a group's name by itself,
    `ends_name` whether the name of a group before it is over.
    """

    folded: str
    stem: str
    is_content: bool
    ends_name: bool
    marked: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shape:
    """The words of one name: stems in any order, or the exact letters of an abbreviation.

    `marks` are the words with their marks, by what stands for them in `words`; none where the name was typed without.
    """

    words: tuple[str, ...]
    groups: tuple[str, ...]
    exact: bool = False
    needs_prefix: bool = False
    marks: tuple[tuple[str, str], ...] = ()

    def fits(self, tokens: Sequence[Token]) -> bool:
        """Whether these tokens, as many as `words`, are the name."""
        if self.exact:
            same = tuple(token.folded for token in tokens) == self.words
            return same and (not self.marks or self._is_marked_alike(tokens))
        if tuple(sorted(token.stem for token in tokens)) != self.words:
            return False
        marks = dict(self.marks)
        return not marks or all(_begin_alike(token, marks[token.stem]) for token in tokens)

    def _is_marked_alike(self, tokens: Sequence[Token]) -> bool:
        """Whether letters have the same marks or none: "ŘS" is not "ŘŠ"."""
        marks = dict(self.marks)
        return all(token.marked.isascii() or token.marked == marks[token.folded] for token in tokens)


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """The registered groups as titles are searched for them.

    `shapes` are those of all groups, the longest first; one that fits several groups names them all. A word whose stem
    and letters are not among `words` begins no name, a line without a word of `signs` names no group at all.
    """

    groups: tuple[Group, ...]
    shapes: tuple[Shape, ...]
    words: frozenset[str]
    signs: frozenset[str]
    steering: tuple[str, ...]  # ids

    def may_be_named(self, folded: str) -> bool:
        """Whether a line has a word that names a group or announces one."""
        words = _TOKEN.findall(folded)
        return not (self.signs.isdisjoint(words) and self.signs.isdisjoint(map(stem, words)))


def tokens_of(text: str) -> list[Token]:
    """The words and numbers of a title."""
    folded, lower = fold(text), text.lower()
    if len(lower) != len(folded):
        lower = folded
    spans = [match.span() for match in _TOKEN.finditer(folded)]
    return [Token(*_word(folded[start:end]), lower[start:end], start, end) for start, end in spans]


@lru_cache(maxsize=16384)
def _word(folded: str) -> tuple[str, str, bool, bool]:
    """What a token tells by itself."""
    is_content = folded not in FUNCTION_WORDS and not folded.isdigit()
    return folded, stem(folded), is_content, END.fullmatch(folded) is not None


@lru_cache(maxsize=32)
def registry_of(groups: tuple[Group, ...]) -> Registry:
    """The registry of these groups."""
    shapes = _shapes_of(groups)
    words = frozenset(word for shape in shapes for word in shape.words)
    steering = tuple(group.id for group in groups if group.kind is GroupKind.STEERING)
    return Registry(groups, shapes, words, words | ANNOUNCING, steering)


def _shapes_of(groups: tuple[Group, ...]) -> tuple[Shape, ...]:
    shapes: dict[tuple[tuple[str, ...], bool], Shape] = {}
    for group in groups:
        for shape in (shape for name in (group.name, *group.aliases) for shape in _shapes_of_name(name, group)):
            known = shapes.setdefault((shape.words, shape.exact), shape)
            if group.id not in known.groups:
                marks = known.marks if known.marks == shape.marks else ()
                shapes[shape.words, shape.exact] = replace(known, groups=(*known.groups, group.id), marks=marks)
    return tuple(sorted(shapes.values(), key=lambda shape: (-len(shape.words), not shape.exact)))


def _shapes_of_name(name: str, group: Group) -> Iterator[Shape]:
    """The number of "PS 1 - Senioři" and the words after it."""
    numbered = _NUMBERED.match(fold(name))
    if numbered:
        yield Shape((numbered[1],), (group.id,), exact=True, needs_prefix=True)
    shape = _shape_of(name[numbered.end() :] if numbered else core_name(name), group)
    if shape:
        yield shape


def _shape_of(core: str, group: Group) -> Shape | None:
    tokens = tokens_of(core)
    content = [token for token in tokens if token.is_content] or tokens
    if not content:
        return None
    single_letter = sum(len(token.folded) for token in content) <= 1
    if single_letter or _is_abbreviation(core, content) or _is_steering_abbreviation(group, content):
        marks = () if core.isascii() else tuple((token.folded, token.marked) for token in content)
        words = tuple(token.folded for token in content)
        return Shape(words, (group.id,), exact=True, needs_prefix=single_letter, marks=marks)
    # A name without any marks may have been typed so, and then says nothing of them.
    marks = () if core.isascii() else tuple((token.stem, token.marked) for token in content)
    return Shape(tuple(sorted(token.stem for token in content)), (group.id,), marks=marks)


def _begin_alike(token: Token, marked: str) -> bool:
    """Whether two words of one stem begin with the same marks: "řád" is not "ráda". No marks at all contradict none."""
    shared = min(len(token.stem), len(token.marked), len(marked), 4) - 1
    return token.marked.isascii() or token.stem.startswith("_") or token.marked[:shared] == marked[:shared]


def _is_abbreviation(core: str, content: Sequence[Token]) -> bool:
    if len(fold(core)) != len(core):
        return False
    return all(core[token.start : token.end].isupper() and token.end - token.start <= 6 for token in content)


def _is_steering_abbreviation(group: Group, content: Sequence[Token]) -> bool:
    """Whether a steering group is named by letters only, even "řs" typed small."""
    return group.kind is GroupKind.STEERING and len(content) == 1 and len(content[0].folded) <= 3
