"""Word 2007 and newer (ECMA-376, also the strict form), its flat XML forms, and Word 2003 XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats import docx_lists, ooxml
from kpss_desktop.formats.found import Found, Unreadable, damaged
from kpss_desktop.formats.lines import Lines
from kpss_desktop.formats.xml import attribute, events, local_name, tree

if TYPE_CHECKING:
    from lxml import etree

    from kpss_desktop.formats.package import Package
    from kpss_desktop.formats.source import Source

_TAGS = (
    "p", "t", "tab", "br", "cr", "noBreakHyphen", "sym", "tbl", "tr", "tc", "Fallback", "moveFrom",
)  # fmt: skip
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
    labels = docx_lists.labels(package.read("word/numbering.xml"), lambda: package.read("word/styles.xml"))
    texts = [text_of(package.read(name), labels) for name in parts["document"]]
    for kind in _NOTES:
        # A header comes once for first, odd and even pages each; the same words are kept once.
        found = (_part_text(package, name, labels) for name in parts.get(kind, ()))
        texts.extend(dict.fromkeys(text for text in found if text))
    return ooxml.with_properties(package, "\n".join(text for text in texts if text))


def read_flat(source: Source) -> Found:
    """Word 2003 XML and flat OPC: the same elements in one file."""
    return Found(text_of(source.data(), docx_lists.Labels()))


def text_of(data: bytes, labels: docx_lists.Labels) -> str:
    """The text of one XML part."""
    lines = Lines()
    skipped = 0
    for event, element in events(data, _TAGS):
        tag = local_name(element.tag)
        if tag in ("Fallback", "moveFrom"):
            # mc:Fallback repeats the text box of mc:Choice for old programs; moved text stands where it went.
            skipped += 1 if event == "start" else -1
        elif skipped:
            continue
        elif event == "start":
            _start(tag, lines)
        else:
            _end(tag, element, lines, labels)
    return lines.text()


def _start(tag: str, lines: Lines) -> None:
    if tag == "p":
        lines.open_paragraph()
    elif tag == "tc":
        lines.open_cell()
    elif tag == "tr":
        lines.open_row()


def _end(tag: str, element: etree._Element, lines: Lines, labels: docx_lists.Labels) -> None:
    if tag == "t":
        lines.add(element.text or "")
    elif tag == "p":
        lines.close_paragraph(labels.label(element))
        element.clear()
    elif tag == "tc":
        lines.close_cell()
    elif tag == "tr":
        lines.close_row()
    elif tag == "tab":
        parent = element.getparent()
        # w:tab is a character in a run and a stop of the ruler in w:tabs.
        if parent is not None and local_name(parent.tag) in _RUNS:
            lines.add("\t")
    elif tag == "sym":
        lines.add(_symbol(attribute(element, "char")))
    else:
        lines.add(_CHARACTERS.get(tag, ""))


def _symbol(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= char <= "\uf8ff" else char


def _part_text(package: Package, name: str, labels: docx_lists.Labels) -> str:
    """A broken header costs its own words only."""
    try:
        return text_of(package.read(name), labels)
    except Unreadable:
        return ""


def _parts(package: Package) -> dict[str, list[str]]:
    """The names of the parts that hold text, by kind ("document", "header" ...)."""
    parts: dict[str, list[str]] = {}
    by_name = {name.lower(): name for name in package.names}
    try:
        root = tree(package.read("[Content_Types].xml"))
    except Unreadable:
        root = None
    for override in () if root is None else root.iter("{*}Override"):
        match = _CONTENT_TYPE.search(attribute(override, "ContentType"))
        name = by_name.get(attribute(override, "PartName").lstrip("/").lower(), "")
        if match and name and "/glossary/" not in name:
            parts.setdefault(match[1] or "document", []).append(name)
    if not parts.get("document"):
        for name in sorted(package.names):
            if match := _PART.fullmatch(name):
                parts.setdefault(match[1], []).append(name)
    return parts
