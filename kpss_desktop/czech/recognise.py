"""What a document is, whose, and of when: read from its name, its surroundings and its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kpss_desktop.czech.context import CONTRADICTION, Context
from kpss_desktop.czech.date_finding import Findings, find_in_line
from kpss_desktop.czech.dating import date_of
from kpss_desktop.czech.file_names import is_packed, split_name
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.group_shapes import Registry, registry_of
from kpss_desktop.czech.groups import GroupFinding, groups_in_place, groups_in_text, groups_in_title
from kpss_desktop.czech.heads import Head, Line, head_of
from kpss_desktop.czech.kinds import kind_in_name, kind_in_text
from kpss_desktop.czech.text_dates import date_in_text, number_in_text
from kpss_desktop.model import Certainty, Group, Kind, Reading, Recognition, Source

__all__ = ["CONTRADICTION", "Context", "recognise"]

_NOTHING = Context()
# Only papers of a meeting belong to a group because their text names it.
_HEADED = frozenset({Kind.MINUTES, Kind.INVITATION, Kind.ATTENDANCE})
_GROUP_FROM_TEXT = frozenset({None, Kind.MINUTES, Kind.INVITATION, Kind.ATTENDANCE, Kind.RESOLUTION})


def recognise(name: str, text: str = "", *, groups: Sequence[Group], context: Context = _NOTHING) -> Recognition:
    """Read kind, groups, date and running number; nothing is guessed without being marked.

    `name` is a file name or a title, `text` the beginning of the document's text or more of it. An alias that two
    groups share gives both ids, UNCERTAIN. Groups that are named but not registered are in `proposed`.
    """
    named = _named(name)
    kind, in_text, number = named.kind, None, named.found.number
    head = head_of(text)
    if text and not named.packed:
        kind = _against_text(kind, head)
        in_text = date_in_text(head)
        number = number_in_text(head) if number is None else number
    what = kind.value if kind else None
    finding = _groups(named.title.text, head, registry_of(tuple(groups)), what, context)
    date = date_of(named.title, named.found, what, context, in_text)
    return Recognition(kind=kind, groups=finding.reading, date=date, proposed=finding.proposed, number=number)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a name says by itself."""

    title: Line
    packed: bool
    found: Findings
    kind: Reading[Kind] | None


@lru_cache(maxsize=16384)
def _named(name: str) -> _Named:
    """Every name is asked for again together with its text, hence the cache."""
    text, extension = split_name(name)
    title = Line(text, fold(text))
    found = find_in_line(title, is_name=True)
    return _Named(title, is_packed(extension), found, kind_in_name(title, extension, found))


def _against_text(named: Reading[Kind] | None, head: Head) -> Reading[Kind] | None:
    """The kind of the name, in doubt when the heading of the text is that of another paper of a meeting."""
    if named is None:
        return kind_in_text(head)
    told = kind_in_text(head) if named.value in _HEADED else None
    if told and told.value in _HEADED and told.value is not named.value:
        return replace(named, certainty=Certainty.UNCERTAIN, evidence=f"{named.evidence}{CONTRADICTION}{told.evidence}")
    return named


def _groups(title: str, head: Head, registry: Registry, kind: Kind | None, context: Context) -> GroupFinding:
    """The first place that names a group: name, folder from the innermost, ZIP, text; the clerk's word before all."""
    named = groups_in_title(title, registry, kind)
    if context.groups:
        return GroupFinding(_as_the_clerk_said(named.reading, context.groups), named.proposed)
    reading, proposed = named.reading, named.proposed
    if reading is None or reading.certainty is Certainty.UNCERTAIN:
        around = _groups_around(context, registry)
        reading = _narrowed(reading, around) if reading else next((one.reading for one in around if one.reading), None)
        proposed = proposed or tuple(dict.fromkeys(name for place in around for name in place.proposed))
    if kind in _GROUP_FROM_TEXT and not named.proposed:
        reading = _groups_against_text(reading, groups_in_text(head, registry))
    return GroupFinding(reading, proposed)


def _groups_around(context: Context, registry: Registry) -> list[GroupFinding]:
    """What the letter's subject says, each folder from the innermost, and the ZIP."""
    around = [groups_in_place(context.subject, registry, Source.MAIL)] if context.subject else []
    around += [groups_in_place(split_name(folder)[0], registry, Source.FOLDER) for folder in reversed(context.folders)]
    if context.archive_name:
        around.append(groups_in_place(split_name(context.archive_name)[0], registry, Source.ZIP))
    return around


def _groups_against_text(
    reading: Reading[tuple[str, ...]] | None, told: Reading[tuple[str, ...]] | None
) -> Reading[tuple[str, ...]] | None:
    """What was read outside the text, in doubt when the text speaks of quite other groups."""
    if reading is None or told is None:
        return reading or told
    if reading.certainty is Certainty.UNCERTAIN:
        return replace(told, certainty=Certainty.INFERRED) if set(told.value) < set(reading.value) else reading
    if told.certainty is Certainty.UNCERTAIN or set(told.value) & set(reading.value):
        return reading
    return replace(reading, certainty=Certainty.UNCERTAIN, evidence=f"{reading.evidence}{CONTRADICTION}{told.evidence}")


def _as_the_clerk_said(named: Reading[tuple[str, ...]] | None, said: tuple[str, ...]) -> Reading[tuple[str, ...]]:
    """The clerk's groups; joint minutes that name one of them and more keep all that they name."""
    if named and set(said) < set(named.value) and named.certainty is not Certainty.UNCERTAIN:
        return named
    return Reading(said, Source.CLERK)


def _narrowed(reading: Reading[tuple[str, ...]], around: list[GroupFinding]) -> Reading[tuple[str, ...]]:
    """An alias of two groups means the one in whose folder or ZIP the document lies."""
    for place in around:
        if place.reading and set(place.reading.value) < set(reading.value):
            return place.reading
    return reading
