"""What a hostile file is, and the pieces that several kinds of them are made of."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True)
class Trap:
    """A file of an attacker: the name it is dropped under, and how its bytes are made."""

    name: str
    make: Callable[[], bytes]

    @staticmethod
    def of(name: str, data: bytes) -> Trap:
        """One whose bytes are cheap to make."""
        return Trap(name, partial(bytes, data))


@dataclass(frozen=True)
class Member:
    """An entry of a ZIP, written as told, true or not; `None` means the true value.

    The names and numbers of `local` headers are those of the directory, unless they are given.
    """

    name: bytes
    data: bytes = b""
    method: int = zipfile.ZIP_DEFLATED
    packed: bytes | None = None
    flags: int = 0
    mode: int = 0
    size: int | None = None
    crc: int | None = None
    offset: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    extra: bytes = b""


def raw_zip(members: Iterable[Member], comment: bytes = b"") -> bytes:
    """A ZIP of members that may lie about everything (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16)."""
    body, directory, count = bytearray(), bytearray(), 0
    for one in members:
        packed = one.packed if one.packed is not None else deflated(one.data) if one.method == 8 else one.data
        crc = zlib.crc32(one.data) if one.crc is None else one.crc
        size = len(one.data) if one.size is None else one.size
        local = one.name if one.local_name is None else one.local_name
        local_size = size if one.local_size is None else one.local_size
        place = len(body) if one.offset is None else one.offset
        common = struct.pack("<HHHHI", one.flags, one.method, 0, 0x21, crc)
        body += struct.pack("<4sH", b"PK\3\4", 20) + common
        body += struct.pack("<IIHH", len(packed), local_size, len(local), 0) + local + packed
        directory += struct.pack("<4sHH", b"PK\1\2", 0x0314, 20) + common
        directory += struct.pack("<IIHHHHHII", len(packed), size, len(one.name), len(one.extra), 0, 0, 0,
                                 one.mode << 16, place & 0xFFFFFFFF) + one.name + one.extra  # fmt: skip
        count += 1
    end = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body), len(comment)
    )
    return bytes(body + directory + end + comment)


def deflated(data: bytes) -> bytes:
    """The bytes as a ZIP holds them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def blank(name: bytes, size: int) -> Member:
    """A true member of so many zeros."""
    check, piece = 0, bytes(1 << 20)
    for _ in range(size >> 20):
        check = zlib.crc32(piece, check)
    return Member(name, packed=zeros(size), size=size, crc=check)


def zeros(size: int) -> bytes:
    """A deflated stream of so many zeros, made without holding them."""
    packer, piece, made = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(1 << 20), bytearray()
    for _ in range(size >> 20):
        made += packer.compress(piece)
    return bytes(made + packer.flush())


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """An office document of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return made.getvalue()
