"""The numbers of lists as marks of a preview."""

from __future__ import annotations

from kpss_desktop.formats.numbering import Item
from kpss_desktop.formats.structure.blocks import Mark


def mark_of(item: Item | None) -> Mark | None:
    """The mark of the next item; None when it is in no known list, or says that nothing is to be printed."""
    if item is None or not item.form:
        return None
    label = item.next_label()
    if item.form == "bullet":
        return Mark(item.level)
    return Mark(item.level, label) if label or item.form != "none" else None
