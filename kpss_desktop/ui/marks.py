"""Marks of a document: small icons with a sentence, so that no state is told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from kpss_desktop.i18n import _
from kpss_desktop.messages import reason_sentence, source_sentence
from kpss_desktop.model import Certainty, Dated, Document, TextState

JOINT = "group"
"""The icon of a joint document; of no use beside a column that names the groups."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon's name and what it says."""

    icon: str
    sentence: str


_TEXT_ICONS = {
    TextState.EMPTY: "image",
    TextState.ENCRYPTED: "lock",
    TextState.DAMAGED: "warning",
    TextState.UNSUPPORTED: "unreadable",
    TextState.FAILED: "warning",
}


def of(document: Document) -> tuple[Mark, ...]:
    """What a clerk should know of a document at a glance, the gravest first."""
    made = []
    icon = _TEXT_ICONS.get(document.file.text_state)
    if icon is not None and not document.file.mime.startswith("image/"):
        made.append(Mark(icon, reason_sentence(document.file.text_reason)))
    if len(document.groups) > 1:
        made.append(Mark(JOINT, _("Joint document of several groups")))
    if len(document.files) > 1:
        made.append(Mark("duplicate", _("In several formats")))
    return tuple(made)


def date_sentence(dated: Dated) -> str:
    """Where a date that is not certain was read."""
    where = source_sentence(dated.source)
    if dated.certainty is Certainty.UNCERTAIN:
        return _("Please check the date, it is not certain (read {where})").format(where=where)
    return _("Part of the date was inferred ({where})").format(where=where)
