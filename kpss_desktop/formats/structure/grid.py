"""Rows as word processors write them, each with edges of its own, become a table with spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kpss_desktop.formats.structure.blocks import Block, Cell, Paragraph, Table

# Edges nearer to each other than this (twips, 2 mm) are one edge drawn by an unsteady hand.
_NEAR = 115
# What a column measures where the format counts columns instead of measuring them.
COLUMN = 1000


@dataclass(frozen=True, slots=True)
class Shape:
    """The cells of a row: their edges in twips, one more than cells, and which of them are merged.

    `across` marks every cell of a merged stretch, the first one too; `down` those that only go on with the cell above.
    """

    edges: tuple[int, ...] = ()
    across: frozenset[int] = frozenset()
    down: frozenset[int] = frozenset()
    header: bool = False


NO_SHAPE = Shape()


@dataclass(slots=True)
class Row:
    """The cells of a row as they were met, and how they lie."""

    cells: list[list[Block]] = field(default_factory=list)
    shape: Shape = NO_SHAPE


@dataclass(slots=True)
class _Placed:
    """A cell between two edges of the grid."""

    blocks: list[Block]
    left: int
    right: int
    continues: bool
    header: bool
    rowspan: int = 1


def make_table(rows: Sequence[Row]) -> Table:
    """The table; a row without edges is laid out one cell a column."""
    grid = _grid(rows)
    placed = [_place(row, grid) for row in rows]
    kept: list[list[_Placed]] = []
    open_cells: dict[tuple[int, int], _Placed] = {}
    for cells in placed:
        row: list[_Placed] = []
        now: dict[tuple[int, int], _Placed] = {}
        for cell in cells:
            above = open_cells.get((cell.left, cell.right))
            if cell.continues and above is not None and _is_blank(cell.blocks):
                above.rowspan += 1
                now[cell.left, cell.right] = above
            else:
                row.append(cell)
                now[cell.left, cell.right] = cell
        open_cells = now
        kept.append(row)
    return Table(tuple(tuple(_cell(cell) for cell in row) for row in kept))


def _cell(cell: _Placed) -> Cell:
    return Cell(tuple(cell.blocks), max(1, cell.right - cell.left), cell.rowspan, cell.header)


def _grid(rows: Sequence[Row]) -> list[int]:
    edges = sorted(edge for row in rows for edge in row.shape.edges)
    grid: list[int] = []
    for edge in edges:
        if not grid or edge - grid[-1] > _NEAR:
            grid.append(edge)
    return grid


def _column(grid: list[int], edge: int) -> int:
    """The line of the grid the edge was drawn into: the last one not beyond it."""
    index = bisect_left(grid, edge + 1) - 1
    return max(0, index)


def _place(row: Row, grid: list[int]) -> list[_Placed]:
    edges = row.shape.edges
    placed: list[_Placed] = []
    for index, blocks in enumerate(row.cells):
        if index + 1 < len(edges):
            left, right = _column(grid, edges[index]), _column(grid, edges[index + 1])
        else:
            left = placed[-1].right if placed else 0
            right = left + 1
        if placed and _is_blank(blocks) and {index - 1, index} <= row.shape.across:
            placed[-1].right = max(right, placed[-1].right)
            continue
        placed.append(_Placed(blocks, left, max(right, left + 1), index in row.shape.down, row.shape.header))
    return placed


def _is_blank(blocks: Sequence[Block]) -> bool:
    return all(isinstance(block, Paragraph) and block.is_empty for block in blocks)
