"""Letters saved by Outlook ([MS-OXMSG]): properties in the streams of a compound file."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats import html, rtf
from kpss_desktop.formats.containers.summary import file_time
from kpss_desktop.formats.encodings import code_page, decode
from kpss_desktop.formats.found import damaged
from kpss_desktop.formats.mail.letter import Attachment, Letter

if TYPE_CHECKING:
    from kpss_desktop.formats.containers.compound import Compound
    from kpss_desktop.formats.found import Found
    from kpss_desktop.formats.source import Source

# Property ids of [MS-OXPROPS].
_SUBJECT, _SENDER, _SENDER_MAIL, _RECIPIENTS = "0037", "0C1A", "0C1F", "0E04"
_BODY, _HTML, _RTF = "1000", "1013", "1009"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"
_SENT, _CODE_PAGES = 0x00390040, (0x3FFD0003, 0x3FDE0003)
_RTF_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u"
    rb"\tab\tx"
)
"""What the compressed form starts with ([MS-OXRTFCP] 2.1.2.1)."""


def read(source: Source) -> Found:
    """Subject, sender, recipients, the body and the names of the attachments."""
    return letter(source).found()


def letter(source: Source) -> Letter:
    """The letter with its attachments. Raises Unreadable when it is none."""
    opened = source.compound
    properties = opened.stream("__properties_version1.0")
    if not properties:
        raise damaged()
    fixed = _fixed(properties)
    encoding = next((code_page(fixed[key] & 0xFFFFFFFF) for key in _CODE_PAGES if key in fixed), "cp1250")
    sender = " ".join(
        part for part in (_string(opened, [], _SENDER, encoding), _string(opened, [], _SENDER_MAIL, encoding)) if part
    )
    return Letter(
        _string(opened, [], _SUBJECT, encoding), sender, _string(opened, [], _RECIPIENTS, encoding),
        _moment(fixed.get(_SENT, 0)), _body(opened, encoding), tuple(_attachments(opened, encoding)),
    )  # fmt: skip


def _fixed(properties: bytes) -> dict[int, int]:
    """The values of fixed size of the letter, by tag; its 32 bytes of head come first."""
    entries = (struct.unpack_from("<IIQ", properties, at) for at in range(32, len(properties) - 15, 16))
    return {tag: value for tag, _flags, value in entries}


def _string(opened: Compound, place: list[str], name: str, encoding: str) -> str:
    wide = opened.stream(*place, f"__substg1.0_{name}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").replace("\0", "").strip()
    narrow = opened.stream(*place, f"__substg1.0_{name}001E")
    try:
        text = narrow.decode(encoding)
    except UnicodeDecodeError:
        text = decode(narrow)
    return text.replace("\0", "").strip()


def _body(opened: Compound, encoding: str) -> str:
    text = _string(opened, [], _BODY, encoding)
    if text:
        return text.replace("\r\n", "\n")
    page = opened.stream(f"__substg1.0_{_HTML}0102")
    if page:
        return html.told(page).text
    packed = opened.stream(f"__substg1.0_{_RTF}0102")
    plain = unpack_rtf(packed) if packed else b""
    return rtf.told(plain).text if plain.startswith(b"{\\rtf") else decode(plain)


def _attachments(opened: Compound, encoding: str) -> list[Attachment]:
    found: list[Attachment] = []
    for entry in sorted(name for name in opened.names if name.startswith("__attach_version1.0_")):
        name = _string(opened, [entry], _LONG_NAME, encoding) or _string(opened, [entry], _SHORT_NAME, encoding)
        data = opened.stream(entry, f"__substg1.0_{_DATA}0102")
        if name or data:
            found.append(Attachment(name, data))
    return found


def _moment(value: int) -> str:
    moment = file_time(value)
    return moment.replace(tzinfo=dt.UTC).isoformat(timespec="seconds") if moment else ""


def unpack_rtf(data: bytes) -> bytes:
    """The RTF of a compressed body ([MS-OXRTFCP] 3.1); b"" when it is no such thing."""
    if len(data) < 16:
        return b""
    _size, raw_size, kind = struct.unpack_from("<II4s", data)
    if kind == b"MELA":
        return data[16 : 16 + raw_size]
    if kind != b"LZFu":
        return b""
    return _unpacked(data[16:])[:raw_size]


def _unpacked(data: bytes) -> bytes:
    window = bytearray(_RTF_DICTIONARY.ljust(4096, b" "))
    position, out = 0, bytearray()
    while position < len(data):
        control = data[position]
        position += 1
        for bit in range(8):
            write = len(_RTF_DICTIONARY) + len(out)
            if not control >> bit & 1:
                piece = data[position : position + 1]
                position += 1
            else:
                offset, length = _reference(data, position)
                position += 2
                if offset == write % 4096:  # a reference to itself is the end
                    return bytes(out)
                # It may reach into what it is just writing: then what there is repeats.
                known = (write - offset - 1) % 4096 + 1
                piece = bytes(window[(offset + step % known) % 4096] for step in range(length))
            for step, byte in enumerate(piece):
                window[(write + step) % 4096] = byte
            out += piece
    return bytes(out)


def _reference(data: bytes, position: int) -> tuple[int, int]:
    """(place in the window, number of bytes) of a repetition."""
    word = int.from_bytes(data[position : position + 2], "big")
    return word >> 4, (word & 0x0F) + 2
