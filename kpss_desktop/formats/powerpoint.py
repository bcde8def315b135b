"""The words of presentations made by PowerPoint before 2007 ([MS-PPT])."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats.containers.summary import with_summary
from kpss_desktop.formats.found import Found, damaged, encrypted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpss_desktop.formats.source import Source

_TEXT_WIDE, _TEXT_NARROW = 0x0FA0, 0x0FA8
_MASTER, _HANDOUT, _ENCRYPTION = 0x03F8, 0x0FC9, 0x2F14
_PLACEHOLDER = re.compile(r"\*|Click to edit .*|Klepnut.m lze upravit .*|Kliknut.m lze upravit .*|___PPT\d+")
_MAX_DEPTH = 24


def read(source: Source) -> Found:
    """The text of slides and notes, as far as records can be followed; each piece once.

    Slides keep their words in the outline of the document or in their own boxes, and quick saving leaves older states
    in the file, so the order is that of the file and old words may be among the new.
    """
    data = source.compound.stream("PowerPoint Document")
    if not data:
        raise damaged()
    pieces = dict.fromkeys(piece for piece in _texts(data, 0, len(data), 0) if piece)
    return with_summary(source.compound, "\n".join(pieces))


def _texts(data: bytes, start: int, end: int, depth: int) -> Iterator[str]:
    while start + 8 <= end:
        version, kind, length = struct.unpack_from("<HHI", data, start)
        start += 8
        stop = min(end, start + length)
        if kind == _ENCRYPTION:
            raise encrypted()
        if version & 0x0F == 0x0F:
            if kind not in (_MASTER, _HANDOUT) and depth < _MAX_DEPTH:
                yield from _texts(data, start, stop, depth + 1)
        elif kind == _TEXT_WIDE:
            yield _lines(data[start:stop].decode("utf-16-le", "replace"))
        elif kind == _TEXT_NARROW:
            # The low bytes of UTF-16, so no code page is involved.
            yield _lines(data[start:stop].decode("latin-1"))
        start = stop


def _lines(text: str) -> str:
    lines = text.replace("\r", "\n").replace("\x0b", "\n").replace("\0", "").split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip() and not _PLACEHOLDER.fullmatch(line.strip()))
