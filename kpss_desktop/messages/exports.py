"""The words of what is exported for others to read."""

from __future__ import annotations

from kpss_desktop.archive.exporting.bundle import Words
from kpss_desktop.archive.exporting.listing import ListWords
from kpss_desktop.i18n import _, language
from kpss_desktop.messages.values import kind_name
from kpss_desktop.model import Kind


def bundle_words() -> Words:
    """The words of a bundle's list of contents."""
    return Words(_("Contents"), _("No."), _("Date"), _("Title"), _("Groups"), _("File"), language())


def list_words() -> ListWords:
    """The words of a list of documents."""
    return ListWords(
        _("Date"), _("Title"), _("Kind"), _("Groups"), _("Tags"), _("Note"), _("File"),
        {kind: kind_name(kind) for kind in Kind}, language(),
    )  # fmt: skip
