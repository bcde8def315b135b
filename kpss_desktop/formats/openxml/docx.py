"""Word 2007 and newer (ECMA-376, also the strict form), its flat XML forms, and Word 2003 XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats.found import Found, Unreadable, damaged
from kpss_desktop.formats.lines import Lines
from kpss_desktop.formats.openxml import lists
from kpss_desktop.formats.openxml.properties import with_properties
from kpss_desktop.formats.xml import attribute, events, local_name, tree

if TYPE_CHECKING:
    from lxml import etree

    from kpss_desktop.formats.containers.package import Package
    from kpss_desktop.formats.source import Source

_BLOCKS = ("p", "tr", "tc", "Fallback", "moveFrom")
_WORDS = tuple(f"{{*}}{tag}" for tag in ("t", "tab", "br", "cr", "noBreakHyphen", "sym"))
_CHARACTERS = {"br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_RUNS = ("r", "ins", "smartTag")
_NOTES = ("footnotes", "endnotes", "comments", "header", "footer")
_CONTENT_TYPE = re.compile(
    r"\.(?:(?:document|template)\.(?:macroEnabled\w*\.)?main|(footnotes|endnotes|comments|header|footer))\+xml$"
)
_PART = re.compile(r"word/(document|footnotes|endnotes|comments|header|footer)\d*\.xml")


def read(source: Source) -> Found:
    """The text of body, notes, comments, headers and footers in this order, with the numbers of lists."""
    package = source.package
    parts = _parts(package)
    if not parts.get("document"):
        raise damaged()
    numbering = package.read_if_whole("word/numbering.xml")
    labels = lists.labels(numbering, lambda: package.read_if_whole("word/styles.xml"))
    texts = [text_of(package.read(name), labels) for name in parts["document"]]
    for kind in _NOTES:
        # A header comes once for first, odd and even pages each; the same words are kept once.
        found = (text_of(package.read_if_whole(name), labels) for name in parts.get(kind, ()))
        texts.extend(dict.fromkeys(text for text in found if text))
    return with_properties(package, "\n".join(text for text in texts if text))


def read_flat(source: Source) -> Found:
    """Word 2003 XML and flat OPC: the same elements in one file."""
    return Found(text_of(source.data(), lists.Labels()))


def text_of(data: bytes, labels: lists.Labels) -> str:
    """The text of one XML part."""
    lines = Lines()
    element: etree._Element | None = None
    skipped = 0
    for event, element in events(data, _BLOCKS):
        tag = local_name(element.tag)
        if tag in ("Fallback", "moveFrom"):
            # mc:Fallback repeats the text box of mc:Choice for old programs; moved text stands where it went.
            skipped += 1 if event == "start" else -1
            if event == "end":
                element.clear()
        elif skipped:
            continue
        elif tag != "p":
            _cell_or_row(event, tag, lines)
        elif event == "end":
            # What a text box in this paragraph says has been told and cleared before.
            lines.add_paragraph(_words(element), labels.label(element))
            element.clear()
    if element is not None and not skipped:
        # Broken files have words outside of paragraphs, or break off in one.
        lines.add(_words(element.getroottree().getroot()))
    return lines.text()


def _cell_or_row(event: str, tag: str, lines: Lines) -> None:
    match event, tag:
        case "start", "tc":
            lines.open_cell()
        case "start", "tr":
            lines.open_row()
        case "end", "tc":
            lines.close_cell()
        case "end", "tr":
            lines.close_row()


def _words(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for element in paragraph.iter(*_WORDS):
        tag = local_name(element.tag)
        if tag == "t":
            pieces.append(element.text or "")
        elif tag == "tab":
            parent = element.getparent()
            # w:tab is a character in a run and a stop of the ruler in w:tabs.
            if parent is not None and local_name(parent.tag) in _RUNS:
                pieces.append("\t")
        elif tag == "sym":
            pieces.append(_symbol(attribute(element, "char")))
        else:
            pieces.append(_CHARACTERS[tag])
    return "".join(pieces)


def _symbol(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= char <= "\uf8ff" else char


def _parts(package: Package) -> dict[str, list[str]]:
    """The names of the parts that hold text, by kind ("document", "header" ...)."""
    parts: dict[str, list[str]] = {}
    by_name = {name.lower(): name for name in package.names}
    try:
        root = tree(package.content_types)
    except Unreadable:
        root = None
    for override in () if root is None else root.iter("{*}Override"):
        match = _CONTENT_TYPE.search(override.get("ContentType", ""))
        name = by_name.get(override.get("PartName", "").lstrip("/").lower(), "")
        if match and name and "/glossary/" not in name:
            parts.setdefault(match[1] or "document", []).append(name)
    if not parts.get("document"):
        for name in sorted(package.names):
            if match := _PART.fullmatch(name):
                parts.setdefault(match[1], []).append(name)
    return parts
