"""Spreadsheets: a table for each sheet that can be seen."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kpss_desktop.formats.cells import Value, written
from kpss_desktop.formats.structure.blocks import Block, Paragraph, Span
from kpss_desktop.formats.structure.tabular import table_blocks
from kpss_desktop.formats.structure.words import Words

_MAX_SHEETS = 30


def read(path: Path, words: Words) -> list[Block]:
    """The sheets under their names, the hidden and the empty ones left out."""
    with CalamineWorkbook.from_path(path) as workbook:
        seen = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        blocks: list[Block] = []
        for title in seen[:_MAX_SHEETS]:
            made = _sheet(workbook.get_sheet_by_name(title), words)
            if made:
                blocks += [Paragraph((Span(title),), heading=2), *made]
        return blocks


def _sheet(sheet: CalamineSheet, words: Words) -> list[Block]:
    first_row, first_column = sheet.start or (0, 0)
    merged = {
        (top - first_row, left - first_column): (bottom - top + 1, right - left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    }
    return table_blocks(list(sheet.iter_rows()), _cell, words, merged)


def _cell(value: Value) -> Paragraph:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Paragraph((Span(written(value)),), align="right" if is_number else "")
