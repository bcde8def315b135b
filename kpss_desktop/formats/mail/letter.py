"""A letter of either mail format as text."""

from __future__ import annotations

from dataclasses import dataclass

from kpss_desktop.formats.found import Found


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a letter; its name is the sender's and may be anything."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that was taken apart: `attached` are names and sizes in bytes of the files "0", "1" ... of a folder."""

    subject: str
    date: str
    attached: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """`date` is ISO 8601; all fields may be empty."""

    subject: str
    sender: str
    recipients: str
    date: str
    body: str
    attachments: tuple[Attachment, ...] = ()

    def found(self) -> Found:
        """Headers, body and the names of attachments as lines."""
        lines = [self.subject, self.sender, self.recipients, self.body.strip()]
        lines += [attachment.name for attachment in self.attachments]
        return Found("\n".join(line for line in lines if line), self.subject, self.sender, self.date)
