"""Tables as text: values parted by semicolons, commas or tabulators."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path

from kpss_desktop.formats.encodings import decode
from kpss_desktop.formats.structure.blocks import Block, Paragraph, Span
from kpss_desktop.formats.structure.plain import MAX_TEXT
from kpss_desktop.formats.structure.tabular import table_blocks
from kpss_desktop.formats.structure.words import Words

_SEPARATORS = ";\t,|"
_MAX_LINES = 100_000


def read(path: Path, words: Words) -> list[Block]:
    """The values as a table."""
    text = decode(path.read_bytes()[:MAX_TEXT])
    rows = csv.reader(io.StringIO(text), delimiter=_separator(text))
    return table_blocks(list(islice(rows, _MAX_LINES)), lambda value: Paragraph((Span(value),)), words)


def _separator(text: str) -> str:
    """The sign that parts most of the first lines into the same number of values, the more values the better."""
    lines = [line for line in text[:20_000].split("\n")[:30] if line.strip()]

    def evenness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_SEPARATORS, key=evenness)
