"""OpenDocument (ISO 26300) texts, and the words of its sheets and slides; also the older OpenOffice.org XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from kpss_desktop.formats.found import Found, damaged, encrypted
from kpss_desktop.formats.lines import Lines
from kpss_desktop.formats.odf.lists import Labels, labels
from kpss_desktop.formats.xml import local_name, root_of, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpss_desktop.formats.source import Source

_SPACES = re.compile(r" [ \t\r\n]+|[\t\r\n][ \t\r\n]*")  # those that are not one blank already
_PARAGRAPHS = frozenset(("p", "h"))
_SKIPPED = frozenset(
    (
        "tracked-changes", "forms", "scripts", "font-face-decls", "automatic-styles", "styles", "settings",
        "note-citation", "event-listeners", "binary-data", "meta", "object", "title", "desc", "sequence-decls",
        "creator", "date", "date-string", "sender-initials", "creator-initials",
    )
)  # fmt: skip
_HEADERS = frozenset(("header", "footer", "header-left", "footer-left", "header-first", "footer-first"))


class _Words:
    """A target of lxml's parser: text nodes count inside paragraphs only."""

    def __init__(self, lists: Labels) -> None:
        self.lines = Lines()
        self._lists = lists
        self._skipped = 0
        self._inside = 0
        self._labels: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
        elif name in _PARAGRAPHS:
            self._inside += 1
            self.lines.open_paragraph()
            # Only of a heading it matters what is said of it.
            self._labels.append(self._lists.paragraph(name, _values(attributes) if name == "h" else {}))
        elif name == "s":
            self.lines.add(" " * min(_count(_values(attributes).get("c", "1")), 1000))
        elif name == "tab":
            self.lines.add("\t")
        elif name == "line-break":
            self.lines.add("\n")
        elif name in ("list", "list-item", "list-header"):
            self._lists.open(name, _values(attributes))
        elif name in ("table-cell", "covered-table-cell"):
            self.lines.open_cell()
        elif name == "table-row":
            self.lines.open_row()

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = local_name(tag)
        if name in _PARAGRAPHS:
            self._inside -= 1
            self.lines.close_paragraph(self._labels.pop())
        elif name in ("list", "list-item", "list-header"):
            self._lists.close(name)
        elif name in ("table-cell", "covered-table-cell"):
            self.lines.close_cell()
        elif name == "table-row":
            self.lines.close_row()

    def data(self, text: str) -> None:
        if self._inside and not self._skipped:
            self.lines.add(_SPACES.sub(" ", text))

    def close(self) -> None:
        """Nothing is left open: the lines are asked for later."""


def read(source: Source) -> Found:
    """The text of the body with notes and comments where they stand, then headers and footers."""
    package = source.package
    manifest = package.read_if_whole("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise encrypted()
    content = package.read("content.xml")
    if not content:
        raise damaged()
    styles = root_of(package.read_if_whole("styles.xml"))
    text = text_of(content, labels(content, styles))
    margins = _margins(styles)
    return with_meta("\n".join(one for one in (text, margins) if one), package.read_if_whole("meta.xml"))


def read_flat(source: Source) -> Found:
    """The same in one XML file."""
    data = source.data()
    return with_meta(text_of(data, labels(data, None)), data)


def text_of(data: bytes, lists: Labels) -> str:
    """The text of content.xml."""
    words = _Words(lists)
    tell(data, words)
    return words.lines.text()


def _values(attributes: Mapping[str, str]) -> dict[str, str]:
    return {local_name(key): value for key, value in attributes.items()}


def _margins(styles: etree._Element | None) -> str:
    """Headers and footers; each once, though every page style repeats them."""
    texts: dict[str, None] = {}
    for element in () if styles is None else styles.iter("{*}master-page"):
        for part in element:
            if local_name(part.tag) in _HEADERS:
                texts[text_of(etree.tostring(part, with_tail=False), Labels())] = None
    return "\n".join(text for text in texts if text)


def with_meta(text: str, meta: bytes) -> Found:
    """The text together with what meta.xml says about the file."""
    values: dict[str, str] = {}
    pages = None
    root = root_of(meta)
    office = None if root is None else next(root.iter("{*}meta"), None)
    for one in () if office is None else office:
        values[local_name(one.tag)] = (one.text or "").strip()
        if local_name(one.tag) == "document-statistic":
            count = next((value for key, value in one.attrib.items() if local_name(key) == "page-count"), "")
            pages = _count(str(count)) or None
    author = values.get("initial-creator") or values.get("creator", "")
    return Found(text, values.get("title", ""), author, values.get("creation-date", ""), pages)


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
