"""Styles with what they inherit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from kpss_desktop.formats.structure.blocks import PLAIN, Look
from kpss_desktop.formats.structure.xml import attribute, child, descendants, number

_ALIGN = {"center": "center", "end": "right", "right": "right"}


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` is 1 and more, or 0."""

    look: Look = PLAIN
    hidden: bool = False
    heading: int = 0
    align: str = ""


NO_STYLE = Style()


@dataclass(slots=True)
class Styles:
    """Styles by family and name, worked out when first asked for."""

    elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    known: dict[tuple[str, str], Style] = field(default_factory=dict)

    def style(self, family: str, title: str | None, depth: int = 0) -> Style:
        """The style of a family ("paragraph", "text")."""
        key = (family, title or "")
        element = self.elements.get(key)
        if element is None or depth > 20:
            return NO_STYLE
        if key not in self.known:
            parent = attribute(element, "parent-style-name")
            base = self.style(family, parent, depth + 1) if parent else NO_STYLE
            self.known[key] = _derived(base, element)
        return self.known[key]


def read_styles(*roots: etree._Element | None) -> Styles:
    """The styles of the parts; a later part goes before an earlier one."""
    styles = Styles()
    for root in roots:
        for element in descendants(root, "style"):
            styles.elements[attribute(element, "family") or "", attribute(element, "name") or ""] = element
    return styles


def changed_look(look: Look, properties: etree._Element | None) -> Look:
    """The look after the text properties of a style."""
    weight, slant = attribute(properties, "font-weight"), attribute(properties, "font-style")
    line, position = attribute(properties, "text-underline-style"), attribute(properties, "text-position")
    if weight is not None:
        look = replace(look, bold=weight in {"bold", "600", "700", "800", "900"})
    if slant is not None:
        look = replace(look, italic=slant in {"italic", "oblique"})
    if line is not None:
        look = replace(look, underline=line != "none")
    if position is not None:
        raised = position.split()[0] if position.split() else ""
        below = raised == "sub" or raised.startswith("-")
        look = replace(look, sub=below, sup=not below and raised not in {"", "0", "0%"})
    return look


def _derived(base: Style, element: etree._Element) -> Style:
    text, paragraph = child(element, "text-properties"), child(element, "paragraph-properties")
    align = attribute(paragraph, "text-align")
    display = attribute(text, "display")
    title = (attribute(element, "name") or "").lower()
    return Style(
        changed_look(base.look, text),
        base.hidden if display is None else display == "none",
        1 if title == "title" else number(element, "default-outline-level", base.heading),
        base.align if align is None else _ALIGN.get(align, ""),
    )
