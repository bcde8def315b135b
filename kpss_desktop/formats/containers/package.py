"""ZIP packages of strangers: DOCX, ODT and their kin, opened with limits and also when they are cut off."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from kpss_desktop.formats.found import Unreadable, damaged, encrypted
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED = 300_000_000
MAX_RATIO = 200
RATIO_COUNTS_ABOVE = 20_000_000
"""Small packages of blank XML pack better than 200:1, so the ratio is judged above this many bytes only."""

_LOCAL = struct.Struct("<4sHHHHHIIIHH")


def too_big() -> Unreadable:
    """The package unpacks to more than a reader may hold."""
    return Unreadable(TextState.UNSUPPORTED, Reason.TOO_BIG)


class Package:
    """The members of a ZIP by name; its file has to stay open.

    When the directory at its end is missing or broken, the members are gathered from their own headers, as much of
    them as there is. Raises Unreadable when there is nothing to gather, or when it would unpack absurdly large.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._zip: zipfile.ZipFile | None = None
        self._salvaged: dict[str, bytes] = {}
        try:
            self._zip = _opened(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError, struct.error):
            file.seek(0)
            self._salvaged = dict(_salvage(file.read()))
            if not self._salvaged:
                raise damaged() from None
        self._members = {} if self._zip is None else self._checked(self._zip)
        self.names: tuple[str, ...] = tuple(self._salvaged or self._members)

    @staticmethod
    def _checked(opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
        members = opened.infolist()
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if unpacked > MAX_UNPACKED or (unpacked > RATIO_COUNTS_ABOVE and unpacked > MAX_RATIO * packed):
            raise too_big()
        # Some writers part folders by a backslash.
        return {member.filename.replace("\\", "/"): member for member in members}

    @cached_property
    def content_types(self) -> bytes:
        """The part that tells the types of all others; b"" when there is none. Raises Unreadable as `read` does."""
        return self.read("[Content_Types].xml")

    def read(self, name: str) -> bytes:
        """The bytes of a member, b"" when there is none. Raises Unreadable when it is broken or has a password."""
        if self._zip is None:
            return self._salvaged.get(name, b"")
        member = self._members.get(name)
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise encrypted()
        try:
            return self._unpacked(self._zip, member)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, struct.error):
            return self._damaged_member(member)

    def read_if_whole(self, name: str) -> bytes:
        """As `read`, of a member that the document can do without: b"" also when it is broken or has a password."""
        try:
            return self.read(name)
        except Unreadable:
            return b""

    def _unpacked(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """The bytes of a member, proved by their checksum, without the steps in which zipfile reads large ones."""
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return opened.read(member)
        self._file.seek(member.header_offset)
        fields = _LOCAL.unpack(self._file.read(_LOCAL.size))
        self._file.seek(fields[9] + fields[10], os.SEEK_CUR)
        content = self._file.read(member.compress_size)
        if member.compress_type == zipfile.ZIP_DEFLATED:
            content = zlib.decompressobj(-15).decompress(content, member.file_size + 1)
        if fields[0] != b"PK\x03\x04" or len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise zipfile.BadZipFile
        return content

    def _damaged_member(self, member: zipfile.ZipInfo) -> bytes:
        """What can be unpacked of a member whose checksum or stream is broken."""
        self._file.seek(member.header_offset)
        data = self._file.read(_LOCAL.size + 65_536 * 2 + member.compress_size)
        for name, content in _salvage(data):
            if name and content:
                return content
            break
        raise damaged()


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    opened = zipfile.ZipFile(file)
    if any(member.header_offset < 0 for member in opened.infolist()):
        raise zipfile.BadZipFile("a directory of another file")
    return opened


def _salvage(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each member from its local header (APPNOTE 4.3.7), as far as it can be unpacked."""
    room = MAX_UNPACKED
    start = data.find(b"PK\x03\x04")
    while start >= 0 and start + _LOCAL.size <= len(data):
        fields = _LOCAL.unpack_from(data, start)
        method, packed, name_length, extra_length = fields[3], fields[7], fields[9], fields[10]
        body = start + _LOCAL.size + name_length + extra_length
        raw_name = data[start + _LOCAL.size : start + _LOCAL.size + name_length]
        name = raw_name.decode("utf-8" if fields[2] & 0x800 else "cp437", "replace").replace("\\", "/")
        content = _unpack(data, body, method, packed, room)
        room -= len(content)
        if room <= 0:
            raise too_big()
        if content and not fields[2] & 1:
            yield name, content
        start = data.find(b"PK\x03\x04", body + (packed if 0 < packed < len(data) - body else 0))


def _unpack(data: bytes, start: int, method: int, packed: int, room: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return data[start : start + packed]
    if method != zipfile.ZIP_DEFLATED:
        return b""
    unpacker = zlib.decompressobj(-15)
    pieces: list[bytes] = []
    # Small steps, so that what comes before the broken byte is kept.
    for position in range(start, len(data), 4096):
        try:
            piece = unpacker.decompress(data[position : position + 4096], room)
        except zlib.error:
            break
        pieces.append(piece)
        room -= len(piece)
        if unpacker.eof or room <= 0:
            break
    return b"".join(pieces)
