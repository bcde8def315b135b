"""Whether a search says exactly what it means, as it must before all that it finds is changed or given away.

A search box understands filters that are only begun, and leaves out what it cannot read: it shows what it found. Here
nobody looks before it is done, so the same words are refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.archive.search.filter_values import is_state
from kpss_desktop.catalogue import documents
from kpss_desktop.catalogue.query import Filter, left_out, parse, years
from kpss_desktop.catalogue.saved import load_searches
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.names import find_group, kind_of_word
from kpss_desktop.errors import BadValue, KpssError, NoSuchGroup, NoSuchSearch

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_YEAR_DIGITS = 4


def require_exact(archive: Archive, text: str) -> None:
    """Raise NoSuchGroup, NoSuchSearch or BadValue for the first part of a search that names nothing exactly."""
    _require(archive, text, frozenset())


def _require(archive: Archive, text: str, within: frozenset[str]) -> None:
    """`within` are the saved searches that are being looked through: one that asks for itself ends there."""
    query, ignored = parse(text), left_out(text)
    if ignored or (text.strip() and not query.clauses and not query.filters):
        raise BadValue("search", ignored or text)
    for one in query.filters:
        for value in one.values:
            if one.name == "saved":
                _require_saved(archive, value, within)
                continue
            trouble = _trouble(archive, one, value)
            if trouble is not None:
                raise trouble


def _require_saved(archive: Archive, name: str, within: frozenset[str]) -> None:
    wanted = fold(name)
    if wanted in within:
        return
    kept = next((one.query for one in load_searches(archive.catalogue.db) if fold(one.name) == wanted), None)
    if kept is None:
        raise NoSuchSearch(name)
    _require(archive, kept, within | {wanted})


def _trouble(archive: Archive, one: Filter, value: str) -> KpssError | None:
    db = archive.catalogue.db
    match one.name:
        case "group":
            return None if find_group(value, documents.load_groups(db)) else NoSuchGroup(value)
        case "kind":
            is_known = kind_of_word(value) is not None
        case "state":
            is_known = is_state(value)
        case "tag":
            is_known = fold(value) in map(fold, documents.tag_names(db))
        case "year":
            is_known = years(value) is not None and all(len(n) == _YEAR_DIGITS for n in re.findall(r"\d+", value))
        case _:
            is_known = _is_time(value)
    return None if is_known else BadValue(one.name, value)


def _is_time(value: str) -> bool:
    """Whether both ends that are typed are days, months or years; one of them may be open."""
    typed = [end for end in value.split("..") if end.strip()]
    dates = [parse_date(end) for end in typed]
    return bool(dates) and all(date is not None and date.year is not None for date in dates)
