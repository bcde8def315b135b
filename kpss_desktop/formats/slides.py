"""Presentations: PowerPoint 2007 and newer, and the words of the older binary ones ([MS-PPT])."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats import ooxml
from kpss_desktop.formats.docx import text_of
from kpss_desktop.formats.docx_lists import Labels
from kpss_desktop.formats.found import Found, Unreadable, damaged, encrypted
from kpss_desktop.formats.summary import with_summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpss_desktop.formats.source import Source

_PART = re.compile(r"ppt/(slides|notesSlides|comments)/[A-Za-z]+(\d+)\.xml")
_TEXT_WIDE, _TEXT_NARROW = 0x0FA0, 0x0FA8
_MASTER, _HANDOUT, _ENCRYPTION = 0x03F8, 0x0FC9, 0x2F14
_PLACEHOLDER = re.compile(r"\*|Click to edit .*|Klepnut.m lze upravit .*|Kliknut.m lze upravit .*|___PPT\d+")
_MAX_DEPTH = 24


def read_pptx(source: Source) -> Found:
    """The text of the slides in their order, then notes and comments."""
    package = source.package
    parts = sorted(
        (("slides", "notesSlides", "comments").index(match[1]), int(match[2]), name)
        for name in package.names
        if (match := _PART.fullmatch(name))
    )
    texts: list[str] = []
    for _kind, _number, name in parts:
        try:
            texts.append(text_of(package.read(name), Labels()))
        except Unreadable:
            continue
    if not parts:
        raise damaged()
    return ooxml.with_properties(package, "\n\n".join(text for text in texts if text))


def read_ppt(source: Source) -> Found:
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
