"""What the value of a filter means in one archive, also when it is typed without accents or only begun.

A value that fits as written goes before one that something only begins with, so "druh:zá" shows something while it is
typed and "druh:zápis" is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.names import find_group, full_title, kind_of_word, kinds_beginning
from kpss_desktop.model import Group, Kind, TextState

_UNREADABLE = (TextState.FAILED, TextState.UNSUPPORTED)
_STATES = {
    "sken": (TextState.EMPTY,), "scan": (TextState.EMPTY,), "bez textu": (TextState.EMPTY,),
    "empty": (TextState.EMPTY,), "heslo": (TextState.ENCRYPTED,), "chraneno heslem": (TextState.ENCRYPTED,),
    "encrypted": (TextState.ENCRYPTED,), "poskozeny": (TextState.DAMAGED,), "poskozene": (TextState.DAMAGED,),
    "damaged": (TextState.DAMAGED,), "selhalo": (TextState.FAILED,), "failed": (TextState.FAILED,),
    "necitelny": _UNREADABLE, "necitelne": _UNREADABLE, "unreadable": _UNREADABLE,
    "ceka": (TextState.PENDING,), "pending": (TextState.PENDING,), "precteno": (TextState.READY,),
    "ready": (TextState.READY,),
}  # fmt: skip


def groups_meant(values: Iterable[str], groups: Sequence[Group]) -> tuple[str, ...]:
    """Ids of the groups: the one that is called so, else those with a name of which a word begins so."""
    found: dict[str, None] = {}
    for value in values:
        called = find_group(value, groups)
        begun = (group for group in groups if any(_begins(name, value) for name in _names(group)))
        found |= dict.fromkeys(group.id for group in ([called] if called else begun))
    return tuple(found)


def kinds_meant(values: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds: the one that is called so, else those whose name begins so."""
    found: dict[Kind, None] = {}
    for value in values:
        called = kind_of_word(value)
        found |= dict.fromkeys((called,) if called else kinds_beginning(value))
    return tuple(found)


def is_state(value: str) -> bool:
    """Whether a value is the whole name of what may have become of a text."""
    return fold(value) in _STATES


def states_meant(values: Iterable[str]) -> tuple[TextState, ...]:
    """What became of the text of a file."""
    found: dict[TextState, None] = {}
    for value in map(fold, values):
        begun = (state for name, states in _STATES.items() if name.startswith(value) for state in states)
        found |= dict.fromkeys(_STATES.get(value) or begun)
    return tuple(found)


def tags_meant(values: Iterable[str], tags: Sequence[str]) -> tuple[str, ...]:
    """For each value the tag as it is written, else the first that differs by case or accents, else one begun so."""
    return tuple(_tag_meant(value, tags) for value in values)


def _tag_meant(value: str, tags: Sequence[str]) -> str:
    said = fold(value)
    alike = (tag for tag in tags if fold(tag) == said)
    begun = (tag for tag in tags if _begins(tag, value))
    return value if value in tags else next(alike, None) or next(begun, None) or value


def _names(group: Group) -> tuple[str, ...]:
    return (group.name, *group.aliases, full_title(group))


def _begins(name: str, value: str) -> bool:
    """Whether a name, or a word of it, begins with what was typed."""
    said, folded = fold(value).strip(), fold(name)
    return folded.startswith(said) or f" {said}" in folded
