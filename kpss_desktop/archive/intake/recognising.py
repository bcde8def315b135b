"""From a found file to a row: what its name, its place and its text say, and what new groups that makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from kpss_desktop.archive.intake.plan import IntakeItem, ItemState
from kpss_desktop.archive.intake.walking import LETTERS, Found
from kpss_desktop.czech.context import CONTRADICTION, Context
from kpss_desktop.czech.proposals import independent_names
from kpss_desktop.czech.recognise import recognise
from kpss_desktop.model import Certainty, Dated, Extract, Group, Kind, Reading, Recognition, Source

_UNREGISTERED = "+"  # begins the ids of groups that are only proposed; no id of a group does


def item_of(found: Found, context: Context) -> IntakeItem:
    """A row of which nothing is known but its name."""
    return IntakeItem(
        found.origin, found.source, found.name, found.size,
        state=ItemState.NEW if found.refusal is None else ItemState.REFUSED,
        refusal=found.refusal or found.unopened, take=found.refusal is None,
        title=PurePosixPath(found.name).stem, raw_name=found.raw_name, context=context,
    )  # fmt: skip


def recognised(item: IntakeItem, groups: Sequence[Group], text: str = "", agreed: Sequence[str] = ()) -> IntakeItem:
    """The row with everything that is read from its name, its place and its text.

    `agreed` are names of groups that are still to be made. What the clerk has set stays.
    """
    made = tuple(Group(_UNREGISTERED + name, name) for name in agreed)
    return as_seen(item, recognise(item.name, text, groups=(*groups, *made), context=item.context))


def as_seen(item: IntakeItem, seen: Recognition) -> IntakeItem:
    """The row with what was recognised of it, perhaps elsewhere. What the clerk has set stays."""
    if item.name.casefold().endswith(LETTERS):
        seen = replace(seen, kind=Reading(Kind.OTHER, Source.NAME, evidence=PurePosixPath(item.name).suffix))
    new = tuple(one[1:] for one in seen.groups.value if one.startswith(_UNREGISTERED)) if seen.groups else ()
    if new:
        seen = replace(seen, groups=_registered(seen.groups), proposed=tuple(dict.fromkeys((*new, *seen.proposed))))
    return _with_recognition(item, seen)


def _registered(reading: Reading[tuple[str, ...]] | None) -> Reading[tuple[str, ...]] | None:
    """Without the groups that are still to be made."""
    ids = tuple(one for one in reading.value if not one.startswith(_UNREGISTERED)) if reading else ()
    return replace(reading, value=ids) if reading and ids else None


def _with_recognition(item: IntakeItem, seen: Recognition) -> IntakeItem:
    before = item.recognition
    if before.kind and before.kind.source is Source.CLERK:
        seen = replace(seen, kind=before.kind)
    if by_clerk(item):
        seen = replace(seen, groups=before.groups, proposed=before.proposed)
        groups, new = item.groups, item.new_groups
    else:
        groups, new = _certain(seen.groups), seen.proposed
    dated = item.dated if item.dated != _dated(before) else _dated(seen)
    kind = seen.kind.value if seen.kind else Kind.OTHER
    return replace(item, recognition=seen, kind=kind, groups=groups, new_groups=new, dated=dated)


def _dated(read: Recognition) -> Dated | None:
    return Dated(read.date.value, read.date.source, read.date.certainty) if read.date else None


def by_clerk(item: IntakeItem) -> bool:
    """Whether the clerk has said which groups the row belongs to."""
    read = item.recognition.groups
    return read is not None and read.source is Source.CLERK


def _certain(reading: Reading[tuple[str, ...]] | None) -> tuple[str, ...]:
    """The groups to begin with: of several that a word may mean none, of name against text those of the name."""
    if reading is None or (reading.certainty is Certainty.UNCERTAIN and CONTRADICTION not in reading.evidence):
        return ()
    return reading.value


def text_of(item: IntakeItem, extracts: Mapping[str, Extract]) -> str:
    """The text that was read of a row, "" when there is none."""
    extract = extracts.get(item.sha256)
    return extract.text if extract else ""


def with_proposals_settled(
    items: Sequence[IntakeItem], groups: Sequence[Group], extracts: Mapping[str, Extract]
) -> Iterator[tuple[int, IntakeItem]]:
    """The rows whose proposed groups are told otherwise by the others, with their places.

    "Seniori" gives way to "Senioři", "Péče a Prevence" to both, when other rows propose them.
    """
    proposing = [(place, item) for place, item in enumerate(items) if item.recognition.proposed and not by_clerk(item)]
    names = independent_names(name for _, item in proposing for name in item.recognition.proposed)
    for place, item in proposing:
        if not set(names).issuperset(item.recognition.proposed):
            yield place, recognised(item, groups, text_of(item, extracts), names)


def recognised_again(
    items: Sequence[IntakeItem], groups: Sequence[Group], extracts: Mapping[str, Extract], agreed: Sequence[str] = ()
) -> Iterator[tuple[int, IntakeItem]]:
    """The rows that other groups, aliases or groups to be made (`agreed`) make clearer, with their places."""
    for place, item in enumerate(items):
        if item.state is not ItemState.NEW or by_clerk(item):
            continue
        after = recognised(item, groups, text_of(item, extracts), agreed)
        if (after.groups, after.new_groups, after.recognition) != (item.groups, item.new_groups, item.recognition):
            yield place, after
