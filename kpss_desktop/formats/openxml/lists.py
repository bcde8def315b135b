"""The numbering of DOCX lists (ECMA-376 part 1, 17.9): which label a paragraph has."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from kpss_desktop.formats.numbering import Counter, Item, Level, Levels, bullet
from kpss_desktop.formats.xml import attribute, child, local_name, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml import etree


_DEEPEST = 12  # styles that are based on one another


@dataclass(slots=True)
class Labels:
    """The lists of one document; empty when it has none. It counts, so every paragraph is asked once, in order.

    `numbers` are the lists (w:num) by their ids, with their looks (w:abstractNum); `styles` those that may lie in a
    list, by their names, and `depths` the level that a list gives to a style. Programs write many more of all these
    than a document uses, so each is read when a paragraph asks for it.
    """

    numbers: dict[str, tuple[etree._Element, etree._Element]] = field(default_factory=dict)
    styles: dict[str, etree._Element] = field(default_factory=dict)
    depths: dict[str, int] = field(default_factory=dict)
    _counters: dict[str, Counter] = field(default_factory=dict)
    _shared: dict[str, Counter] = field(default_factory=dict)
    _by_style: dict[str, tuple[str, int]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """The label of a w:p element, "" when it is in no list."""
        item = self.item(paragraph)
        return item.next_label() if item else ""

    def item(self, paragraph: etree._Element) -> Item | None:
        """The place of a w:p element in its list."""
        properties = child(paragraph, "pPr") if self.numbers else None
        if properties is None:
            return None
        list_id, depth = self._of_style(_value(properties, "pStyle")) if self.styles else ("", -1)
        numbering = child(properties, "numPr")
        if numbering is not None:
            own_id, own_depth = _numbering(numbering)
            # numId 0 takes the paragraph out of its style's list.
            list_id, depth = own_id or list_id, own_depth if own_depth >= 0 else depth
        return Item(self._counter(list_id), max(depth, 0)) if list_id in self.numbers else None

    def _of_style(self, name: str) -> tuple[str, int]:
        """The list and level of a style, also through those it is based on."""
        if name not in self._by_style:
            list_id, depth, step = "", self.depths.get(name, -1), name
            for _ in range(_DEEPEST):
                style = self.styles.get(step)
                if style is None or list_id:
                    break
                properties = child(style, "pPr")
                numbering = None if properties is None else child(properties, "numPr")
                if numbering is not None:
                    list_id, own_depth = _numbering(numbering)
                    inherited = own_depth if own_depth >= 0 else self.depths.get(step, -1)
                    depth = depth if depth >= 0 else inherited
                step = _value(style, "basedOn")
            self._by_style[name] = (list_id, depth) if list_id else ("", -1)
        return self._by_style[name]

    def _counter(self, list_id: str) -> Counter:
        if list_id not in self._counters:
            number, abstract = self.numbers[list_id]
            key = attribute(abstract, "abstractNumId")
            if key not in self._shared:
                levels = Levels({_depth(one): partial(_level, one) for one in abstract.iterchildren("{*}lvl")})
                self._shared[key] = Counter(levels)
            self._counters[list_id] = _overridden(number, self._shared[key])
        return self._counters[list_id]


def labels(numbering: bytes, styles: Callable[[], bytes]) -> Labels:
    """The lists of word/numbering.xml; `styles` gives word/styles.xml when it is needed."""

    def styles_of_lists() -> etree._Element | None:
        sheet = styles()
        # Mostly no style lies in a list, and then they need not be taken apart.
        return root_of(sheet) if b"numPr" in sheet else None

    root = root_of(numbering)
    return Labels() if root is None else labels_of(root, styles_of_lists)


def labels_of(root: etree._Element, styles: Callable[[], etree._Element | None]) -> Labels:
    """The same of parts that were taken apart."""
    abstracts = {attribute(one, "abstractNumId"): one for one in root.iter("{*}abstractNum")}
    # A list style holds the levels, and other lists point to it by its name.
    by_link = {attribute(link, "val"): link.getparent() for link in root.iter("{*}styleLink")}
    numbers: dict[str, tuple[etree._Element, etree._Element]] = {}
    for one in root.iter("{*}num"):
        abstract = abstracts.get(_value(one, "abstractNumId"))
        if abstract is not None:
            own = by_link.get(_value(abstract, "numStyleLink"))
            numbers[attribute(one, "numId")] = one, abstract if own is None else own
    styled = styles() if numbers else None
    if styled is None:
        return Labels(numbers)
    by_name = {attribute(style, "styleId"): style for style in styled.iter("{*}style")}
    return Labels(numbers, by_name, _depths(abstract for _number, abstract in numbers.values()))


def _depth(element: etree._Element) -> int:
    """The depth of a w:lvl or w:lvlOverride, from 0."""
    return _integer(attribute(element, "ilvl"), 0)


def _level(element: etree._Element) -> Level:
    """A w:lvl."""
    values = {local_name(one.tag): attribute(one, "val") for one in element}
    form, template, restart = values.get("numFmt") or "decimal", values.get("lvlText", ""), values.get("lvlRestart")
    return Level(
        form,
        bullet(template) if form == "bullet" and template else template,
        _integer(values.get("start", ""), 0),
        _integer(restart, 0) - 1 if restart else None,
        "isLgl" in values,
    )


def _overridden(number: etree._Element, shared: Counter) -> Counter:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for one in number.iterchildren("{*}lvlOverride"):
        depth = _depth(one)
        if (own := child(one, "lvl")) is not None:
            levels[depth] = _level(own)
        if start := _value(one, "startOverride"):
            starts[depth] = _integer(start, 1)
    return shared.varied(levels, starts) if levels or starts else shared


def _depths(abstracts: Iterable[etree._Element]) -> dict[str, int]:
    """The depth of each style that a level of a list names."""
    depths: dict[str, int] = {}
    for abstract in abstracts:
        for style in abstract.iter("{*}pStyle"):
            level = style.getparent()
            if level is not None and local_name(level.tag) == "lvl":
                depths[attribute(style, "val")] = _depth(level)
    return depths


def _numbering(element: etree._Element) -> tuple[str, int]:
    return _value(element, "numId"), _integer(_value(element, "ilvl"), -1)


def _value(element: etree._Element, name: str) -> str:
    """What a child says in its only attribute."""
    found = child(element, name)
    return "" if found is None else attribute(found, "val")


def _integer(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default
