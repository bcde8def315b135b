"""What the filters of a search and the place chosen in the navigator mean in one archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpss_desktop.archive.search.asking import saved_text, understood
from kpss_desktop.archive.search.filter_values import groups_meant, kinds_meant, states_meant, tags_meant
from kpss_desktop.catalogue import documents, gaps, listing
from kpss_desktop.catalogue.query import Filter, Query, years
from kpss_desktop.catalogue.scope import Scope
from kpss_desktop.catalogue.search import document_ids
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.czech.folding import fold
from kpss_desktop.model import Group, Kind

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_NOTHING = ("\0",)  # no document's id, kind or group: a filter that nobody can meet
_NO_YEARS = ((1, 0),)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The place chosen in the navigator; all that is set must hold."""

    group: str | None = None
    year: int | None = None
    kinds: tuple[Kind, ...] = ()
    tag: str | None = None
    trashed: bool = False
    to_file: bool = False
    gaps: bool = False  # meetings without minutes, minutes without a day
    common: bool = False
    query: str = ""  # a search that goes with the place, such as a saved one
    among: tuple[str, ...] | None = None  # ids of the documents to look among


EVERYWHERE = Shelf()


def scope_of(archive: Archive, query: Query, shelf: Shelf = EVERYWHERE, within: frozenset[str] = frozenset()) -> Scope:
    """The scope of a search within a place; of two restrictions of the same thing both must hold.

    `within` are the saved searches that are being looked up.
    """
    groups = documents.load_groups(archive.catalogue.db)
    scope = Scope(
        groups=(shelf.group,) if shelf.group else (),
        years=((shelf.year, shelf.year),) if shelf.year else (),
        kinds=tuple(shelf.kinds),
        tags=(shelf.tag,) if shelf.tag else (),
        trashed=shelf.trashed,
        without_group=shelf.common,
        documents=_common(_chosen(archive, shelf), shelf.among),
    )
    for one in query.filters:
        scope = (
            _by_saved(archive, scope, one, within) if one.name == "saved" else _narrowed(archive, scope, one, groups)
        )
    return scope


def _chosen(archive: Archive, shelf: Shelf) -> tuple[str, ...] | None:
    """The documents of a place that is told by what is wrong with them."""
    waiting = listing.ids_to_file(archive.catalogue.db) if shelf.to_file else None
    return _common(waiting, gaps.ids_of_gaps(archive.catalogue.db) if shelf.gaps else None)


def _common(now: tuple[str, ...] | None, more: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if now is None or more is None:
        return more if now is None else now
    kept = frozenset(now)
    return tuple(document for document in more if document in kept) or _NOTHING


def _by_saved(archive: Archive, scope: Scope, one: Filter, within: frozenset[str]) -> Scope:
    """Several saved searches (any of them), one that must not hold, or one that there is not."""
    db, language = archive.catalogue.db, archive.catalogue.language
    found: dict[str, None] = {}
    for name in one.values:
        text = saved_text(archive, name, within)
        if text is not None:
            inside = within | {fold(name)}
            query = understood(archive, text, inside)
            scope_inside = scope_of(archive, query, within=inside)
            found |= dict.fromkeys(document_ids(db, language, query, scope_inside))
    if one.negated:
        return replace(scope, exclude_documents=(*scope.exclude_documents, *found))
    return replace(scope, documents=_common(scope.documents, tuple(found) or _NOTHING))


def _narrowed(archive: Archive, scope: Scope, one: Filter, groups: Sequence[Group]) -> Scope:
    match one.name:
        case "group":
            found = groups_meant(one.values, groups)
            if one.negated:
                return replace(scope, exclude_groups=scope.exclude_groups + found)
            return replace(scope, groups=_both(scope.groups, found))
        case "kind":
            found = kinds_meant(one.values)
            if one.negated:
                return replace(scope, exclude_kinds=scope.exclude_kinds + found)
            return replace(scope, kinds=_both(scope.kinds, found))
        case "state":
            found = states_meant(one.values)
            if one.negated:
                return replace(scope, exclude_states=scope.exclude_states + found)
            return replace(scope, states=_both(scope.states, found))
        case "tag":
            tags = tags_meant(one.values, documents.tag_names(archive.catalogue.db))
            if one.negated:
                return replace(scope, exclude_tags=scope.exclude_tags + tags)
            return replace(scope, tags=scope.tags + tags)
        case "year":
            return _by_year(scope, one)
        case _:
            return _by_date(archive, scope, one)


def _both(now: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(value for value in more if value in now) if now else more
    return chosen or _NOTHING


def _by_year(scope: Scope, one: Filter) -> Scope:
    ranges = tuple(found for value in one.values if (found := years(value)))
    if one.negated:
        return replace(scope, exclude_years=scope.exclude_years + ranges)
    if scope.years:
        ranges = tuple(_overlaps(scope.years, ranges))
    return replace(scope, years=ranges or _NO_YEARS)


def _overlaps(now: Iterable[tuple[int, int]], more: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    for first, last in now:
        for other_first, other_last in more:
            if max(first, other_first) <= min(last, other_last):
                yield max(first, other_first), min(last, other_last)


def _by_date(archive: Archive, scope: Scope, one: Filter) -> Scope:
    """One day, month or year, or a range: "2019-03", "1.3.2019..15.4.2019", "..2019"; a month is all its days."""
    first, dots, last = one.values[0].partition("..")
    begin, end = parse_date(first), parse_date(last if dots else first)
    since = str(begin) if begin and begin.year else None
    until = f"{end}-99-99"[:10] if end and end.year else None
    if since is None and until is None:
        return scope if one.negated else replace(scope, documents=_NOTHING)
    if one.negated:
        unwanted = listing.ids_in(archive.catalogue.db, Scope(since=since, until=until, trashed=scope.trashed))
        return replace(scope, exclude_documents=(*scope.exclude_documents, *unwanted))
    return replace(
        scope,
        since=max(filter(None, (scope.since, since)), default=None),
        until=min(filter(None, (scope.until, until)), default=None),
    )
