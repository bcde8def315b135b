"""The names in ZIPs of strangers, and of files whose system did not say how they are written.

A name without the UTF-8 flag was written by an old Windows program in CP852 (the DOS page) or CP1250; which one is
decided once for a whole ZIP by the Czech letters that come out. Sources: APPNOTE.TXT 6.3.10 sections 4.4.4 and 4.6.9
(Info-ZIP Unicode Path).
"""

from __future__ import annotations

import contextlib
import os
import struct
import zipfile
import zlib
from collections.abc import Sequence

ENCODINGS = ("utf-8", "cp852", "cp1250", "cp437")
_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_LETTERS = frozenset("áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ")
_USUAL = frozenset(" .,-_()[]+&'!@#§–…°%=;~^$")


def raw_name(info: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a name whose encoding is not told, which Python has read as CP437; None when `info` has it right.

    A name that an extra field tells becomes the name of `info`.
    """
    if info.flag_bits & _UTF8_FLAG:
        return None
    raw = info.orig_filename.encode("cp437", "replace")
    told = _unicode_path(info.extra, raw)
    if told is not None:
        info.filename = told
        return None
    return None if raw.isascii() else raw


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name of the Info-ZIP Unicode Path field, if it belongs to this very name."""
    while len(extra) >= 4:
        tag, length = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if tag == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            with contextlib.suppress(UnicodeDecodeError):
                return body[5:].decode()
    return None


def encoding_of(names: Sequence[bytes]) -> str:
    """UTF-8 when all names are; else the code page with the most Czech letters."""
    joined = b"\n".join(names)
    try:
        joined.decode()
    except UnicodeDecodeError:
        return max(("cp852", "cp1250", "cp437"), key=lambda page: _czech_score(joined.decode(page, "replace")))
    return "utf-8"


def readable(name: str) -> tuple[str, bytes | None]:
    """A file name that the system could not decode, read as Czech, and its bytes; any other as it is."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        return raw.decode(encoding_of([raw]), "replace"), raw
    return name, None


def _czech_score(text: str) -> float:
    """How Czech a text looks: its Czech letters, less twice whatever no Czech name holds."""
    score = 0.0
    for before, letter in zip(" " + text, text, strict=False):
        if letter in _LETTERS:
            # "zÁpis" is what the wrong page makes of "zápis".
            score += 1 if letter.islower() or not before.islower() else -1
        elif not (letter.isascii() and letter.isprintable()) and letter not in _USUAL and letter != "\n":
            score -= 2
    return score
