"""Text602, in which Czech offices wrote under DOS: lines of text among commands, in Kamenický's code page or CP852."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats.encodings import best_single_byte, characters
from kpss_desktop.formats.found import Found, damaged

if TYPE_CHECKING:
    from kpss_desktop.formats.source import Source

# "@CT 0" is Kamenický, "@CT 1" CP852; files with a wrong number exist, so the letters decide.
_ENCODINGS = ("kamenicky", "cp852")
_COMMAND = re.compile(r"@[A-Z]{2}\b.*|\.[A-Z]{2}(\s.*)?")
_MARGIN = re.compile(r"@(?:HE|FO)\s+(.*)")
_SOFT_END = re.compile(rb" ?\x8d\n")
_STYLES = dict.fromkeys([*range(9), *range(11, 32), 127])


def read(source: Source) -> Found:
    """The text without commands and styles; lines that the program broke are whole again. Raises Unreadable."""
    data = source.data().partition(b"\x1a")[0].replace(b"\r\n", b"\n")
    if not data.startswith(b"@CT"):
        raise damaged()
    data = _SOFT_END.sub(b" ", data)
    lines = characters(data, best_single_byte(data, _ENCODINGS)).split("\n")
    body = [line.translate(_STYLES).rstrip() for line in lines if not _COMMAND.fullmatch(line)]
    margins = [match[1].translate(_STYLES).strip() for line in lines if (match := _MARGIN.fullmatch(line))]
    return Found("\n".join(["\n".join(body).strip("\n"), *margins]).strip("\n"))
