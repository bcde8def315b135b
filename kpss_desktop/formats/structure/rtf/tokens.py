"""RTF cut into its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<text>[^\\{}\r\n]+)|[\r\n]|\\",
    re.DOTALL,
)


class What(Enum):
    """The kind of a token."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    TEXT = auto()
    BYTE = auto()
    BINARY = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token: the name of a control word or symbol with its number, or bytes of text."""

    what: What
    name: str = ""
    number: int | None = None
    data: bytes = b""


_PLAIN = {"open": Token(What.OPEN), "close": Token(What.CLOSE)}


def tokens(rtf: bytes) -> Iterator[Token]:
    """The tokens in their order; line ends between them mean nothing and are left out."""
    position = 0
    while position < len(rtf):
        match = _TOKEN.match(rtf, position)
        if match is None:
            return
        position = match.end()
        token = _token(match)
        if token is not None and token.name == "bin" and token.number is not None:
            size = max(0, token.number)
            yield Token(What.BINARY, data=rtf[position : position + size])
            position += size
        elif token is not None:
            yield token


def _token(match: re.Match[bytes]) -> Token | None:
    name = match.lastgroup
    if name in _PLAIN:
        return _PLAIN[name]
    if match["word"]:
        number = match["number"]
        return Token(What.WORD, match["word"].decode("ascii"), int(number) if number is not None else None)
    if match["byte"]:
        return Token(What.BYTE, data=bytes.fromhex(match["byte"].decode("ascii")))
    if match["symbol"]:
        return Token(What.SYMBOL, match["symbol"].decode("latin-1"))
    return Token(What.TEXT, data=match["text"]) if match["text"] else None
