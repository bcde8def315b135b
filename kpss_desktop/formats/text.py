"""Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.formats.encodings import decode, looks_like_text
from kpss_desktop.formats.found import MAX_TEXT, Found, damaged

if TYPE_CHECKING:
    from kpss_desktop.formats.source import Source


def read(source: Source) -> Found:
    """The text of the file. Raises Unreadable when it is no text."""
    if not looks_like_text(source.head):
        raise damaged()
    return Found(decode(source.data()[: 4 * MAX_TEXT]))
