"""Values of the records, checked: whoever wrote them may have been a stranger or a broken sync program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kpss_desktop.errors import UnsafePath
from kpss_desktop.model import SavedSearch

SENSELESS = (ValueError, KeyError, TypeError, AttributeError, RecursionError, UnsafePath)
"""What reading of a value that makes no sense raises."""

_MAX_FIELD = 1_000_000  # characters of one value
_MAX_NUMBER = 2**63 - 1  # of the catalogue's integers
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")  # it becomes part of paths on this computer


def text(entry: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text of bounded length; raises KeyError, ValueError."""
    return checked(entry[name] if default is None else entry.get(name, default))


def checked(value: object) -> str:
    """A value that must be such a text; raises ValueError."""
    if not isinstance(value, str) or len(value) > _MAX_FIELD:
        raise ValueError("text")
    value.encode()  # raises a ValueError for half a character, which no database takes
    return value


def texts(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts, empty when there is none; raises TypeError, ValueError."""
    values = entry.get(name, [])
    if not isinstance(values, list):
        raise TypeError(name)
    return tuple(checked(value) for value in values)


def whole(entry: Mapping[str, Any], name: str) -> int:
    """A whole number from 0 on; raises KeyError, ValueError."""
    value = entry[name]
    if type(value) is not int or not 0 <= value <= _MAX_NUMBER:
        raise ValueError(name)
    return value


def identity(entry: Mapping[str, Any]) -> str:
    """The id, which becomes part of paths; raises KeyError, ValueError."""
    value = text(entry, "id")
    if not _ID.fullmatch(value):
        raise ValueError("id")
    return value


def searches(data: Mapping[str, Any]) -> tuple[SavedSearch, ...]:
    """Saved searches that make sense; one that does not is no reason not to open an archive."""
    found: dict[str, SavedSearch] = {}
    entries = data.get("searches")
    for entry in entries if isinstance(entries, list) else []:
        try:
            name, query = text(entry, "name"), text(entry, "query")
        except SENSELESS:
            continue
        if name.strip() and query.strip():
            found.setdefault(name, SavedSearch(name, query))
    return tuple(found.values())


def synonyms(data: Mapping[str, Any]) -> tuple[tuple[str, ...], ...] | None:
    """Families of phrases, None when there is no word of them."""
    families = data.get("synonyms")
    if not isinstance(families, list):
        return None
    found = []
    for number in range(len(families)):
        try:
            found.append(texts({"family": families[number]}, "family"))
        except SENSELESS:
            continue
    return tuple(found)
