"""The encodings of texts, told apart by the letters that Czech text has."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SINGLE_BYTE = ("cp1250", "iso8859-2", "cp852", "cp1252", "kamenicky")
# The brothers Kamenický put Czech letters in place of the foreign ones of CP437.
_KAMENICKY = "ČüéďäĎŤčěĚĹÍľĺÄÁÉžŽôöÓůÚýÖÜŠĽÝŘťáíóúňŇŮÔšřŕŔ¼§«»"
_KAMENICKY_TABLE = "".join(map(chr, range(128))) + _KAMENICKY + bytes(range(176, 256)).decode("cp437")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = {65001: "utf-8", 10029: "mac_latin2", 1200: "utf-16-le", -535: "utf-8"}
# How much a character outside ASCII speaks for Czech, by its frequency; every other one speaks against it.
_WEIGHTS = (
    dict.fromkeys("áíéýěščřžůú", 5)
    | dict.fromkeys("ďťňóÁÍČŘŠŽÚ", 3)
    | dict.fromkeys("ÉÝĚŮĎŤŇÓäöüôľ„“–‚‘’”…§€°×", 1)
    | {"\u00a0": 0}
)
_LOWER, _UPPER = "a-záéíóúýěščřžůďťň", "A-ZÁÉÍÓÚÝĚŠČŘŽŮĎŤŇ"
# Capitals among small letters, small among capitals, or a sign inside a word tell of the wrong code page.
_ODD = re.compile(
    rf"[{_LOWER}][{_UPPER}][{_LOWER}]|[{_UPPER}][{_LOWER}][{_UPPER}]"
    r"|\w[^\w\s.,:;/'’\-@&_()\"+=*#„“”–<>\[\]{}|\\?!%]\w|[\x7f-\x9f\ue000-\uf8ff\ufffd]"
)


def decode(data: bytes) -> str:
    """The characters of `data`: by its mark, as UTF-8, as UTF-16 without a mark, else by the likeliest Czech code page.

    Line ends become newlines.
    """
    return _newlines(characters(data, encoding_of(data)))


def characters(data: bytes, encoding: str) -> str:
    """The bytes decoded; `encoding` is a codec of Python or "kamenicky"."""
    if encoding == "kamenicky":
        return codecs.charmap_decode(data, "replace", _KAMENICKY_TABLE)[0]
    return data.decode(encoding, "replace")


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def encoding_of(data: bytes) -> str:
    """The name of the encoding that `data` is most likely written in, for `characters`; never raises."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if wide := _wide_without_mark(data[:4096]):
        return wide
    try:
        data.decode()
    except UnicodeDecodeError as error:
        # A file cut off in the middle of a letter, or with one stray byte, is still UTF-8.
        if _mostly_utf8(data, error):
            return "utf-8"
    else:
        return "utf-8"
    return best_single_byte(data, SINGLE_BYTE)


def code_page(number: object) -> str:
    """The codec of a Windows code page number; cp1250 when the number says nothing useful."""
    if not isinstance(number, int):
        return "cp1250"
    name = _CODE_PAGES.get(number, f"cp{number & 0xFFFF}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1250"
    return name


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    if error.start >= len(data) - 4 and error.start > 64:
        return True
    text = data[:200_000].decode("utf-8", "replace")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good > 8 * text.count("\ufffd")


def _wide_without_mark(sample: bytes) -> str:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if len(sample) > 8 and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if len(sample) > 8 and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def best_single_byte(data: bytes, encodings: Sequence[str]) -> str:
    """The one of `encodings` in which `data` looks most like Czech; the first of equals."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    sample = b"\n".join(lines)[:60_000]
    if not sample:
        return encodings[0]
    return max(encodings, key=lambda encoding: _score(characters(sample, encoding)))


def _score(text: str) -> int:
    letters = sum(_WEIGHTS.get(char, -2) for char in text if char > "\x7f")
    return letters - 6 * len(_ODD.findall(text))


def looks_like_text(sample: bytes) -> bool:
    """Whether the bytes are text in some encoding: few control characters, once decoded."""
    if not sample:
        return False
    text = characters(sample, encoding_of(sample))
    controls = sum(1 for char in text if char < " " and char not in "\t\n\r\f\v\x1b\x1a\b")
    return controls * 200 <= len(text)
