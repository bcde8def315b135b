"""The bytes of one member of a stranger's ZIP, never more of them in memory or on the disk than it promised.

Python's own reader holds back what deflate gives, but unpacks BZIP2 and LZMA as far as the packed bytes reach, which
may be gigabytes for a few kilobytes. These two are unpacked here, piece by piece. Sources: APPNOTE.TXT 6.3.10 sections
4.3.7 and 5.8 (LZMA), and the .lzma container of the LZMA SDK that its stream is told as.
"""

from __future__ import annotations

import bz2
import contextlib
import errno
import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import IO, BinaryIO, Protocol, cast

from kpss_desktop.archive.intake.zip_aes import aes_errors
from kpss_desktop.errors import KpssError

ENCRYPTED_FLAG = 0x1
_IN_MEMORY = 8 * 1024 * 1024  # bytes
_PIECE = 1 << 20
_PAGES = ("cp1250", "utf-8", "cp852")  # in which passwords are written, the likeliest first
_LARGEST_WINDOW = 200 * 1024 * 1024  # bytes of memory for LZMA; the strongest setting of 7-Zip asks for 64 MB
_ERRORS = (
    zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error, zlib.error, EOFError, RuntimeError,
    ValueError, lzma.LZMAError,
)  # fmt: skip


class Refusal(StrEnum):
    """Why something cannot be taken in, as data."""

    UNREADABLE = "unreadable"
    PASSWORD = "password"
    BOMB = "bomb"
    UNSAFE_NAME = "unsafe_name"
    LINK = "link"
    DAMAGED_ZIP = "damaged_zip"
    TOO_BIG = "too_big"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"


class BadZip(KpssError):
    """The ZIP, or a member of it, cannot be read; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def zip_errors() -> tuple[type[Exception], ...]:
    """What the readers of ZIPs raise on what is broken or unknown to them, beside OSError."""
    return _ERRORS + aes_errors()


class _Unpacker(Protocol):
    """What the decompressors of Python's libraries have in common."""

    @property
    def needs_input(self) -> bool:
        """Whether it has told all it can of what it was given."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most so many bytes; what is left of `data` is kept."""


@contextlib.contextmanager
def unpacked(packed: zipfile.ZipFile, index: int, password: str = "") -> Iterator[BinaryIO]:
    """One member, unpacked into memory or a temporary file, never more of it than the directory promised.

    Raises BadZip.
    """
    info = packed.infolist()[index]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        try:
            for piece in _pieces(packed, info, _password_bytes(password)):
                spool.write(piece)
                if spool.tell() > info.file_size:
                    raise BadZip(Refusal.BOMB)
        except OSError as error:
            if _is_of_the_disk(error):
                raise
            raise BadZip(Refusal.DAMAGED_ZIP) from error
        except zip_errors() as error:
            raise BadZip(Refusal.DAMAGED_ZIP) from error
        spool.seek(0)
        yield cast(BinaryIO, spool)


def _is_of_the_disk(error: OSError) -> bool:
    """Whether the disk failed; a broken stream has no number, and a place that no file has is the directory's lie."""
    return error.errno not in (None, errno.EINVAL)


def _pieces(packed: zipfile.ZipFile, info: zipfile.ZipInfo, password: bytes | None) -> Iterator[bytes]:
    # Opening it compares the two headers and tries the password.
    with packed.open(info, pwd=password) as stream:
        if info.compress_type not in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
            while piece := stream.read(_PIECE):
                yield piece
            return
    if info.flag_bits & ENCRYPTED_FLAG:
        raise NotImplementedError("an encrypted member that is not packed by deflate")
    yield from _checked(_bounded(_packed_bytes(packed, info), info), info)


def _packed_bytes(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    handle = cast(IO[bytes], packed.fp)
    handle.seek(info.header_offset + 26)
    name, extra = struct.unpack("<HH", handle.read(4))
    start, left = info.header_offset + 30 + name + extra, info.compress_size
    while left > 0:
        handle.seek(start)
        piece = handle.read(min(left, _PIECE))
        if not piece:
            raise EOFError
        start, left = start + len(piece), left - len(piece)
        yield piece


def _bounded(packed: Iterator[bytes], info: zipfile.ZipInfo) -> Iterator[bytes]:
    unpacker: _Unpacker
    first = b""
    if info.compress_type == zipfile.ZIP_BZIP2:
        unpacker = bz2.BZ2Decompressor()
    else:
        head = next(packed, b"")
        if head[2:4] != b"\x05\x00":
            raise ValueError("not the properties of LZMA")
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_LARGEST_WINDOW)
        first = head[4:9] + struct.pack("<Q", info.file_size) + head[9:]
    for piece in _first_then(first, packed):
        yield unpacker.decompress(piece, _PIECE)
        while not unpacker.needs_input and not unpacker.eof:
            yield unpacker.decompress(b"", _PIECE)
        if unpacker.eof:
            return


def _first_then(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from others


def _checked(pieces: Iterator[bytes], info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The same pieces; raises BadZipFile at the end when they are not what the directory says."""
    check, size = 0, 0
    for piece in pieces:
        check, size = zlib.crc32(piece, check), size + len(piece)
        yield piece
    if (check, size) != (info.CRC, info.file_size):
        raise zipfile.BadZipFile("the sum is wrong")


def spellings(password: str) -> tuple[str, ...]:
    """A password as a ZIP may have been locked with it: by Windows, by newer programs (UTF-8), by DOS.

    The bytes are those that `unpacked` uses. A password without accents is the same everywhere.
    """
    written = []
    for page in _PAGES:
        with contextlib.suppress(UnicodeEncodeError):
            written.append(password.encode(page))
    return tuple(dict.fromkeys(one.decode(_PAGES[0], "surrogateescape") for one in written))


def _password_bytes(password: str) -> bytes | None:
    return password.encode(_PAGES[0], "surrogateescape") if password else None
