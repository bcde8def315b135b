"""The sheets of a workbook, each with its own HTML. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_MARKS = re.compile(r"<(?P<into>table)\b[^>]*>|(?P<out></table>)|<h2\b[^>]*>(?P<name>.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `name` is plain text, `html` a safe fragment that begins with the name as a heading."""

    name: str
    html: str


def sheets_of(html: str) -> tuple[Sheet, ...]:
    """Part the HTML of a workbook (see formats.structure.sheets) at its headings of the second level.

    A heading inside a table parts nothing. What stands before the first heading belongs to the first sheet; HTML
    without headings is one sheet without a name.
    """
    heads: list[tuple[int, str]] = []
    depth = 0
    for match in _MARKS.finditer(html):
        if match["into"]:
            depth += 1
        elif match["out"]:
            depth -= 1
        elif depth == 0:
            heads.append((match.start(), " ".join(unescape(_TAG.sub("", match["name"])).split())))
    if not heads:
        return (Sheet("", html),)
    starts = [0, *(start for start, _name in heads[1:])]
    ends = [*starts[1:], len(html)]
    return tuple(Sheet(name, html[start:end]) for (_start, name), start, end in zip(heads, starts, ends, strict=True))
