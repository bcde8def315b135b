"""Pages in HTML."""

from __future__ import annotations

import re
from pathlib import Path

from kpss_desktop.formats.encodings import decode, encoding_of
from kpss_desktop.formats.structure.blocks import Block, Markup
from kpss_desktop.formats.structure.markup import simplified
from kpss_desktop.formats.structure.words import Words

MAX_PAGE = 5_000_000
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*(windows-1250|cp1250|iso-8859-2|ibm852|cp852)", re.IGNORECASE)


def read(path: Path, _words: Words) -> list[Block]:
    """The page without what is not its text."""
    return [Markup(simplified(decoded(path.read_bytes()[:MAX_PAGE]), {}))]


def decoded(data: bytes) -> str:
    """The characters of a page: UTF when it is that, else a Czech code page it declares, else the likeliest one."""
    declared = _DECLARED.search(data[:4096])
    if declared is None or encoding_of(data).startswith("utf"):
        return decode(data)
    return data.decode(declared[1].decode("ascii").replace("ibm", "cp"), "replace")
