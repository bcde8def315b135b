"""Names for groups that nobody has registered yet, made of the words that announce them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.nominatives import in_nominative
from kpss_desktop.czech.stems import stem

_JOINING = frozenset(("a", "i"))
_TRAILING = frozenset(("a", "s", "se", "pro", "k", "o", "i"))
_JOINS = re.compile(r"\s*(?:[,/+&]|\s[ai]\s)\s*")
_LETTERS = re.compile(r"[^\W\d_]+")


def as_name(words: str) -> str:
    """The announced words as a name, "" when they make none.

    "pro seniory" and "seniorů" give "Senioři", "OSOBY S POSTIŽENÍM" gives "Osoby s postižením".
    """
    parts = re.sub(r"[_\-]+", " ", words).strip(" ,.").split()
    announced = len(parts) > 1 and fold(parts[0]) == "pro"
    parts = in_nominative(parts[1:] if announced else parts, accusative=announced)
    while len(parts) > 1 and fold(parts[-1]) in _TRAILING:
        parts.pop()
    if parts and fold(parts[0]) in _JOINING:
        return ""  # "setkání PS a paktu zaměstnanosti"
    name = " ".join(parts)
    if name.isupper() and len(name) > 6:
        name = name.lower()
    has_word = any(len(word) > 1 for word in _LETTERS.findall(name))
    return name[:1].upper() + name[1:] if has_word else ""


def independent_names(proposed: Iterable[str]) -> tuple[str, ...]:
    """The proposals of many documents without repetition.

    "Seniori" is the same as "Senioři" and gives way to it; "Péče a Prevence" is left out when both its parts are
    proposed by themselves.
    """
    by_stems: dict[tuple[str, ...], str] = {}
    for name in proposed:
        key = _stems(name)
        known = by_stems.get(key)
        if known is None or (known.isascii() and not name.isascii()):
            by_stems[key] = name
    return tuple(name for key, name in by_stems.items() if not _is_joint(name, key, by_stems.keys()))


def _is_joint(name: str, key: tuple[str, ...], known: Iterable[tuple[str, ...]]) -> bool:
    parts = [_stems(part) for part in _JOINS.split(name)]
    return len(parts) > 1 and all(part != key and part in set(known) for part in parts)


def _stems(name: str) -> tuple[str, ...]:
    return tuple(sorted(stem(word) for word in _LETTERS.findall(name)))
