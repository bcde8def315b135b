"""Rows that become clearer while the clerk is already changing them."""

from __future__ import annotations

from dataclasses import replace

from kpss_desktop.archive.intake.planning import IntakeItem

_OF_LIKENESS = ("state", "files_as")  # what was said of a row that resembles another holds as long as it does


def merged(before: IntakeItem, mine: IntakeItem, told: IntakeItem) -> IntakeItem:
    """What is `told` now of a row, with what the clerk has changed of it: `mine` is made of `before`."""
    if mine == before:
        return told
    is_alike = (told.state, told.resembles) == (before.state, before.resembles)
    changes: dict[str, object] = {
        name: getattr(mine, name)
        for name in ("title", "kind", "dated", "take", *(_OF_LIKENESS if is_alike else ()))
        if getattr(mine, name) != getattr(before, name)
    }
    read = told.recognition
    if (mine.groups, mine.new_groups) != (before.groups, before.new_groups) or (
        mine.recognition.groups != before.recognition.groups
    ):
        changes |= {"groups": mine.groups, "new_groups": mine.new_groups}
        read = replace(read, groups=mine.recognition.groups, proposed=mine.recognition.proposed)
    if mine.recognition.kind != before.recognition.kind:
        changes["kind"] = mine.kind
        read = replace(read, kind=mine.recognition.kind)
    return replace(told, recognition=read, **changes)  # type: ignore[arg-type]  # the names are those of its fields
