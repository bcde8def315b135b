"""What stands in the navigator, as data: labels, counts and the shelf each place opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpss_desktop.archive.search.saving import as_filter
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.catalogue.figures import Counts
from kpss_desktop.i18n import _
from kpss_desktop.messages import group_title
from kpss_desktop.model import Group, GroupKind, Kind, SavedSearch

SEARCH_KEY = "search/"
"""What the keys of saved searches begin with; the name follows."""
PLANS = (Kind.PLAN, Kind.RULES)


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the navigator. `key` stays the same while counts and names change; a heading has no shelf."""

    key: str
    label: str
    icon: str
    count: int = 0
    shelf: Shelf | None = None
    colour: int | None = None
    tip: str = ""
    children: tuple[Place, ...] = ()


def places(groups: Sequence[Group], counts: Counts, searches: Sequence[SavedSearch] = ()) -> tuple[Place, ...]:
    """All lines of the navigator, from the top; those that would be empty are left out, but for the basic ones."""
    tip = _("No group, no year, or a date that is not certain")
    scans = _("Pictures of pages; their words are found once tesseract with its Czech data is installed")
    failed = _("Reading took too long or too much memory; it can be tried again in the details")
    top = [
        Place("all", _("All documents"), "all-documents", counts.all, Shelf()),
        Place("to-file", _("To be filed"), "inbox", counts.to_file, Shelf(to_file=True), tip=tip),
        *_group_places(groups, counts),
    ]
    incomplete = _("Meetings that are over and have no minutes, and minutes of no known day")
    optional = [
        Place("gaps", _("Incomplete meetings"), "question", counts.gaps, Shelf(gaps=True), tip=incomplete),
        Place("common", _("Shared by all"), "document", counts.common, Shelf(common=True)),
        Place("plans", _("Plans and rules"), "plan", _of(counts, PLANS), Shelf(kinds=PLANS)),
        Place("zips", _("Year ZIPs"), "zip", _of(counts, (Kind.YEAR_ZIP,)), Shelf(kinds=(Kind.YEAR_ZIP,))),
        Place(
            "scans", _("Without text (scans)"), "unreadable", counts.without_text, Shelf(query="stav:sken"), tip=scans
        ),
        Place("failed", _("Reading failed"), "warning", counts.failed, Shelf(query="stav:selhalo"), tip=failed),
    ]
    top += [place for place in optional if place.count]
    tags = tuple(Place(f"tag/{tag}", tag, "tag", count, Shelf(tag=tag)) for tag, count in counts.tags.items() if count)
    if searches:
        top.append(Place("searches", _("Saved searches"), "saved-search", children=tuple(map(_search_place, searches))))
    if tags:
        top.append(Place("tags", _("Tags"), "tag", children=tags))
    top.append(Place("trash", _("Trash"), "trash", counts.trash, Shelf(trashed=True)))
    return tuple(top)


def _search_place(search: SavedSearch) -> Place:
    shelf = Shelf(query=as_filter(search.name))
    return Place(f"{SEARCH_KEY}{search.name}", search.name, "saved-search", shelf=shelf, tip=search.query)


def _of(counts: Counts, kinds: Sequence[Kind]) -> int:
    return sum(counts.by_kind.get(kind, 0) for kind in kinds)


def _group_places(groups: Sequence[Group], counts: Counts) -> list[Place]:
    """Working groups under one heading; a steering group stands by itself; others under a heading of their own."""
    of_kind = {kind: [group for group in groups if group.kind is kind] for kind in GroupKind}
    made = []
    if working := of_kind[GroupKind.WORKING]:
        children = tuple(_group_place(group, counts, group.name) for group in working)
        made.append(Place("working", _("Working groups"), "group", children=children))
    made += [_group_place(group, counts, group_title(group)) for group in of_kind[GroupKind.STEERING]]
    if others := of_kind[GroupKind.OTHER]:
        children = tuple(_group_place(group, counts, group.name) for group in others)
        made.append(Place("others", _("Other groups"), "group", children=children))
    return made


def _group_place(group: Group, counts: Counts, label: str) -> Place:
    years = sorted((year for of, year in counts.by_group_year if of == group.id and year), reverse=True)
    return Place(
        f"group/{group.id}",
        label,
        "group",
        counts.by_group.get(group.id, 0),
        Shelf(group=group.id),
        colour=group.colour,
        tip=_("Also known as: {names}").format(names=", ".join(group.aliases)) if group.aliases else "",
        children=tuple(
            Place(
                f"group/{group.id}/{year}",
                str(year),
                "calendar",
                counts.by_group_year[group.id, year],
                Shelf(group=group.id, year=year),
            )
            for year in years
        ),
    )
