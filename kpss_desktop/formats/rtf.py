"""Rich Text Format 1.9: its words with their code pages (a font has its own), Unicode, tables, notes and headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpss_desktop.formats.encodings import code_page
from kpss_desktop.formats.found import Found, damaged

if TYPE_CHECKING:
    from kpss_desktop.formats.source import Source

# A text is taken for good: the steps of a long one, kept to be taken back, would fill the memory.
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\([^a-zA-Z'])|([{}])|((?:[^\\{}]++|\\'[0-9a-fA-F]{2})++)|[\s\S]"
)
_BYTE = re.compile(r"\\'(..)")
_BRACE = re.compile(r"\\bin(\d{1,9}) ?|\\[\\{}]|[{}]")
_DEEPER = {"{": 1, "}": -1}
_SKIPPED = frozenset((
     "colortbl", "stylesheet", "pict", "objdata", "themedata", "colorschememapping", "datastore", "latentstyles",
     "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "fldinst", "filetbl", "revtbl", "pgptbl",
     "nonshppict", "shprslt", "sp", "bkmkstart", "bkmkend", "atnid", "atnref", "atntime", "atndate", "atnparent",
     "atnicn", "listpicture", "pntxta", "pntxtb", "pnseclvl", "wgrffmtfilter", "mmathpr", "template", "keycode", "xe",
     "tc", "rxe", "bookmarkstart", "background", "panose", "falt", "fname", "operator", "comment", "company",
     "userprops", "docvar", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "mhtmltag", "htmltag", "do",
     "objclass", "objname",
))  # fmt: skip
_KNOWN_OPTIONAL = frozenset((
     "shpinst", "annotation", "ud", "shptxt", "fldrslt", "footnote", "listtext", "pntext", "nesttableprops",
))  # fmt: skip
_AFTER = frozenset((
     "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "annotation",
))  # fmt: skip  # told after the body
_INFO = frozenset(("title", "author"))
_DESTINATIONS = _SKIPPED | _AFTER | _INFO | {"fonttbl", "upr", "info"}
_CHARACTERS = {
    "par": "\n", "line": "\n", "page": "\n", "sect": "\n", "column": "\n", "softline": "\n", "tab": "\t", "cell": "\t",
    "nestcell": "\t", "row": "\n", "nestrow": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_DATE = ("yr", "mo", "dy")
_DEFAULTS = {"ansicpg": "", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SIGNS = {"~": "\u00a0", "_": "-", "\n": "\n", "\r": "\n", "\t": "\t", "\\": "\\", "{": "{", "}": "}"}
_CHARSETS = {
    0: "cp1252", 2: "symbol", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp852",
}  # fmt: skip
_MEANT = frozenset((
    *_DESTINATIONS, *_KNOWN_OPTIONAL, *_CHARACTERS, *_DEFAULTS, *_DATE, "u", "uc", "bin", "f", "fcharset", "nofpages",
    "plain", "v", "deleted",
))  # fmt: skip
"""All other words say how it looks."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and a closing brace restores."""

    target: list[str]
    encoding: str = ""
    skip_after_unicode: int = 1
    hidden: bool = False
    in_fonts: bool = False
    in_upr: bool = False


@dataclass(slots=True)
class _Reader:
    data: str
    position: int = 0
    body: list[str] = field(default_factory=list)
    after: list[list[str]] = field(default_factory=list)
    info: dict[str, list[str]] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)
    pages: int | None = None
    default: str = "cp1250"
    pending: bytearray = field(default_factory=bytearray)
    font: int = 0
    ignore: int = 0
    starred: bool = False
    stack: list[_State] = field(default_factory=list)
    state: _State = field(init=False)

    def __post_init__(self) -> None:
        self.state = _State(self.body)

    def run(self) -> None:
        while self._to_next_skip():
            pass
        self._flush()

    def _to_next_skip(self) -> bool:
        """Read up to the end of a group or a picture that is skipped; False at the end of everything."""
        for match in _TOKEN.finditer(self.data, self.position):
            word, parameter, sign, brace, text = match.groups()
            if word is not None:
                if word in _MEANT or self.starred:
                    self.position = end = match.end()
                    self._word(word, int(parameter) if parameter else None)
                    if self.position != end:
                        return True
            elif text is not None:
                self._text(text)
            elif brace is not None:
                self._brace(brace)
            elif sign is not None:
                self._sign(sign)
        return False

    def _text(self, text: str) -> None:
        text = text.replace("\n", "").replace("\r", "").replace("\0", "")
        if "\\" in text:
            text = _BYTE.sub(lambda match: chr(int(match[1], 16)), text)
        if self.ignore:
            skipped = min(self.ignore, len(text))
            self.ignore -= skipped
            text = text[skipped:]
        if text and not self.state.hidden and not self.state.in_fonts:
            self.pending += text.encode("latin-1")

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in _SIGNS:
            if self.ignore:
                self.ignore -= 1
            else:
                self._emit(_SIGNS[sign])

    def _brace(self, brace: str) -> None:
        self._flush()
        self.ignore = 0
        self.starred = False
        if brace == "{":
            self.stack.append(self.state)
        elif self.stack:
            self.state = self.stack.pop()

    def _emit(self, text: str) -> None:
        if self.pending:
            self._flush()
        if not self.state.hidden and not self.state.in_fonts:
            self.state.target.append(text)

    def _flush(self) -> None:
        if not self.pending:
            return
        encoding = self.state.encoding or self.default
        self.state.target.append(
            # Bytes of a font of signs are no letters.
            "•" * len(self.pending.strip()) if encoding == "symbol" else self.pending.decode(encoding, "replace")
        )
        self.pending.clear()

    def _word(self, word: str, parameter: int | None) -> None:
        starred, self.starred = self.starred, False
        if word == "u" and parameter is not None:
            self._unicode(parameter)
        elif word in _CHARACTERS:
            self._emit(_CHARACTERS[word])
        elif word == "bin":
            self.position += max(0, parameter or 0)
        elif starred or word in _DESTINATIONS:
            self._destination(word, starred=starred)
        else:
            self._property(word, parameter)

    def _unicode(self, parameter: int) -> None:
        self._emit(chr(parameter & 0xFFFF))
        self.ignore = self.state.skip_after_unicode

    def _destination(self, word: str, *, starred: bool) -> None:
        self._flush()
        if word == "ud":
            self.state = replace(self.state, hidden=False, in_upr=False)
        elif word == "upr":
            # The same words twice, in a code page and in Unicode (\ud); the first are hidden.
            self.state = replace(self.state, hidden=True, in_upr=True)
        elif word == "fonttbl":
            self.state = replace(self.state, in_fonts=True)
        elif word in _INFO:
            self.state = replace(self.state, target=self.info.setdefault(word, []))
        elif word in _AFTER:
            self.after.append([])
            self.state = replace(self.state, target=self.after[-1])
        elif word in _SKIPPED or (starred and word not in _KNOWN_OPTIONAL):
            self._skip_group()

    def _skip_group(self) -> None:
        """Go to the brace that ends the group, past pictures, whose bytes may look like braces."""
        depth, position = 1, self.position
        while position < len(self.data):
            for match in _BRACE.finditer(self.data, position):
                if match[1]:
                    position = match.end() + int(match[1])
                    break
                depth += _DEEPER.get(match[0], 0)
                if depth == 0:
                    self.position = match.start()
                    return
            else:
                break
        self.position = len(self.data)

    def _property(self, word: str, parameter: int | None) -> None:
        if self.state.in_fonts:
            self._font_property(word, parameter or 0)
        elif word in _DEFAULTS:
            self.default = _DEFAULTS[word] or code_page(parameter)
        elif word == "nofpages":
            self.pages = parameter
        elif word in _DATE:
            # The first date of the information group is that of its making.
            self.created.setdefault(word, parameter or 0)
        else:
            self._character_property(word, parameter)

    def _font_property(self, word: str, parameter: int) -> None:
        if word == "f":
            self.font = parameter
        elif word == "fcharset" and parameter > 1:
            # 0 and 1 are the code page of the document, whatever Windows wrote it on.
            self.fonts[self.font] = _CHARSETS.get(parameter, "")

    def _character_property(self, word: str, parameter: int | None) -> None:
        state = self.state
        if word == "f":
            state = replace(state, encoding=self.fonts.get(parameter or 0, ""))
        elif word == "plain":
            state = replace(state, encoding="", hidden=state.in_upr)
        elif word in ("v", "deleted") and not state.in_upr:
            state = replace(state, hidden=parameter != 0)
        elif word == "uc":
            state = replace(state, skip_after_unicode=max(0, parameter or 0))
        else:
            return
        self._flush()
        self.state = state


def read(source: Source) -> Found:
    """The text of body, then headers and notes. Raises Unreadable when it is no RTF."""
    if b"{\\rtf" not in source.head[:64]:
        raise damaged()
    return told(source.data())


def told(data: bytes) -> Found:
    """The text of the bytes of an RTF document."""
    reader = _Reader(data.decode("latin-1"))
    reader.run()
    texts = ["".join(reader.body)]
    texts += dict.fromkeys("".join(one).strip() for one in reader.after)
    text = _joined("\n".join(one for one in texts if one))
    made = reader.created
    created = f"{made['yr']:04d}-{made['mo']:02d}-{made['dy']:02d}" if len(made) == 3 and all(made.values()) else ""
    title, author = (_joined("".join(reader.info.get(key, []))).strip() for key in ("title", "author"))
    return Found(text, title, author, created, reader.pages or None)


def _joined(text: str) -> str:
    """Surrogate pairs, written as two words, become one character."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
