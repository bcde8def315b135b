"""Where the searched words stand in a text, and how much of a text is shown at once. No Qt here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
_IMAGE_DATA = re.compile(r'src="data:[^"]*"')


@dataclass(frozen=True, slots=True)
class Shortened:
    """What is shown of a text, and whether that is all."""

    shown: str
    whole: bool


def find_hits(text: str, forms: frozenset[str], limit: int = HITS_LIMIT) -> tuple[tuple[int, int], ...]:
    """Where whole words of `text` are one of `forms`, whatever their case: (start, end) in characters."""
    pattern = _pattern(forms)
    if pattern is None:
        return ()
    return tuple(_spans(pattern, text, limit))


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


@lru_cache(maxsize=8)
def _pattern(forms: frozenset[str]) -> re.Pattern[str] | None:
    words = sorted((form for form in forms if form.strip()), key=lambda form: (-len(form), form))
    if not words:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def _spans(pattern: re.Pattern[str], text: str, limit: int) -> Iterator[tuple[int, int]]:
    for found, match in enumerate(pattern.finditer(text)):
        if found == limit:
            return
        yield match.span()


def _broken(line: str) -> Iterator[str]:
    while len(line) > _LONG_LINE:
        end = line.rfind(" ", 1, _LONG_LINE)
        end = end if end > 0 else _LONG_LINE
        yield line[:end]
        line = line[end:].removeprefix(" ")
    yield line
