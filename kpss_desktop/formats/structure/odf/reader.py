"""The stories of an .odt in the order a reader expects: letterhead, body, notes, foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from kpss_desktop.formats.odf.lists import Labels, labels_of
from kpss_desktop.formats.source import Source
from kpss_desktop.formats.structure.blocks import Block, Cell, Paragraph, Span, Table
from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.marks import mark_of
from kpss_desktop.formats.structure.odf.inlines import InlineReader
from kpss_desktop.formats.structure.odf.styles import Styles, read_styles
from kpss_desktop.formats.structure.stories import numbered_note, parted, seen
from kpss_desktop.formats.structure.words import ENGLISH, Words
from kpss_desktop.formats.structure.xml import attribute, child, children, descendants, name, number, parsed_part

_MAX_DEPTH = 20
_MAX_HEADING = 4
# A sheet within a text repeats its empty rest by the thousand.
_MAX_REPEATED = 50
_CONTAINERS = {
    "section", "index-body", "table-of-content", "index-title", "user-index", "alphabetical-index", "bibliography",
    "illustration-index", "table-index", "object-index", "numbered-paragraph",
}  # fmt: skip
_ROWS = {"table-header-rows", "table-rows", "table-row-group"}


def read_odt(path: Path, _words: Words = ENGLISH) -> list[Block]:
    """The blocks of a document; raises NotStructured for what is none, and what zipfile and lxml raise."""
    with Source(path) as source:
        content, common = (parsed_part(source.package, f"{part}.xml") for part in ("content", "styles"))
        body = child(content, "body", "text")
        if body is None:
            raise NotStructured("no text in the package")
        around = _Story(InlineReader(source.package, read_styles(common)), labels_of(common))
        story = _Story(InlineReader(source.package, read_styles(common, content)), labels_of(common, content))
        page = next(descendants(common, "master-page"), None)
        head = list(seen(around.blocks(child(page, "header"))))
        foot = list(seen(around.blocks(child(page, "footer"))))
        blocks = list(story.blocks(body))
        notes = [
            block
            for index, note in enumerate(list(story.inlines.notes), start=1)
            for block in numbered_note(index, story.blocks(note))
        ]
        return parted(head, blocks, notes, foot)


@dataclass(slots=True)
class _Story:
    """Makes blocks of elements."""

    inlines: InlineReader
    labels: Labels

    @property
    def styles(self) -> Styles:
        return self.inlines.styles

    def blocks(self, parent: etree._Element | None, depth: int = 0) -> Iterator[Block]:
        """The blocks of an element that holds paragraphs, lists and tables."""
        if parent is None or depth > _MAX_DEPTH:
            return
        for element in parent:
            kind = name(element)
            if kind in {"p", "h"}:
                yield self.paragraph(element)
                yield from self._boxes(depth)
            elif kind == "list":
                yield from self._list(element, depth)
            elif kind == "table":
                yield Table(tuple(self._rows(element, depth, header=False)))
            elif kind in _CONTAINERS:
                yield from self.blocks(element, depth + 1)
            elif kind == "frame":
                yield from self.blocks(child(element, "text-box"), depth + 1)

    def _boxes(self, depth: int) -> Iterator[Block]:
        boxes = list(self.inlines.boxes)
        self.inlines.boxes.clear()
        for box in boxes:
            yield from seen(self.blocks(box, depth + 1))

    def paragraph(self, element: etree._Element) -> Paragraph:
        """One paragraph with its words; the first one of an item and a heading carry their mark."""
        style = self.styles.style("paragraph", attribute(element, "style-name"))
        inlines = self.inlines.read(element, style.look)
        outline = number(element, "outline-level", 1) if name(element) == "h" else 0
        made = Paragraph(inlines, min(outline or style.heading, _MAX_HEADING), style.align)
        mark = mark_of(self.labels.item(name(element), _values(element)))  # an empty item is not shown, but it counts
        return made if made.is_empty else replace(made, mark=mark)

    def _list(self, element: etree._Element, depth: int) -> Iterator[Block]:
        if depth > _MAX_DEPTH:
            return
        self.labels.open("list", _values(element))
        for item in children(element, "list-item", "list-header"):
            self.labels.open(name(item), _values(item))
            yield from self._item(item, depth)
        self.labels.close("list")

    def _item(self, item: etree._Element, depth: int) -> Iterator[Block]:
        pending: Paragraph | None = None
        for element in item:
            if name(element) in {"p", "h"}:
                made = self.paragraph(element)
                if pending is not None and not made.heading:
                    # A further paragraph of the item is a further line of it, not another item.
                    pending = replace(pending, inlines=(*pending.inlines, Span("\n"), *made.inlines))
                    continue
                yield from filter(None, [pending])
                pending = made
                continue
            yield from filter(None, [pending])
            pending = None
            if name(element) == "list":
                yield from self._list(element, depth + 1)
            elif name(element) == "table":
                yield Table(tuple(self._rows(element, depth, header=False)))
        yield from filter(None, [pending])
        yield from self._boxes(depth)

    def _rows(self, table: etree._Element, depth: int, *, header: bool) -> Iterator[tuple[Cell, ...]]:
        for element in children(table):
            if name(element) in _ROWS:
                yield from self._rows(element, depth, header=name(element) == "table-header-rows")
            elif name(element) == "table-row":
                cells = tuple(self._cells(element, depth, header=header))
                for _ in range(min(number(element, "number-rows-repeated", 1), _MAX_REPEATED)):
                    yield cells

    def _cells(self, row: etree._Element, depth: int, *, header: bool) -> Iterator[Cell]:
        for element in children(row, "table-cell"):
            cell = Cell(
                tuple(self.blocks(element, depth + 1)),
                max(1, number(element, "number-columns-spanned", 1)),
                max(1, number(element, "number-rows-spanned", 1)),
                header,
            )
            for _ in range(min(number(element, "number-columns-repeated", 1), _MAX_REPEATED)):
                yield cell


def _values(element: etree._Element) -> dict[str, str]:
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.items()}
