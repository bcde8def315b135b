"""Word's binary documents: 97 to 2003 ([MS-DOC]), and Word 6, 95 and 2, which kept their text in one piece."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats.containers.compound import SIGNATURE
from kpss_desktop.formats.containers.summary import with_summary
from kpss_desktop.formats.encodings import decode
from kpss_desktop.formats.found import Found, damaged, encrypted
from kpss_desktop.formats.word.fib import HEADER_BOXES, HEADERS, MACROS, parse
from kpss_desktop.formats.word.lists import Labels
from kpss_desktop.formats.word.paragraphs import Paragraphs
from kpss_desktop.formats.word.pieces import gather
from kpss_desktop.formats.word.streams import of_bytes, of_compound
from kpss_desktop.formats.word.text import story

if TYPE_CHECKING:
    from kpss_desktop.formats.source import Source
    from kpss_desktop.formats.word.streams import Streams

_SECTOR = 512
_WIDE_RUN = re.compile(rb"(?:[\x20-\x7e\x09\x0d\xa0-\xff]\x00|[\x00-\x7f]\x01|[\x13\x14\x18-\x1e\x26]\x20){12,}")
_NARROW_RUN = re.compile(rb"[\x20-\x7e\x09\x0d\x80-\xff]{24,}")


def read(source: Source) -> Found:
    """The text of body, notes, comments, text boxes, headers and footers, in this order, with the numbers of lists.

    Raises Unreadable: with a password, not a Word document, or a broken one.
    """
    if not source.head.startswith(SIGNATURE):
        return Found(_told(of_bytes(source.data())))
    return with_summary(source.compound, _told(of_compound(source.compound)))


def _told(streams: Streams) -> str:
    fib = streams.fib
    if fib.is_encrypted:
        raise encrypted()
    characters = gather(streams)
    paragraphs = Paragraphs(streams, characters.pieces)
    labels = Labels(streams)
    texts: dict[int, str] = {}
    for index in range(len(fib.stories) or 1):
        start, end = fib.story(index) if fib.stories else (0, len(characters.text))
        part = characters.text[start:end]
        if part and index != MACROS:
            text = story(part, start, paragraphs, labels)
            # Headers come once for first, odd and even pages and for each section.
            texts[index] = _once(text) if index in (HEADERS, HEADER_BOXES) else text
    order = sorted(texts, key=lambda index: (index in (HEADERS, HEADER_BOXES), index))
    return "\n".join(texts[index] for index in order if texts[index])


def _once(text: str) -> str:
    return "\n".join(dict.fromkeys(line for line in text.split("\n") if line.strip()))


def salvage(source: Source) -> Found:
    """What can be found in a file whose compound structure is broken: the text by its FIB, else any runs of text."""
    data = source.data()
    for offset in range(0, min(len(data), 64 * _SECTOR), _SECTOR):
        fib = parse(data[offset:])
        if fib is not None and sum(fib.stories) > 0 and fib.text_start < len(data) - offset:
            text = _told(of_bytes(data[offset:]))
            if _is_prose(text):
                return Found(text)
    wide = [run.group().decode("utf-16-le", "replace") for run in _WIDE_RUN.finditer(data)]
    narrow = [decode(run.group()) for run in _NARROW_RUN.finditer(data)]
    text = "\n".join(one.replace("\r", "\n").strip() for one in [*wide, *narrow] if _is_prose(one))
    if not text:
        raise damaged()
    return Found(text)


def _is_prose(text: str) -> bool:
    """Whether it is made of words, not of bytes that happen to be letters."""
    words = sum(len(word) for word in re.findall(r"[^\W\d_]{2,20}", text))
    return len(text) > 0 and words * 10 > len(text) * 6 and (" " in text.strip() or "\n" in text)
