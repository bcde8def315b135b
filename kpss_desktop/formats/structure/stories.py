"""What surrounds the body of a document: headers, footers and notes, put before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kpss_desktop.formats.structure.blocks import Block, Look, Paragraph, Rule, Span

_PAGE_NUMBER = re.compile(r"[\s\d/\-–]*\d[\s\d/\-–]*")


def parted(*parts: list[Block]) -> list[Block]:
    """The parts that hold something, with a line between each two."""
    blocks: list[Block] = []
    for part in filter(None, parts):
        blocks += [Rule(), *part] if blocks else part
    return blocks


def seen(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that show something; a page number alone says nothing where there are no pages."""
    for block in blocks:
        if not isinstance(block, Paragraph) or not (block.is_empty or _PAGE_NUMBER.fullmatch(block.text)):
            yield block


def numbered_note(number: int, blocks: Iterable[Block]) -> Iterator[Block]:
    """A note with its number, in place of the one its first paragraph may bring along."""
    first = True
    for block in blocks:
        if not isinstance(block, Paragraph) or block.is_empty:
            continue
        spans = [inline for inline in block.inlines if isinstance(inline, Span)]
        if first:
            own = spans and spans[0].look.sup and spans[0].text.strip().isdigit()
            spans = [Span(str(number), Look(sup=True)), Span(" "), *spans[1 if own else 0 :]]
        first = False
        yield replace(block, inlines=tuple(spans), mark=None)
