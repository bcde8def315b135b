"""The content of a paragraph becomes spans and pictures; notes and text boxes are set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from kpss_desktop.formats.containers.package import Package
from kpss_desktop.formats.structure.blocks import Inline, Look, Picture, Runs
from kpss_desktop.formats.structure.odf.styles import Styles, changed_look
from kpss_desktop.formats.structure.xml import attribute, child, children, name, number

_SPACE = re.compile(r"[ \t\r\n]+")
_SKIPPED = {"annotation", "annotation-end", "tracked-changes", "forms", "desc", "title", "ruby-text", "script"}
_PIXELS = {"cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pt": 96 / 72, "px": 1.0}
_LENGTH = re.compile(r"([0-9.]{1,10})(cm|mm|in|pt|px)")


@dataclass(slots=True)
class InlineReader:
    """Reads paragraphs; `notes` are the bodies of notes in the order of their numbers."""

    package: Package
    styles: Styles
    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    _runs: Runs = field(default_factory=Runs)

    def read(self, paragraph: etree._Element, look: Look) -> tuple[Inline, ...]:
        """The inlines of a paragraph; text boxes wait in `boxes`."""
        self._runs = Runs()
        self._content(paragraph, look, 0)
        return self._runs.take()

    def _content(self, element: etree._Element, look: Look, depth: int) -> None:
        self._text(element.text, look)
        for found in element:
            if depth < 50:
                self._element(found, look, depth)
            self._text(found.tail, look)

    def _element(self, element: etree._Element, look: Look, depth: int) -> None:
        match name(element):
            case "s":
                self._runs.text(" " * min(number(element, "c", 1), 200), look)
            case "tab":
                self._runs.text("\t", look)
            case "line-break":
                self._runs.text("\n", look)
            case "span":
                style = self.styles.elements.get(("text", attribute(element, "style-name") or ""))
                if not self.styles.style("text", attribute(element, "style-name")).hidden:
                    self._content(element, self._look(look, style, 0), depth + 1)
            case "note":
                body = child(element, "note-body")
                if body is not None:
                    self.notes.append(body)
                    self._runs.text(str(len(self.notes)), Look(sup=True))
            case "frame":
                self._frame(element)
            case kind if kind not in _SKIPPED:
                self._content(element, look, depth + 1)

    def _look(self, look: Look, style: etree._Element | None, depth: int) -> Look:
        """The look with a text style over it, its parents first."""
        if style is None or depth > 20:
            return look
        parent = self.styles.elements.get(("text", attribute(style, "parent-style-name") or ""))
        return changed_look(self._look(look, parent, depth + 1), child(style, "text-properties"))

    def _text(self, text: str | None, look: Look) -> None:
        if text:
            self._runs.text(_SPACE.sub(" ", text), look)

    def _frame(self, frame: etree._Element) -> None:
        boxes = list(children(frame, "text-box"))
        self.boxes.extend(boxes)
        images = [] if boxes else list(children(frame, "image"))
        # A frame may offer one picture in several formats: the first that lies in the package is taken.
        found = (self.package.read((attribute(image, "href") or "").removeprefix("./")) for image in images)
        if images:
            self._runs.picture(Picture(next(filter(None, found), b""), _pixels(attribute(frame, "width"))))


def _pixels(length: str | None) -> int:
    match = _LENGTH.fullmatch(length or "")
    try:
        return int(float(match[1]) * _PIXELS[match[2]]) if match else 0
    except ValueError:
        return 0
