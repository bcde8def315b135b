"""Blocks to HTML as Qt's rich text understands it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from kpss_desktop.formats.structure.blocks import (
    Block,
    Cell,
    Inline,
    Look,
    Mark,
    Markup,
    Paragraph,
    Picture,
    Preformatted,
    Rule,
    Span,
    Table,
)
from kpss_desktop.formats.structure.pictures import data_uri, size
from kpss_desktop.formats.structure.words import Words

# What a page of the window holds; a wider picture is shrunk to it.
MAX_WIDTH = 640
# About 150 printed pages: laying out more would make the window wait.
MAX_CHARACTERS = 400_000
MAX_PICTURE_BYTES = 12_000_000
MAX_DEPTH = 12
# HTML joins spaces, but in an address or a form several of them are a layout. A tabulator becomes such a gap.
_FURTHER_SPACE = re.compile(r"(?<= ) ")
_TABULATOR = " " + "\xa0" * 3


@dataclass(slots=True)
class _Room:
    """What may still be shown."""

    characters: int = MAX_CHARACTERS
    picture_bytes: int = MAX_PICTURE_BYTES


def render(blocks: Iterable[Block], words: Words) -> str:
    """HTML of the blocks; a document beyond the limits ends with a line that says so."""
    writer = _Writer(words, _Room())
    body = writer.blocks(list(blocks), 0)
    if writer.room.characters < 0:
        body += f"<hr><p><i>{escape(words.cut)}</i></p>"
    return body


@dataclass(slots=True)
class _Writer:
    words: Words
    room: _Room

    def blocks(self, blocks: Sequence[Block], depth: int) -> str:
        parts: list[str] = []
        position = 0
        while position < len(blocks) and self.room.characters >= 0:
            block = blocks[position]
            end = position + 1
            if isinstance(block, Paragraph) and block.mark is not None and not block.heading:
                while end < len(blocks) and _is_item(blocks[end]):
                    end += 1
                parts.append(self.items([item for item in blocks[position:end] if isinstance(item, Paragraph)]))
            else:
                parts.append(self.block(block, depth))
            position = end
        return "".join(parts)

    def block(self, block: Block, depth: int) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Table():
                return self.table(block, depth)
            case Preformatted():
                self.room.characters -= len(block.text)
                return f"<pre>{escape(block.text)}</pre>"
            case Rule():
                return "<hr>"
            case Markup():
                self.room.characters -= len(block.html)
                return block.html

    def paragraph(self, paragraph: Paragraph) -> str:
        if paragraph.is_empty:
            return ""
        tag = f"h{paragraph.heading}" if paragraph.heading else "p"
        align = f' align="{paragraph.align}"' if paragraph.align else ""
        label = f"{escape(paragraph.mark.label)} " if paragraph.mark and paragraph.mark.label else ""
        inlines = _unbold(paragraph.inlines) if paragraph.heading else paragraph.inlines
        return f"<{tag}{align}>{label}{self.inlines(inlines)}</{tag}>"

    def items(self, paragraphs: Sequence[Paragraph]) -> str:
        """A list and the lists within it; a list is opened anew where the kind of its marks changes."""
        parts: list[str] = []
        opened: list[_OpenList] = []
        for paragraph in paragraphs:
            mark = paragraph.mark or Mark(0)
            kind, number = _kind_of(mark.label)
            while opened and (
                opened[-1].level > mark.level or (opened[-1].level == mark.level and opened[-1].kind != kind)
            ):
                parts.append(opened.pop().close)
            if opened and opened[-1].level == mark.level and opened[-1].follows(number):
                parts.append("</li>")
            else:
                if opened and opened[-1].level == mark.level:
                    parts.append(opened.pop().close)
                opened.append(_OpenList(mark.level, kind, number))
                parts.append(opened[-1].open)
            opened[-1].number = number
            label = f"{escape(mark.label)}&nbsp; " if kind == "none" else ""
            parts.append(f"<li>{label}{self.inlines(paragraph.inlines)}")
        parts.extend(one.close for one in reversed(opened))
        return "".join(parts)

    def table(self, table: Table, depth: int) -> str:
        if depth >= MAX_DEPTH:
            return ""
        rows = "".join(
            f"<tr>{''.join(self.cell(cell, depth) for cell in row)}</tr>"
            for row in _with_header(table.rows)
            if self.room.characters >= 0
        )
        return f"<table>{rows}</table>"

    def cell(self, cell: Cell, depth: int) -> str:
        tag = "th" if cell.header else "td"
        colspan = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        rowspan = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        blocks = [block for block in cell.blocks if not (isinstance(block, Paragraph) and block.is_empty)]
        align = ""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not (blocks[0].heading or blocks[0].mark):
            # One paragraph needs no element of its own, which would only add space below it.
            align = f' align="{blocks[0].align}"' if blocks[0].align else ""
            content = self.inlines(_unbold(blocks[0].inlines) if cell.header else blocks[0].inlines)
        else:
            content = self.blocks(blocks, depth + 1)
        width = f' width="{cell.width}"' if cell.width else ""
        return f"<{tag}{colspan}{rowspan}{align}{width}>{content}</{tag}>"

    def inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(self.span(inline) if isinstance(inline, Span) else self.picture(inline) for inline in inlines)

    def span(self, span: Span) -> str:
        self.room.characters -= len(span.text)
        text = _FURTHER_SPACE.sub("\xa0", span.text).replace("\t", _TABULATOR)
        return wrap(escape(text, quote=False).replace("\n", "<br>"), span.look)

    def picture(self, picture: Picture) -> str:
        self.room.picture_bytes -= len(picture.data)
        address = data_uri(picture.data) if self.room.picture_bytes > 0 else None
        if address is None:
            return f"<i>[{escape(self.words.picture)}]</i>"
        width = min(picture.width or size(picture.data)[0], MAX_WIDTH)
        return f'<img src="{address}" width="{width}">'


def wrap(html: str, look: Look) -> str:
    """The HTML within the elements of a look."""
    for wanted, tag in (
        (look.sub, "sub"),
        (look.sup, "sup"),
        (look.underline, "u"),
        (look.italic, "i"),
        (look.bold, "b"),
    ):
        if wanted:
            html = f"<{tag}>{html}</{tag}>"
    return html


@dataclass(slots=True)
class _OpenList:
    level: int
    kind: str
    number: int

    @property
    def open(self) -> str:
        if self.kind == "1":
            return f'<ol start="{self.number}">' if self.number != 1 else "<ol>"
        return '<ul type="none">' if self.kind == "none" else "<ul>"

    @property
    def close(self) -> str:
        return "</li></ol>" if self.kind == "1" else "</li></ul>"

    def follows(self, number: int) -> bool:
        """Whether Qt, counting on, would come to the number."""
        return self.kind != "1" or number == self.number + 1


def _unbold(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Without the bold that the element around has by itself."""
    return tuple(
        replace(inline, look=replace(inline.look, bold=False)) if isinstance(inline, Span) else inline
        for inline in inlines
    )


def _with_header(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """The rows; a first one that is bold all over is a header though nobody marked it."""
    if len(rows) < 2 or len(rows[0]) < 2 or not all(_is_bold(cell) for cell in rows[0]):
        return rows
    return [[replace(cell, header=True) for cell in rows[0]], *rows[1:]]


def _is_bold(cell: Cell) -> bool:
    paragraphs = [block for block in cell.blocks if isinstance(block, Paragraph)]
    spans = [inline for block in paragraphs for inline in block.inlines if isinstance(inline, Span)]
    said = [span for span in spans if span.text.strip()]
    return bool(said) and all(span.look.bold for span in said)


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.mark is not None and not block.heading


def _kind_of(label: str) -> tuple[str, int]:
    """How a list with this label is written ("1", "none" with the label as text, "disc"), and the number in it."""
    if not label:
        return "disc", 0
    match = re.fullmatch(r"([0-9]{1,4})\.", label, re.ASCII)
    return ("1", int(match[1])) if match else ("none", 0)
