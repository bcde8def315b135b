"""Lists and the labels of their items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from kpss_desktop.formats.structure.blocks import Mark
from kpss_desktop.formats.structure.numbering import Counter, Level
from kpss_desktop.formats.structure.xml import attribute, child, children, number

_KINDS = {
    "decimal": "decimal", "decimalZero": "zero", "upperRoman": "ROMAN", "lowerRoman": "roman", "upperLetter": "LETTER",
    "lowerLetter": "letter", "bullet": "bullet", "none": "none",
}  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of a list: what counts with it, its levels, and the level that belongs to a style."""

    counter: str
    levels: dict[int, Level]
    of_style: dict[str, int]


@dataclass(slots=True)
class Lists:
    """The lists of a document while its items are met."""

    uses: dict[str, _Use] = field(default_factory=dict)
    counters: dict[str, Counter] = field(default_factory=dict)

    def mark(self, list_id: str, level: int | None, style: str) -> Mark | None:
        """The mark of the next item; None when the list is not known or prints nothing."""
        use = self.uses.get(list_id)
        if use is None:
            return None
        where = use.of_style.get(style, 0) if level is None else max(0, min(level, 8))
        label = self.counters.setdefault(use.counter, Counter()).next_label(where, use.levels)
        known = use.levels.get(where)
        return None if known is not None and known.kind == "none" and not label else Mark(where, label)


def read_lists(root: etree._Element | None) -> Lists:
    """The lists of the part; none when it is missing."""
    abstract = {attribute(element, "abstractNumId") or "": element for element in children(root, "abstractNum")}
    linked = {
        attribute(child(element, "styleLink"), "val"): element
        for element in abstract.values()
        if child(element, "styleLink") is not None
    }
    uses: dict[str, _Use] = {}
    for element in children(root, "num"):
        list_id, of = attribute(element, "numId") or "", attribute(child(element, "abstractNumId"), "val") or ""
        definition = abstract.get(of)
        link = attribute(child(definition, "numStyleLink"), "val")
        definition = linked.get(link, definition) if link else definition
        if definition is not None and list_id != "0":
            uses[list_id] = _use(element, list_id, of, definition)
    return Lists(uses)


def _use(element: etree._Element, list_id: str, of: str, definition: etree._Element) -> _Use:
    levels = {number(level, "ilvl"): _level(level) for level in children(definition, "lvl")}
    of_style = {
        attribute(child(level, "pStyle"), "val") or "": number(level, "ilvl") for level in children(definition, "lvl")
    }
    counter = f"abstract {of}"
    for override in children(element, "lvlOverride"):
        where, start = number(override, "ilvl"), child(override, "startOverride")
        level = child(override, "lvl")
        if level is not None:
            levels[where] = _level(level)
        if start is not None:
            known = levels.get(where, Level("decimal", f"{{{where}}}."))
            levels[where] = Level(known.kind, known.template, number(start, "val", 1))
            counter = f"use {list_id}"
    return _Use(counter, levels, of_style)


def _level(element: etree._Element) -> Level:
    kind = _KINDS.get(attribute(child(element, "numFmt"), "val") or "decimal", "decimal")
    text = attribute(child(element, "lvlText"), "val") or ""
    template = _PLACE.sub(lambda match: f"{{{int(match[1]) - 1}}}", text)
    return Level(kind, template, number(child(element, "start"), "val", 1))
