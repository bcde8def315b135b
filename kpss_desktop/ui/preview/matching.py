"""Where the searched words stand in a text, and how much of a text is shown at once. No Qt here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kpss_desktop.catalogue.highlight import Light

HITS_LIMIT = 2_000
"""More hits than this nobody walks; the counter then says that there are more."""

TEXT_LIMIT = 300_000
"""Characters of a text that are set at once: some 100 pages, about 0.1 s of the window's thread."""

LINES_LIMIT = 5_000
"""Lines of a plain text that are set at once; a line costs as much as 50 characters."""

CELLS_LIMIT = 4_000
"""Cells of tables that are laid out at once (about 0.25 s of the window's thread)."""

_LONG_LINE = 20_000  # one paragraph of a megabyte takes 0.3 s to lay out, the same text in pieces next to nothing
_ENDS = re.compile(r"</(?P<element>td|th|tr|p|li|h[1-4]|pre|table|ul|ol)>", re.IGNORECASE)
# PDFium puts a character that is none for a hyphen at the end of a line where the word goes on.
_JOINED = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_PARTED_OR_JOINED = re.compile("[\ufffe\x02]\\s*|[ﬀﬁﬂﬃﬄ]")
_IMAGE_DATA = re.compile(r'src="data:[^"]*"')


@dataclass(frozen=True, slots=True)
class Shortened:
    """What is shown of a text, and whether that is all."""

    shown: str
    whole: bool


def find_hits(text: str, light: Light | None, limit: int = HITS_LIMIT) -> tuple[tuple[int, int], ...]:
    """Where `text` holds what was searched for: (start, end) in characters; a phrase is one hit."""
    return tuple(light.places(text)[:limit]) if light is not None else ()


def find_hits_of_page(text: str, light: Light | None, limit: int = HITS_LIMIT) -> tuple[tuple[int, int], ...]:
    """The same in the text of a PDF's page, where words may be parted at the end of a line and letters be joined."""
    parts: list[str] = []
    starts, origins = [0], [0]  # from an offset of the whole words on, where they lie in the page's text
    at = length = 0
    for match in _PARTED_OR_JOINED.finditer(text):
        whole = _JOINED.get(match[0], "")
        parts += [text[at : match.start()], whole]
        length += len(parts[-2]) + len(whole)
        at = match.end()
        starts.append(length)
        origins.append(at)

    def origin(offset: int) -> int:
        piece = bisect_right(starts, offset) - 1
        return origins[piece] + offset - starts[piece]

    found = find_hits("".join([*parts, text[at:]]), light, limit)
    return tuple((origin(start), origin(end - 1) + 1) for start, end in found)


def in_utf16(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The same spans counted as Qt counts: characters beyond the basic plane (emoji) take two."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return spans
    wide = [index for index, character in enumerate(text) if character > "\uffff"]
    counted, passed = [], 0
    for start, end in spans:
        while passed < len(wide) and wide[passed] < start:
            passed += 1
        inside = sum(1 for index in wide[passed:] if index < end) if passed < len(wide) and wide[passed] < end else 0
        counted.append((start + passed, end + passed + inside))
    return tuple(counted)


def shorten_text(text: str, limit: int = TEXT_LIMIT, lines_limit: int = LINES_LIMIT) -> Shortened:
    """The beginning of a plain text, cut at a line's end, with overlong lines broken at a space."""
    cut = text
    if len(cut) > limit:
        end = cut.rfind("\n", limit // 2, limit)
        cut = cut[: end if end > 0 else limit]
    lines = cut.split("\n")
    shown = "\n".join(piece for line in lines[:lines_limit] for piece in _broken(line))
    return Shortened(shown, whole=len(cut) == len(text) and len(lines) <= lines_limit)


def shorten_html(html: str, limit: int = TEXT_LIMIT, cells_limit: int = CELLS_LIMIT) -> Shortened:
    """The beginning of our own HTML, cut at the end of an element; Qt closes what stays open.

    The bytes of pictures inside the HTML do not count: they cost no layout.
    """
    cells, data = 0, 0
    pictures = [match.span() for match in _IMAGE_DATA.finditer(html)]
    for match in _ENDS.finditer(html):
        element = match["element"].lower()
        cells += element in {"td", "th"}
        while pictures and pictures[0][1] <= match.end():
            start, end = pictures.pop(0)
            data += end - start
        full = cells >= cells_limit and element == "tr"
        if full or match.end() - data >= limit:
            rest = html[match.end() :]
            return Shortened(html[: match.end()], whole=not re.sub(r"<[^>]*>|\s", "", rest))
    return Shortened(html, whole=True)


def _broken(line: str) -> Iterator[str]:
    while len(line) > _LONG_LINE:
        end = line.rfind(" ", 1, _LONG_LINE)
        end = end if end > 0 else _LONG_LINE
        yield line[:end]
        line = line[end:].removeprefix(" ")
    yield line
