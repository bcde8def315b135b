"""The stories of a .docx in the order a reader expects: letterhead, body, notes, foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from kpss_desktop.formats.openxml.lists import Labels, labels_of
from kpss_desktop.formats.source import Source
from kpss_desktop.formats.structure.blocks import Block, Paragraph
from kpss_desktop.formats.structure.grid import COLUMN, Row, Shape, make_table
from kpss_desktop.formats.structure.marks import mark_of
from kpss_desktop.formats.structure.openxml.parts import Part, main_part
from kpss_desktop.formats.structure.openxml.runs import RunReader
from kpss_desktop.formats.structure.openxml.styles import ALIGN, Styles, read_styles
from kpss_desktop.formats.structure.stories import numbered_note, parted, seen
from kpss_desktop.formats.structure.words import ENGLISH, Words
from kpss_desktop.formats.structure.xml import attribute, child, children, descendants, name, number

_MAX_DEPTH = 20
_MAX_HEADING = 4
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}


def read_docx(path: Path, _words: Words = ENGLISH) -> list[Block]:
    """The blocks of a document; raises NotStructured for what is none, and what zipfile and lxml raise."""
    with Source(path) as source:
        main = main_part(source.package)
        styles, lists = (part.root if part else None for part in map(main.of_kind, ("styles", "numbering")))
        labels = Labels() if lists is None else labels_of(lists, lambda: styles)
        story = _Story(RunReader(main, read_styles(styles)), labels)
        head = [block for part in _around(main, "headerReference") for block in story.within(part)]
        body = list(story.blocks(child(main.root, "body")))
        notes = list(_notes(main, story))
        foot = [block for part in _around(main, "footerReference") for block in story.within(part)]
        return parted(head, body, notes, foot)


def _around(main: Part, reference: str) -> Iterator[Part]:
    """The headers or footers of the first page and of the pages after it."""
    section = next(descendants(main.root, "sectPr"), None)
    kinds = ("first", "default") if child(section, "titlePg") is not None else ("default",)
    for kind in kinds:
        for found in children(section, reference):
            part = main.by_id(attribute(found, "id")) if attribute(found, "type") == kind else None
            if part is not None:
                yield part


def _notes(main: Part, story: _Story) -> Iterator[Block]:
    parts = {kind: main.of_kind(kind) for kind in ("footnotes", "endnotes")}
    for index, (kind, identity) in enumerate(list(story.runs.notes), start=1):
        part = parts[kind]
        for note in children(part.root if part else None):
            if part is not None and attribute(note, "id") == identity:
                yield from numbered_note(index, story.within(replace(part, root=note)))


@dataclass(slots=True)
class _Story:
    """Makes blocks of elements."""

    runs: RunReader
    labels: Labels

    @property
    def styles(self) -> Styles:
        return self.runs.styles

    def within(self, part: Part) -> list[Block]:
        """What can be seen of another part, whose pictures are its own."""
        main, self.runs.part = self.runs.part, part
        try:
            return list(seen(self.blocks(part.root)))
        finally:
            self.runs.part = main

    def blocks(self, parent: etree._Element | None, depth: int = 0) -> Iterator[Block]:
        """The blocks of an element that holds paragraphs and tables."""
        if parent is None or depth > _MAX_DEPTH:
            return
        for element in parent:
            kind = name(element)
            if kind == "p":
                yield self.paragraph(element)
                yield from self._boxes(depth)
            elif kind == "tbl":
                yield make_table([self._row(row, depth) for row in self._rows(element)])
            elif kind in _WRAPPERS:
                yield from self.blocks(element, depth + 1)
            elif kind == "AlternateContent":
                yield from self.blocks(next(children(element, "Choice", "Fallback"), None), depth + 1)

    def _boxes(self, depth: int) -> Iterator[Block]:
        boxes = list(self.runs.boxes)
        self.runs.boxes.clear()
        for box in boxes:
            yield from seen(self.blocks(box, depth + 1))

    def paragraph(self, element: etree._Element) -> Paragraph:
        """One paragraph with its words."""
        properties = child(element, "pPr")
        style = self.styles.style(attribute(child(properties, "pStyle"), "val"))
        align = attribute(child(properties, "jc"), "val")
        outline = number(child(properties, "outlineLvl"), "val", 9)
        made = Paragraph(
            self.runs.read(element, style).take(),
            min(_MAX_HEADING, outline + 1 if outline < 9 else style.heading),
            style.align if align is None else ALIGN.get(align, ""),
        )
        mark = mark_of(self.labels.item(element))  # an empty item is not shown, but it counts
        return made if made.is_empty else replace(made, mark=mark)

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for element in children(table):
            if name(element) == "tr":
                yield element
            elif name(element) in _WRAPPERS:
                yield from self._rows(element)

    def _row(self, element: etree._Element, depth: int) -> Row:
        properties = child(element, "trPr")
        edges = [COLUMN * number(child(properties, "gridBefore"), "val")]
        down: set[int] = set()
        cells: list[list[Block]] = []
        for cell in _cells(element):
            about = child(cell, "tcPr")
            merge = child(about, "vMerge")
            if merge is not None and attribute(merge, "val") != "restart":
                down.add(len(cells))
            edges.append(edges[-1] + COLUMN * max(1, number(child(about, "gridSpan"), "val", 1)))
            cells.append(list(self.blocks(cell, depth + 1)))
        header = child(properties, "tblHeader") is not None
        return Row(cells, Shape(tuple(edges), frozenset(), frozenset(down), header))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in children(row):
        if name(element) == "tc":
            yield element
        elif name(element) in _WRAPPERS:
            yield from _cells(element)
