"""Circles of people: what "OZP" and "zdravotně postižení" have in common though they share no word.

A group and a title that speak of the same circles mean the same group; it is never more than inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kpss_desktop.czech.folding import fold
from kpss_desktop.model import Group, GroupKind

_CONCEPTS = tuple(
    (concept, re.compile(rf"(?:{pattern})\w*"))
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
# Words that tell no circle from another.
_GENERAL = re.compile(
    r"osob\w*|lid[eimu]\w*|obcan\w*|obyvatel\w*|uzivatel\w*|klient\w*|clen\w*|ohrozen\w*|znevyhodnen\w*|postizen\w*"
    r"|socialn\w*|zdravotn\w*|zdravi\w*|nemoc\w*|onemocnen\w*|dlouhodob\w*|chronick\w*|prechodn\w*|obtizn\w*|situac\w*"
    r"|pec[eiu]|podpor\w*|sluz[be]\w*|pomoc\w*|soc|zdrav|lokalit\w*|latk\w*|chovani\w*|jev\w*|problematik\w*|oblast\w*|obcansk\w*|a|i|s|se|v|ve|na|o|pro|bez|k|ke|do|z|ze"
)


@dataclass(frozen=True, slots=True)
class Circle:
    """The one group that words speak of; `exactly` when they say nothing more."""

    group: str
    exactly: bool


def circle_of(words: str, groups: Sequence[Group]) -> Circle | None:
    """The group whose name or alias speaks of the very circles that the words do; None when it is none or several."""
    said = concepts_of(words)
    if not said:
        return None
    same = [
        group.id
        for group in groups
        if group.kind is not GroupKind.STEERING
        and any(concepts_of(name) == said for name in (group.name, *group.aliases))
    ]
    return Circle(same[0], _says_no_more(words)) if len(same) == 1 else None


@lru_cache(maxsize=1024)
def concepts_of(text: str) -> frozenset[str]:
    """The circles of people that a group's name speaks of."""
    plain = _plain(text)
    return frozenset(concept for concept, pattern in _CONCEPTS if pattern.search(plain))


def _says_no_more(text: str) -> bool:
    rest = _plain(text)
    for _, pattern in _CONCEPTS:
        rest = pattern.sub(" ", rest)
    return all(_GENERAL.fullmatch(word) for word in rest.split())


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text))
