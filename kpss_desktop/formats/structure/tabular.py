"""Rows of values as a table of a size that a window can lay out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kpss_desktop.formats.structure.blocks import Block, Cell, Look, Paragraph, Span, Table
from kpss_desktop.formats.structure.words import Words

MAX_ROWS = 500
MAX_COLUMNS = 50
# Columns are as wide as their words when the table is wider than a page: squeezed ones show a letter a line.
_PAGE = 640
_LETTER = 8
_LETTERS = range(3, 36)

T = TypeVar("T")


def table_blocks(
    rows: Sequence[Sequence[T]],
    paragraph: Callable[[T], Paragraph],
    words: Words,
    merged: Mapping[tuple[int, int], tuple[int, int]] | None = None,
) -> list[Block]:
    """The table, without its empty rest, and a line that says how much more there is.

    `paragraph` makes what is shown of a value. `merged` are the spans in rows and columns by the place (row, column)
    of the first cell.
    """
    height = max((index + 1 for index, row in enumerate(rows) if _width(row)), default=0)
    width = max((_width(row) for row in rows), default=0)
    if not height:
        return []
    shown = [[paragraph(value) for value in row[:MAX_COLUMNS]] for row in rows[: min(height, MAX_ROWS)]]
    layout = _Layout(shown, min(width, MAX_COLUMNS), merged or {})
    blocks: list[Block] = [Table(tuple(tuple(layout.cells(index)) for index in range(len(shown))))]
    for more, words_of_it in ((height - MAX_ROWS, words.more_rows), (width - MAX_COLUMNS, words.more_columns)):
        if more > 0:
            blocks.append(Paragraph((Span(words_of_it.replace("{count}", str(more)), Look(italic=True)),)))
    return blocks


def _width(row: Sequence[T]) -> int:
    return next((index + 1 for index in range(len(row) - 1, -1, -1) if row[index] not in {"", None}), 0)


@dataclass(slots=True)
class _Layout:
    """Lays out the cells row by row."""

    rows: list[list[Paragraph]]
    width: int
    merged: Mapping[tuple[int, int], tuple[int, int]]
    covered: set[tuple[int, int]] = field(default_factory=set)
    columns: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        pixels = {column: self._pixels(column) for column in range(self.width)}
        self.columns = pixels if sum(pixels.values()) > _PAGE else {}

    def cells(self, row: int) -> Iterator[Cell]:
        """The cells of a row that no other covers; the first one of a column alone says how wide it is."""
        values = self.rows[row]
        for column in range(self.width):
            if (row, column) in self.covered:
                continue
            down, across = self.merged.get((row, column), (1, 1))
            down, across = min(down, len(self.rows) - row), min(across, self.width - column)
            self.covered |= {(row + y, column + x) for y in range(down) for x in range(across)}
            pixels = self.columns.pop(column, 0) if across == 1 else 0
            yield Cell((values[column],) if column < len(values) else (), across, down, width=pixels)

    def _pixels(self, column: int) -> int:
        letters = max(
            (
                max(map(len, row[column].text.split("\n")))
                for index, row in enumerate(self.rows)
                if column < len(row) and (index, column) not in self.merged
            ),
            default=0,
        )
        return _LETTER * (min(max(letters, _LETTERS.start), _LETTERS.stop) + 2)
