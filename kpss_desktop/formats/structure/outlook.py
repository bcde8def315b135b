"""Letters saved by Outlook."""

from __future__ import annotations

from pathlib import Path

from kpss_desktop.formats.mail import msg
from kpss_desktop.formats.source import Source
from kpss_desktop.formats.structure.blocks import Block
from kpss_desktop.formats.structure.mail import head
from kpss_desktop.formats.structure.plain import paragraphs
from kpss_desktop.formats.structure.words import Words


def read(path: Path, words: Words) -> list[Block]:
    """The letter with its head as a table; its body is plain. Raises Unreadable."""
    with Source(path) as source:
        letter = msg.letter(source)
    fields = {
        words.sender: letter.sender,
        words.recipient: letter.recipients,
        words.date: letter.date.replace("T", " ")[:16],
        words.subject: letter.subject,
        words.attachments: ", ".join(one.name for one in letter.attachments if one.name),
    }
    return [head(fields), *paragraphs(letter.body.strip())]
