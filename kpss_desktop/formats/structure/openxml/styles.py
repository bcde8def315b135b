"""Styles with what they inherit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from kpss_desktop.formats.structure.blocks import PLAIN, Look
from kpss_desktop.formats.structure.xml import attribute, child, children, number

_HEADING = re.compile(r"(?:heading|nadpis)\s*([1-9])", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}
ALIGN = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` is 1 to 9 or 0."""

    look: Look = PLAIN
    hidden: bool = False
    heading: int = 0
    align: str = ""


NO_STYLE = Style()


@dataclass(slots=True)
class Styles:
    """Styles by their id, worked out when first asked for."""

    elements: dict[str, etree._Element]
    default: str = ""
    known: dict[str, Style] = field(default_factory=dict)

    def style(self, identity: str | None, depth: int = 0) -> Style:
        """The style; the document's default paragraph style for None."""
        identity = self.default if identity is None else identity
        element = self.elements.get(identity)
        if element is None or depth > 20:
            return NO_STYLE
        if identity not in self.known:
            based_on = attribute(child(element, "basedOn"), "val")
            base = self.style(based_on, depth + 1) if based_on else NO_STYLE
            self.known[identity] = _derived(base, element)
        return self.known[identity]


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of the part; none when it is missing."""
    elements = {attribute(element, "styleId") or "": element for element in children(root, "style")}
    default = next(
        (
            identity
            for identity, element in elements.items()
            if attribute(element, "type") == "paragraph" and _is_on(attribute(element, "default") or "0")
        ),
        "",
    )
    return Styles(elements, default)


def changed_look(look: Look, properties: etree._Element | None) -> Look:
    """The look after the run properties of an element."""
    for element in children(properties, "b", "i", "u", "vertAlign"):
        value = attribute(element, "val") or ""
        match str(element.tag).rpartition("}")[2]:
            case "b":
                look = replace(look, bold=_is_on(value))
            case "i":
                look = replace(look, italic=_is_on(value))
            case "u":
                look = replace(look, underline=_is_on(value))
            case _:
                look = replace(look, sup=value == "superscript", sub=value == "subscript")
    return look


def is_hidden(properties: etree._Element | None, *, inherited: bool) -> bool:
    """Whether text is hidden."""
    vanish = child(properties, "vanish")
    return inherited if vanish is None else _is_on(attribute(vanish, "val") or "")


def _is_on(value: str) -> bool:
    return value.lower() not in _OFF


def _derived(base: Style, element: etree._Element) -> Style:
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    title = (attribute(child(element, "name"), "val") or "").strip()
    match = _HEADING.fullmatch(title)
    outline = number(child(paragraph, "outlineLvl"), "val", 9)
    heading = (
        int(match[1]) if match else 1 if title.lower() == "title" else outline + 1 if outline < 9 else base.heading
    )
    align = attribute(child(paragraph, "jc"), "val")
    return Style(
        changed_look(base.look, run),
        is_hidden(run, inherited=base.hidden),
        heading,
        base.align if align is None else ALIGN.get(align, ""),
    )
