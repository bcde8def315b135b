"""The words that a preview adds to a document, in the language of the window."""

from __future__ import annotations

from kpss_desktop.formats.structure.words import Words
from kpss_desktop.i18n import _, pgettext


def preview_words() -> Words:
    """For `structure_of`; `{count}` is filled in by the reader."""
    return Words(
        picture=_("picture"),
        cut=_("The preview ends here, the document goes on."),
        more_rows=_("More rows: {count}"),
        more_columns=_("More columns: {count}"),
        sender=pgettext("mail", "From"),
        recipient=pgettext("mail", "To"),
        copy=pgettext("mail", "Copy"),
        date=pgettext("mail", "Date"),
        subject=pgettext("mail", "Subject"),
        attachments=pgettext("mail", "Attachments"),
    )
