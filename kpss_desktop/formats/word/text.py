"""From Word's characters to lines: fields, marks of cells and rows, numbers of lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats.word.pieces import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpss_desktop.formats.word.lists import Labels
    from kpss_desktop.formats.word.paragraphs import Paragraphs

_MARKS = re.compile(r"[\r\x07\x0c]")
_FIELD = re.compile(r"[\x13\x14\x15]")
_MACRO_BUTTON = re.compile(r"\s*MACROBUTTON\s+\S+\s+(.*)", re.DOTALL)
_SIGNS = re.compile(r"[\x00-\x08\x0b-\x1f\xad]+")
_WORDS = re.compile(r"[^\x00-\x08\x0c\x0d\x0f-\x1d\x1f\xad]")
_SHOWN = {
    "\x0b": "\n",
    "\x0e": "\n",  # end of a column
    "\x1e": "-",  # a hyphen that must not break; 1f and ad are shown at the end of a line only
}


def story(text: str, start: int, paragraphs: Paragraphs, labels: Labels) -> str:
    """The lines of one story (body, notes ...), whose first character stands at position `start`."""
    pieces: list[str] = []
    begin = 0
    for end, line in _paragraph_ends(text):
        mark = text[end] if end < len(text) else "\r"
        properties = paragraphs.at(start + end)
        is_item = properties.list_index and _WORDS.search(line)
        label = labels.label(properties.list_index, properties.level) if is_item else ""
        if properties.ends_row or (mark == "\x07" and not paragraphs.known and _is_row_end(text, begin, end)):
            pieces.append("\n")
        else:
            pieces.append(f"{label} {line}" if label else line)
            pieces.append("\t" if mark == "\x07" else "\n")
        begin = end + 1
    return _tidy(_SIGNS.sub(_shown, "".join(pieces)))


def _is_row_end(text: str, begin: int, end: int) -> bool:
    return begin == end and begin > 0 and text[begin - 1] == "\x07"


def _paragraph_ends(text: str) -> Iterator[tuple[int, str]]:
    """(position of the mark, the paragraph's visible text and signs) of each paragraph outside the codes of fields."""
    visible = _visible(text)
    begin = 0
    for match in _MARKS.finditer(visible):
        yield match.start(), visible[begin : match.start()]
        begin = match.end()
    if begin < len(visible):
        yield len(visible), visible[begin:]


def _visible(text: str) -> str:
    """The text with the codes of fields blanked out by NULs, which keeps every position.

    A field is 0x13 code 0x14 result 0x15, its result may be missing, and fields nest.
    """
    if "\x13" not in text:
        return text
    pieces: list[str] = []
    codes: list[bool] = []  # of each open field, whether we are in its code
    begin = 0
    for match in _FIELD.finditer(text):
        pieces.append(_part(text[begin : match.start()], hidden=any(codes), ends_field=match[0] == "\x15"))
        pieces.append("\0")
        if match[0] == "\x13":
            codes.append(True)
        elif codes and match[0] == "\x14":
            codes[-1] = False
        elif codes:
            codes.pop()
        begin = match.end()
    # A field that never ends must not swallow the rest of the document.
    pieces.append(text[begin:])
    return "".join(pieces)


def _part(text: str, *, hidden: bool, ends_field: bool) -> str:
    if not hidden:
        return text
    button = _MACRO_BUTTON.fullmatch(text) if ends_field else None
    if button:
        return "\0" * button.start(1) + button[1]
    return "\0" * len(text)


def _shown(signs: re.Match[str]) -> str:
    return "".join(_SHOWN.get(sign, "") for sign in signs[0].replace("\0", ""))


def _tidy(text: str) -> str:
    lines = [line.rstrip("\t ") for line in whole(text).split("\n")]
    return "\n".join(lines).strip("\n")
