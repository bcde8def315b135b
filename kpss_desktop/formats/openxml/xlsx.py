"""The cells of Excel 2007 and newer without their grid, for what calamine gives up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats.found import MAX_TEXT, Found, damaged
from kpss_desktop.formats.openxml.properties import with_properties
from kpss_desktop.formats.xml import events, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpss_desktop.formats.source import Source

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")


def read(source: Source) -> Found:
    """The values of the cells: a stray one in the last row and column would make a grid of 17 thousand million.

    Only what is stored in them: a day is a number here.
    """
    package = source.package
    shared = _shared_strings(package.read("xl/sharedStrings.xml"))
    parts = sorted((name for name in package.names if _SHEET_PART.fullmatch(name)), key=lambda name: (len(name), name))
    if not parts:
        raise damaged()
    text = "\n".join("\n".join(_rows(package.read(name), shared)) for name in parts)
    return with_properties(package, text[:MAX_TEXT])


def _shared_strings(data: bytes) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    for event, element in events(data, ("si", "t")):
        if event == "end" and local_name(element.tag) == "t":
            pieces.append(element.text or "")
        elif event == "end":
            strings.append("".join(pieces).strip())
            pieces.clear()
            element.clear()
    return strings


def _rows(data: bytes, shared: list[str]) -> Iterator[str]:
    cells: list[str] = []
    value = ""
    for event, element in events(data, ("row", "c", "v", "t")):
        tag = local_name(element.tag)
        if event == "start":
            value = "" if tag == "c" else value
        elif tag in ("v", "t"):
            value += element.text or ""
        elif tag == "c":
            is_shared = element.get("t") == "s" and value.isdecimal() and int(value) < len(shared)
            cells.append(shared[int(value)] if is_shared else value.strip())
        else:
            if any(cells):
                yield "\t".join(cells)
            cells.clear()
            element.clear()
