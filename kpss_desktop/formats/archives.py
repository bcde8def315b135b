"""ZIPs that are no documents: the names of what is in them, so that a search finds them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from kpss_desktop.formats.encodings import best_single_byte
from kpss_desktop.formats.found import Found, damaged

if TYPE_CHECKING:
    from kpss_desktop.formats.source import Source

_UTF8_FLAG = 0x800
_MAX_NAMES = 20_000


def read_zip(source: Source) -> Found:
    """The names of the members, one a line. Raises Unreadable when the directory of the ZIP is broken."""
    try:
        with zipfile.ZipFile(source.file) as opened:
            members = opened.infolist()[:_MAX_NAMES]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise damaged() from None
    return Found("\n".join(name for name in member_names(members) if not name.endswith("/")))


def member_names(members: list[zipfile.ZipInfo]) -> list[str]:
    """The names as they were typed: Czech programs of DOS and Windows wrote CP852 or CP1250 without saying so.

    One program made the whole ZIP, so all its names are judged together.
    """
    raw = {one.filename: _raw(one) for one in members if not one.flag_bits & _UTF8_FLAG}
    try:
        encoding = "utf-8"
        b"\n".join(raw.values()).decode(encoding)
    except UnicodeDecodeError:
        encoding = best_single_byte(b"\n".join(raw.values()), ("cp852", "cp1250"))
    return [raw[one.filename].decode(encoding, "replace") if one.filename in raw else one.filename for one in members]


def _raw(member: zipfile.ZipInfo) -> bytes:
    try:
        return member.filename.encode("cp437")
    except UnicodeEncodeError:  # a name that an extra field gave in Unicode
        return member.filename.encode()
