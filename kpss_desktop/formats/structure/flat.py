"""Formats that write a table as a flow of paragraphs, cells and rows ended by marks (.doc and RTF)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpss_desktop.formats.structure.blocks import Block, Paragraph
from kpss_desktop.formats.structure.grid import NO_SHAPE, Row, Shape, make_table


@dataclass(frozen=True, slots=True)
class Flat:
    """A paragraph in the flow; `depth` is how many tables it lies in.

    The mark that ends a row has no words of its own and says how the cells of the row lie.
    """

    paragraph: Paragraph
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    shape: Shape = NO_SHAPE


def assembled(flow: Iterable[Flat]) -> Iterator[Block]:
    """The flow as paragraphs and tables, tables within tables included."""
    ahead = _Ahead(list(flow))
    while ahead.now is not None:
        yield _next(ahead, 0)


@dataclass(slots=True)
class _Ahead:
    """The flow with a finger on the next paragraph."""

    items: list[Flat]
    position: int = 0

    @property
    def now(self) -> Flat | None:
        return self.items[self.position] if self.position < len(self.items) else None

    def take(self) -> Flat:
        self.position += 1
        return self.items[self.position - 1]


def _next(ahead: _Ahead, depth: int) -> Block:
    """The next paragraph, or the whole table that begins there."""
    if ahead.now is not None and ahead.now.depth > depth:
        return make_table(_rows(ahead, depth + 1))
    return ahead.take().paragraph


def _rows(ahead: _Ahead, depth: int) -> list[Row]:
    rows: list[Row] = []
    row, cell = Row(), list[Block]()
    while ahead.now is not None and ahead.now.depth >= depth:
        if ahead.now.depth > depth:
            cell.append(_next(ahead, depth))
            continue
        flat = ahead.take()
        if flat.ends_row:
            row.shape = flat.shape
            rows.append(row)
            row, cell = Row(), list[Block]()
            continue
        cell.append(flat.paragraph)
        if flat.ends_cell:
            row.cells.append(cell)
            cell = list[Block]()
    if cell:
        row.cells.append(cell)
    return [*rows, row] if row.cells else rows
