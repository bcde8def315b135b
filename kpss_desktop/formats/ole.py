"""OLE compound files of strangers: opened, their streams and what they say about themselves."""

from __future__ import annotations

import codecs
import datetime as dt
import struct
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import olefile

from kpss_desktop.formats.found import Found, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What olefile lets through on files that break the format.
BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError)


@contextmanager
def open_ole(path: Path) -> Iterator[olefile.OleFileIO[Any]]:
    """The compound file at `path`; raises Unreadable when its structure is broken, OSError when it cannot be opened."""
    # The file is opened here, because olefile walks the whole call stack for each one that it opens itself.
    with path.open("rb") as file:
        try:
            opened = olefile.OleFileIO(file)
        except BROKEN:
            raise damaged() from None
        yield opened


def root_names(ole: olefile.OleFileIO[Any]) -> list[str]:
    """The names of streams and storages right under the root, not of objects embedded deeper."""
    return [entry[0] for entry in ole.listdir(streams=True, storages=True) if len(entry) == 1]


def stream(ole: olefile.OleFileIO[Any], name: str | list[str]) -> bytes:
    """The bytes of a stream, b"" when it is missing or broken."""
    try:
        with ole.openstream(name) as opened:
            data = opened.read()
    except BROKEN:
        return b""
    return bytes(data)


def with_properties(ole: olefile.OleFileIO[Any], text: str) -> Found:
    """The text together with title, author, day of making and number of pages ([MS-OLEPS] SummaryInformation)."""
    found = Found(text)
    if not ole.exists("\x05SummaryInformation"):
        return found
    try:
        values = ole.getproperties("\x05SummaryInformation", convert_time=True, no_conversion=[10])
    except BROKEN:
        return found
    encoding = code_page(values.get(1, 1250))
    created: object = values.get(12)
    pages: object = values.get(14)
    return replace(
        found,
        title=_string(values.get(2), encoding),
        author=_string(values.get(4), encoding),
        # Files without a date carry the beginning of the epoch, 1601.
        created=created.isoformat() if isinstance(created, dt.datetime) and created.year > 1980 else "",
        pages=pages if isinstance(pages, int) and 0 < pages < 100_000 else None,
    )


def code_page(number: object) -> str:
    """The codec of a Windows code page number; cp1250 when the number says nothing useful."""
    if not isinstance(number, int):
        return "cp1250"
    known = {65001: "utf-8", 10029: "mac_latin2", 1200: "utf-16-le", -535: "utf-8"}
    name = known.get(number, f"cp{number & 0xFFFF}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1250"
    return name


def _string(value: object, encoding: str) -> str:
    if isinstance(value, bytes):
        value = value.decode(encoding, "replace")
    return value.replace("\0", "").strip() if isinstance(value, str) else ""
