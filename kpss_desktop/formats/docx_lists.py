"""The numbering of DOCX lists (ECMA-376 part 1, 17.9): which label a paragraph has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.lists import Counter, Level, bullet
from kpss_desktop.formats.xml import attribute, local_name, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree


@dataclass(slots=True)
class Labels:
    """The lists of one document; empty when it has none. It counts, so every paragraph is asked once, in order."""

    counters: dict[str, Counter] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """The label of a w:p element, "" when it is in no list."""
        if not self.counters:
            return ""
        properties = paragraph.find("{*}pPr")
        if properties is None:
            return ""
        list_id, depth = "", -1
        style = properties.find("{*}pStyle")
        if style is not None:
            list_id, depth = self.by_style.get(attribute(style, "val"), ("", -1))
        numbering = properties.find("{*}numPr")
        if numbering is not None:
            own_id, own_depth = _numbering(numbering)
            # numId 0 takes the paragraph out of its style's list.
            list_id, depth = own_id or list_id, own_depth if own_depth >= 0 else depth
        counter = self.counters.get(list_id)
        return counter.label(max(depth, 0)) if counter else ""


def labels(numbering: bytes, styles: Callable[[], bytes]) -> Labels:
    """The lists of word/numbering.xml; `styles` gives word/styles.xml when it is needed."""
    if not numbering:
        return Labels()
    try:
        root = tree(numbering)
    except Unreadable:
        return Labels()
    abstracts = {attribute(one, "abstractNumId"): one for one in root.iter("{*}abstractNum")}
    # A list style holds the levels, and other lists point to it by its name.
    by_link = {attribute(link, "val"): one for one in abstracts.values() for link in one.iter("{*}styleLink")}
    counters: dict[str, Counter] = {}
    shared: dict[str, Counter] = {}
    depth_by_style: dict[str, int] = {}
    for one in root.iter("{*}num"):
        abstract = abstracts.get(_child(one, "abstractNumId"))
        if abstract is None:
            continue
        abstract = by_link.get(_child(abstract, "numStyleLink"), abstract)
        key = attribute(abstract, "abstractNumId")
        if key not in shared:
            shared[key] = Counter(_levels(abstract, depth_by_style))
        counters[attribute(one, "numId")] = _overridden(one, shared[key])
    return Labels(counters, _by_style(styles(), depth_by_style))


def _levels(abstract: etree._Element, depth_by_style: dict[str, int]) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for one in abstract.iterchildren("{*}lvl"):
        depth = _integer(attribute(one, "ilvl"), 0)
        levels[depth] = _level(one)
        if style := _child(one, "pStyle"):
            depth_by_style[style] = depth
    return levels


def _level(element: etree._Element) -> Level:
    form = _child(element, "numFmt") or "decimal"
    template = _child(element, "lvlText")
    restart = _child(element, "lvlRestart")
    return Level(
        form,
        bullet(template) if form == "bullet" and template else template,
        _integer(_child(element, "start"), 0),
        _integer(restart, 0) - 1 if restart else None,
        element.find("{*}isLgl") is not None,
    )


def _overridden(number: etree._Element, shared: Counter) -> Counter:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for one in number.iterchildren("{*}lvlOverride"):
        depth = _integer(attribute(one, "ilvl"), 0)
        if (own := one.find("{*}lvl")) is not None:
            levels[depth] = _level(own)
        if start := _child(one, "startOverride"):
            starts[depth] = _integer(start, 1)
    return shared.varied(levels, starts) if levels or starts else shared


def _by_style(styles: bytes, depth_by_style: dict[str, int]) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style that is in a list, also through the style it is based on."""
    try:
        root = tree(styles)
    except Unreadable:
        return {}
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in root.iter("{*}style"):
        name = attribute(style, "styleId")
        based[name] = _child(style, "basedOn")
        numbering = style.find("{*}pPr/{*}numPr")
        if numbering is not None:
            list_id, depth = _numbering(numbering)
            own[name] = list_id, depth if depth >= 0 else depth_by_style.get(name, -1)
    found: dict[str, tuple[str, int]] = {}
    for name in based:
        list_id, depth, step, steps = "", depth_by_style.get(name, -1), name, 0
        while step and steps < 12 and not list_id:
            inherited = own.get(step, ("", -1))
            list_id, depth = inherited[0], depth if depth >= 0 else inherited[1]
            step, steps = based.get(step, ""), steps + 1
        if list_id and list_id != "0":
            found[name] = list_id, depth
    return found


def _numbering(element: etree._Element) -> tuple[str, int]:
    list_id, depth = "", -1
    for child in element:
        if local_name(child.tag) == "numId":
            list_id = attribute(child, "val")
        elif local_name(child.tag) == "ilvl":
            depth = _integer(attribute(child, "val"), -1)
    return list_id, depth


def _child(element: etree._Element, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "" if child is None else attribute(child, "val")


def _integer(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default
