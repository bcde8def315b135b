"""The runs of a paragraph become spans and pictures; text boxes anchored in it are set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from kpss_desktop.formats.structure.blocks import Look, Picture, Runs
from kpss_desktop.formats.structure.openxml.parts import Part
from kpss_desktop.formats.structure.openxml.styles import Style, Styles, changed_look, is_hidden
from kpss_desktop.formats.structure.symbols import CHECKED, UNCHECKED, sign
from kpss_desktop.formats.structure.xml import attribute, child, children, descendants, name, number

_EMU_PER_PIXEL = 9525
_CONTAINERS = {"hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "customXml", "dir", "bdo"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass(slots=True)
class RunReader:
    """Reads paragraphs of one part; `notes` are the notes met so far (kind, id) in the order of their numbers."""

    part: Part
    styles: Styles
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    _runs: Runs = field(default_factory=Runs)
    # Of every open field: whether its result has begun.
    _fields: list[bool] = field(default_factory=list)

    def read(self, paragraph: etree._Element, style: Style) -> Runs:
        """The inlines of a paragraph; text boxes wait in `boxes`."""
        self._runs = Runs()
        self._children(paragraph, style)
        return self._runs

    def _children(self, element: etree._Element, style: Style) -> None:
        for found in element:
            kind = name(found)
            if kind == "r":
                self._run(found, style)
            elif kind in _CONTAINERS:
                self._children(found, style)

    def _run(self, run: etree._Element, style: Style) -> None:
        properties = child(run, "rPr")
        look, hidden = style.look, style.hidden
        own = attribute(child(properties, "rStyle"), "val")
        if own is not None:
            look, hidden = _joined(look, self.styles.style(own).look), hidden or self.styles.style(own).hidden
        if not is_hidden(properties, inherited=hidden):
            self._content(run, changed_look(look, properties))

    def _content(self, elements: Iterable[etree._Element], look: Look) -> None:
        for element in elements:
            kind = name(element)
            if kind == "fldChar":
                self._field(element, look)
            elif not all(self._fields):
                continue
            elif kind == "t":
                self._runs.text(element.text or "", look)
            elif kind in _CHARACTERS:
                self._runs.text(_CHARACTERS[kind], look)
            elif kind in _NOTES:
                self.notes.append((_NOTES[kind], attribute(element, "id") or ""))
                self._runs.text(str(len(self.notes)), Look(sup=True))
            elif kind == "sym":
                self._runs.text(_sign(element), look)
            elif kind == "AlternateContent":
                self._content(next(iter(children(element, "Choice", "Fallback")), ()), look)
            elif kind in {"drawing", "pict", "object"}:
                self._drawing(element)

    def _field(self, element: etree._Element, look: Look) -> None:
        match attribute(element, "fldCharType"):
            case "begin":
                self._fields.append(False)
                box = child(element, "ffData", "checkBox")
                if box is not None and all(self._fields[:-1]):
                    checked = child(box, "checked")
                    state = checked if checked is not None else child(box, "default")
                    is_on = state is not None and (attribute(state, "val") or "1") in {"1", "true", "on"}
                    self._runs.text(CHECKED if is_on else UNCHECKED, look)
            case "separate":
                self._fields[-1:] = [True]
            case _:
                del self._fields[-1:]

    def _drawing(self, element: etree._Element) -> None:
        boxes = list(descendants(element, "txbxContent"))
        self.boxes.extend(box for box in boxes if not any(other is not box and _is_in(box, other) for other in boxes))
        width = number(next(descendants(element, "extent"), None), "cx") // _EMU_PER_PIXEL
        for blip in descendants(element, "blip", "imagedata"):
            if not any(_is_in(blip, box) for box in boxes):
                data = self.part.picture(attribute(blip, "embed") or attribute(blip, "id"))
                self._runs.picture(Picture(data or b"", width))


def _sign(element: etree._Element) -> str:
    try:
        return sign(int(attribute(element, "char") or "", 16))
    except ValueError:
        return sign(0)


def _is_in(element: etree._Element, other: etree._Element) -> bool:
    return any(ancestor is other for ancestor in element.iterancestors())


def _joined(look: Look, other: Look) -> Look:
    """The look of a paragraph's style with that of a character style over it."""
    return replace(
        look,
        bold=look.bold or other.bold,
        italic=look.italic or other.italic,
        underline=look.underline or other.underline,
        sup=other.sup,
        sub=other.sub,
    )
