"""Rows of values as a table of a size that a window can lay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from kpss_desktop.formats.structure.blocks import Block, Cell, Look, Paragraph, Span, Table
from kpss_desktop.formats.structure.words import Words

MAX_ROWS = 500
MAX_COLUMNS = 50


def table_blocks(
    rows: Sequence[Sequence[Paragraph]], words: Words, merged: Mapping[tuple[int, int], tuple[int, int]] | None = None
) -> list[Block]:
    """The table, without its empty rest, and a line that says how much more there is.

    `merged` are the spans in rows and columns by the place (row, column) of the first cell.
    """
    height = max((index + 1 for index, row in enumerate(rows) if _width(row)), default=0)
    width = max((_width(row) for row in rows), default=0)
    if not height:
        return []
    shown_width = min(width, MAX_COLUMNS)
    covered: set[tuple[int, int]] = set()
    made = [
        tuple(_cells(row, index, shown_width, merged or {}, covered, height))
        for index, row in enumerate(islice(rows, min(height, MAX_ROWS)))
    ]
    blocks: list[Block] = [Table(tuple(made))]
    for more, words_of_it in ((height - MAX_ROWS, words.more_rows), (width - MAX_COLUMNS, words.more_columns)):
        if more > 0:
            blocks.append(Paragraph((Span(words_of_it.replace("{count}", str(more)), Look(italic=True)),)))
    return blocks


def _width(row: Sequence[Paragraph]) -> int:
    return max((index + 1 for index, cell in enumerate(row) if not cell.is_empty), default=0)


def _cells(
    row: Sequence[Paragraph],
    index: int,
    width: int,
    merged: Mapping[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
    height: int,
) -> list[Cell]:
    cells: list[Cell] = []
    for column in range(width):
        if (index, column) in covered:
            continue
        down, across = merged.get((index, column), (1, 1))
        down, across = min(down, min(height, MAX_ROWS) - index), min(across, width - column)
        covered |= {(index + y, column + x) for y in range(down) for x in range(across)}
        cells.append(Cell((row[column],) if column < len(row) else (), across, down))
    return cells
