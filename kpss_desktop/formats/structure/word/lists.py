"""The labels of a document's lists as marks of a preview."""

from __future__ import annotations

from kpss_desktop.formats.structure.blocks import Mark
from kpss_desktop.formats.word.lists import Labels


def mark_of(labels: Labels, list_index: int, level: int) -> Mark | None:
    """The mark of the next item; None when the list is not known or says that nothing is to be printed."""
    form, label = labels.form(list_index, level), labels.label(list_index, level)
    if form == "bullet":
        return Mark(level)
    return Mark(level, label) if form and (label or form != "none") else None
