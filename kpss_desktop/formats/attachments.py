"""The files that came with a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.formats import mail, msg
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.read import guarded

if TYPE_CHECKING:
    from pathlib import Path

    from kpss_desktop.formats.letter import Attachment


def attachments(path: Path, mime: str) -> tuple[Attachment, ...]:
    """The attachments of the letter at `path` with their bytes; none when it is no letter or a broken one."""
    if mime == "message/rfc822":
        letter = guarded(lambda: mail.letter(path.read_bytes()))
    elif mime == "application/vnd.ms-outlook":
        letter = guarded(lambda: msg.letter(path))
    else:
        return ()
    return () if isinstance(letter, Unreadable) else letter.attachments
