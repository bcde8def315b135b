"""Plain text: paragraphs, or lines as they stand when somebody drew with spaces."""

from __future__ import annotations

import re
from pathlib import Path

from kpss_desktop.formats.encodings import decode
from kpss_desktop.formats.structure.blocks import Block, Paragraph, Preformatted, Span
from kpss_desktop.formats.structure.words import Words

MAX_TEXT = 2_000_000
_DRAWN = re.compile(r"\S(?: {3,}|\t+ *)\S")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def read(path: Path, _words: Words) -> list[Block]:
    """The text in paragraphs."""
    return paragraphs(decode(path.read_bytes()[:MAX_TEXT]))


def paragraphs(text: str) -> list[Block]:
    """Blank lines part paragraphs; a part with columns drawn by spaces keeps its lines."""
    blocks: list[Block] = []
    for part in _BLANK_LINES.split(text.replace("\f", "\n\n").strip("\n")):
        lines = part.rstrip().split("\n")
        if sum(1 for line in lines if _DRAWN.search(line)) >= 2:
            blocks.append(Preformatted(part.rstrip()))
        else:
            blocks.append(Paragraph((Span("\n".join(line.rstrip() for line in lines)),)))
    return blocks
