"""Taking a letter apart: its attachments as files, and what it says of itself. Belongs into a reader process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpss_desktop.formats.containers.compound import SIGNATURE
from kpss_desktop.formats.mail import eml, msg
from kpss_desktop.formats.source import Source

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 1000  # characters of a subject or a name that are told


def take_apart(path: Path, folder: Path) -> dict[str, Any]:
    """Write the attachments into `folder`, each named by its number; the values of JSON that `Taken` is made of.

    Raises Unreadable when it is no letter, and whatever a broken one makes its reader raise.
    """
    with Source(path) as source:
        letter = msg.letter(source) if source.head.startswith(SIGNATURE) else eml.letter(source.data())
    for number, one in enumerate(letter.attachments):
        (folder / str(number)).write_bytes(one.data)
    attached = [[one.name[:_LONGEST], len(one.data)] for one in letter.attachments]
    return {"subject": letter.subject[:_LONGEST], "date": letter.date, "attached": attached}
