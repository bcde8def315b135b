"""The numbering of OpenDocument lists and headings (text:list-style, text:outline-style)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from kpss_desktop.formats.numbering import NO_LEVELS, Counter, Item, Level, Levels, bullet
from kpss_desktop.formats.xml import attribute, local_name, root_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_BODY = re.compile(rb"<(?:[\w.-]+:)?body[\s>]")
_OUTLINE = "\0outline"


@dataclass(slots=True)
class _Open:
    """A text:list that is open: its style, its counter, and whether its item still waits for its first paragraph."""

    style: str
    counter: Counter
    waits: bool = False


@dataclass(slots=True)
class Labels:
    """The lists of one document; it counts, so it has to be told of every list, item and paragraph in order."""

    styles: dict[str, Levels] = field(default_factory=dict)
    _stack: list[_Open] = field(default_factory=list)
    _last: dict[str, Counter] = field(default_factory=dict)
    _by_id: dict[str, Counter] = field(default_factory=dict)
    _outline: Counter | None = None

    def open(self, name: str, values: Mapping[str, str]) -> None:
        """A list, an item or a list header begins."""
        if name == "list":
            self._open_list(values)
        elif name == "list-item" and self._stack:
            self._stack[-1].waits = True
            if values.get("start-value", "").isdecimal():
                self._stack[-1].counter.set_next(len(self._stack) - 1, int(values["start-value"]))

    def _open_list(self, values: Mapping[str, str]) -> None:
        if self._stack:
            above = self._stack[-1]
            style = values.get("style-name", above.style)
            counter = above.counter
            if style != above.style:
                counter = counter.varied(self.styles.get(style, NO_LEVELS), {})
            self._stack.append(_Open(style, counter))
            return
        style = values.get("style-name", "")
        continued = self._by_id.get(values.get("continue-list", ""))
        if continued is None and values.get("continue-numbering") == "true":
            continued = self._last.get(style)
        counter = continued or Counter(self.styles.get(style, NO_LEVELS))
        self._last[style] = counter
        if name := values.get("id"):
            self._by_id[name] = counter
        self._stack.append(_Open(style, counter))

    def close(self, name: str) -> None:
        """A list, an item or a list header ends."""
        if name == "list" and self._stack:
            self._stack.pop()

    def paragraph(self, name: str, values: Mapping[str, str]) -> str:
        """The label of the paragraph ("p") or heading ("h") that begins; "" when it has none."""
        item = self.item(name, values)
        return item.next_label() if item else ""

    def item(self, name: str, values: Mapping[str, str]) -> Item | None:
        """The place in its list of the paragraph or heading that begins."""
        if self._stack and self._stack[-1].waits:
            for one in self._stack:
                one.waits = False
            return Item(self._stack[-1].counter, len(self._stack) - 1)
        if name == "h" and not self._stack and _OUTLINE in self.styles and values.get("is-list-header") != "true":
            if self._outline is None:
                self._outline = Counter(self.styles[_OUTLINE])
            level = values.get("outline-level", "1")
            return Item(self._outline, int(level) - 1) if level.isdecimal() else None
        return None


def labels(content: bytes, styles: etree._Element | None) -> Labels:
    """The lists that content.xml and the root of styles.xml define."""
    return labels_of(styles, _own_styles(content))


def labels_of(*roots: etree._Element | None) -> Labels:
    """The lists that the parts define; a later part goes before an earlier one."""
    found: dict[str, Levels] = {}
    for root in roots:
        for style in () if root is None else root.iter("{*}list-style", "{*}outline-style"):
            name = _OUTLINE if local_name(style.tag) == "outline-style" else attribute(style, "name")
            levels = [one for one in style if local_name(one.tag).startswith(("list-l", "outline-l"))]
            found[name] = Levels({_depth(one): partial(_level, one) for one in levels})
            if name == _OUTLINE and not any(attribute(level, "num-format") for level in levels):
                del found[name]
    return Labels(found)


def _own_styles(content: bytes) -> etree._Element | None:
    """The styles of a document, which stand before its body; None when no list is among them."""
    body = _BODY.search(content)
    styles = content[: body.start()] if body else content
    return root_of(styles) if b"list-level-style" in styles or b"outline-level-style" in styles else None


def _depth(element: etree._Element) -> int:
    level = attribute(element, "level")
    return int(level) - 1 if level.isdecimal() else 0


def _level(element: etree._Element) -> Level:
    values = {local_name(key): str(value) for key, value in element.attrib.items()}
    kind = local_name(element.tag)
    if kind == "list-level-style-bullet":
        return Level("bullet", bullet(values.get("bullet-char", "•")))
    if kind == "list-level-style-image":
        return Level("bullet", "•")
    form = _FORMS.get(values.get("num-format", ""), "decimal")
    shown = int(values["display-levels"]) if values.get("display-levels", "").isdecimal() else 1
    depth = _depth(element)
    numbers = ".".join(f"%{one + 1}" for one in range(max(0, depth - shown + 1), depth + 1))
    template = values.get("num-list-format") or values.get("num-prefix", "") + numbers + values.get("num-suffix", "")
    if form == "none":
        template = values.get("num-prefix", "") + values.get("num-suffix", "")
    start = int(values["start-value"]) if values.get("start-value", "").isdecimal() else 1
    return Level(form, re.sub(r"%(\d)%", r"%\1", template).strip(), start)
