"""Gathers paragraphs and tables into plain text: a paragraph is a line, a row is a line with tabs between cells."""

from __future__ import annotations


class Lines:
    """The text of a document while it is read.

    Paragraphs may lie inside paragraphs (text boxes) and tables inside cells; the inner one is told first.
    """

    def __init__(self) -> None:
        self._paragraphs: list[list[str]] = []
        self._blocks: list[list[str]] = [[]]

    def open_paragraph(self) -> None:
        """Start a paragraph."""
        self._paragraphs.append([])

    def add(self, text: str) -> None:
        """Add characters to the open paragraph, or to the text itself when none is open."""
        if self._paragraphs:
            self._paragraphs[-1].append(text)
        elif text.strip():
            self._blocks[-1].append(text)

    def close_paragraph(self, label: str = "") -> None:
        """End the paragraph; `label` is its number or bullet."""
        self.add_paragraph("".join(self._paragraphs.pop()) if self._paragraphs else "", label)

    def add_paragraph(self, text: str, label: str = "") -> None:
        """Add a whole paragraph."""
        self._blocks[-1].append(f"{label} {text}" if label else text)

    def open_cell(self) -> None:
        """Start a cell."""
        self._blocks.append([])

    def close_cell(self) -> None:
        """End the cell."""
        if len(self._blocks) > 1:
            cell = "\n".join(self._blocks.pop()).strip("\n")
            self._blocks[-1].append(cell)

    def open_row(self) -> None:
        """Start a row."""
        self._blocks.append([])

    def close_row(self) -> None:
        """End the row."""
        if len(self._blocks) > 1:
            row = "\t".join(self._blocks.pop())
            self._blocks[-1].append(row)

    def text(self) -> str:
        """Everything, also what was left open where the file breaks off."""
        while self._paragraphs:
            self.close_paragraph()
        while len(self._blocks) > 1:
            self.close_cell()
        return "\n".join(self._blocks[0]).strip("\n")
