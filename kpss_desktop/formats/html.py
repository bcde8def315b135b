"""HTML and other XML of unknown kind: the words between the tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats.encodings import decode, encoding_of
from kpss_desktop.formats.found import Found
from kpss_desktop.formats.xml import local_name, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpss_desktop.formats.source import Source

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_MAX_PAGE = 30_000_000
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SILENT = frozenset(("script", "style", "head", "noscript", "template", "object", "svg", "xml"))
_BLOCKS = frozenset((
     "p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr",
     "thead", "tbody", "tfoot", "caption", "section", "article", "header", "footer", "main", "nav", "aside", "pre",
     "blockquote", "address", "form", "fieldset", "legend", "figure", "figcaption", "option", "select", "body", "html",
     "title", "center", "details", "summary",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))


class _Words:
    """A target of lxml's parser that gathers lines, so that no tree is built."""

    def __init__(self, *, is_html: bool) -> None:
        self.pieces: list[str] = []
        self.title: list[str] = []
        self._silent = 0
        self._in_title = False
        self._is_html = is_html

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if name == "title":
            self._in_title = True
        if name in _SILENT and self._is_html:
            self._silent += 1
        elif name in _BLOCKS or not self._is_html:
            self.pieces.append("\n")

    def end(self, tag: str) -> None:
        name = local_name(tag)
        if name == "title":
            self._in_title = False
        if name in _SILENT and self._is_html:
            self._silent = max(0, self._silent - 1)
        elif name in _CELLS:
            self.pieces.append("\t")
        elif name in _BLOCKS or not self._is_html:
            self.pieces.append("\n")

    def data(self, text: str) -> None:
        if self._in_title and self._is_html:
            self.title.append(text)
        elif not self._silent:
            self.pieces.append(_SPACES.sub(" ", text))

    def close(self) -> None:
        """Nothing is left open: the lines are asked for later."""

    def text(self) -> str:
        lines = (line.strip(" \t") for line in "".join(self.pieces).replace("\u00ad", "").split("\n"))
        return "\n".join(line for line in lines if line)


def read(source: Source) -> Found:
    """The text and the title of a page."""
    return told(source.data())


def told(data: bytes, charset: str = "") -> Found:
    """The text of a page's bytes; `charset` is what the letter around it said."""
    words = _Words(is_html=True)
    tell(_page(data[:_MAX_PAGE], charset).encode("utf-8", "replace"), words, html=True)
    return Found(words.text(), " ".join("".join(words.title).split()))


def read_xml(source: Source) -> Found:
    """The words of any XML, an element a line."""
    words = _Words(is_html=False)
    tell(source.data(), words)
    return Found(words.text())


def _page(data: bytes, charset: str) -> str:
    """The characters of a page: UTF-8 where that fits, else what it declares, else the likeliest code page."""
    if encoding_of(data) in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        return decode(data)
    declared = _CHARSET.search(data[:4096])
    name = charset or (declared[1].decode("ascii") if declared else "")
    # Pages say iso-8859-1 or utf-8 without looking; a Czech declaration is taken at its word.
    if name.lower() in ("iso-8859-2", "windows-1250", "cp1250", "ibm852", "cp852", "x-mac-ce"):
        return data.decode({"x-mac-ce": "mac_latin2"}.get(name.lower(), name), "replace")
    try:
        return data.decode(name) if name.lower() not in ("", "utf-8", "iso-8859-1", "us-ascii") else decode(data)
    except (LookupError, UnicodeDecodeError):
        return decode(data)
