"""The few words that the preview adds to a document. The caller brings them in the language of the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Plain strings, so that they can travel to a reader process; `{count}` is replaced by a number."""

    picture: str = "picture"
    cut: str = "The preview ends here, the document goes on."
    more_rows: str = "More rows: {count}"
    more_columns: str = "More columns: {count}"
    sender: str = "From"
    recipient: str = "To"
    copy: str = "Copy"
    date: str = "Date"
    subject: str = "Subject"
    attachments: str = "Attachments"


ENGLISH = Words()
