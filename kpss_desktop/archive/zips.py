"""Reading ZIPs of strangers: right Czech names, nothing unpacked by its path, nothing that could fill the disk.

A name without the UTF-8 flag was written by an old Windows program in CP852 (the DOS page) or CP1250; which one is
decided once for a whole ZIP by the Czech letters that come out. Sources: APPNOTE.TXT 6.3.10 sections 4.4.4 and 4.6.9
(Info-ZIP Unicode Path), and for the limits docs/architecture.md.
"""

from __future__ import annotations

import contextlib
import itertools
import lzma
import os
import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, BinaryIO, cast

from kpss_desktop.errors import KpssError

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_UNICODE_PATH = 0x7075
_AES = 99  # the compression method that stands for it (WinZip AES)
_MAX_MEMBER = 500 * 1024 * 1024  # bytes
_MAX_RATIO, _RATIO_MATTERS = 200, 20 * 1024 * 1024
_MAX_ENTRIES = 100_000
_IN_MEMORY = 8 * 1024 * 1024
_LETTERS = frozenset("áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ")
_USUAL = frozenset(" .,-_()[]+&'!@#§–…°%=;~^$")
_DRIVE = re.compile(r"[A-Za-z]:")
ENCODINGS = ("utf-8", "cp852", "cp1250", "cp437")
_OFFICE = {"[Content_Types].xml", "mimetype"}


class Refusal(StrEnum):
    """Why something cannot be taken in, as data."""

    UNREADABLE = "unreadable"
    PASSWORD = "password"
    AES = "aes"  # encrypted in a way that this program does not open
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in a ZIP. `index` is its place in the directory, for names may repeat; `size` in bytes, unpacked.

    `raw` holds the name's bytes when the ZIP does not say their encoding.
    """

    index: int
    name: str
    size: int
    raw: bytes | None = None
    refusal: Refusal | None = None

    @property
    def encrypted(self) -> bool:
        """Whether a password is needed."""
        return self.refusal in (Refusal.PASSWORD, Refusal.AES)


def is_zip(path: Path) -> bool:
    """Whether a file is a ZIP to be looked into, and no office document, which is packed the same way."""
    try:
        with path.open("rb") as handle:
            if handle.read(2) != b"PK":
                return False
        with zipfile.ZipFile(path) as packed:
            return not _OFFICE & set(packed.namelist())
    except (OSError, *_ZIP_ERRORS):
        return path.suffix.casefold() == ".zip"


_ZIP_ERRORS = (
    zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error, zlib.error, EOFError, RuntimeError,
    ValueError, lzma.LZMAError,
)  # fmt: skip


@contextlib.contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """A ZIP, closed at the end; raises BadZip."""
    try:
        packed = zipfile.ZipFile(source)
    except _ZIP_ERRORS as error:
        raise BadZip(Refusal.DAMAGED_ZIP) from error
    with packed:
        if len(packed.infolist()) > _MAX_ENTRIES:
            raise BadZip(Refusal.TOO_MANY)
        yield packed


def entries(packed: zipfile.ZipFile, encoding: str = "", *, unlocked: bool = False) -> tuple[Entry, ...]:
    """The files of a ZIP in their order, folders left out.

    `encoding` is the clerk's word for the names whose encoding is not told, one of `ENCODINGS`; `unlocked` says that
    the password is known.
    """
    infos = packed.infolist()
    raws = [_raw_name(info) for info in infos]
    encoding = encoding or _encoding([raw for raw in raws if raw is not None])
    overlapping = _overlapping(infos)
    found = []
    for index, (info, raw) in enumerate(zip(infos, raws, strict=True)):
        name = (info.filename if raw is None else raw.decode(encoding, "replace")).replace("\\", "/")
        if name.endswith("/"):
            continue
        refusal = Refusal.BOMB if index in overlapping else _refusal(info, name, unlocked=unlocked)
        found.append(Entry(index, name, info.file_size, raw, refusal))
    return tuple(found)


def password_of(packed: zipfile.ZipFile, passwords: Sequence[str]) -> str | None:
    """The first of the passwords that opens the ZIP; "" when none is needed or none would help, None when none fits.

    The smallest member that may be taken is read whole, for its check sum says more than the single byte a password is
    checked by.
    """
    infos = packed.infolist()
    overlapping = _overlapping(infos)
    locked = [
        (info.file_size, index)
        for index, info in enumerate(infos)
        if info.flag_bits & _ENCRYPTED_FLAG and index not in overlapping
        if _refusal(info, info.filename.replace("\\", "/"), unlocked=True) is None
    ]
    if not locked:
        return ""
    _, smallest = min(locked)
    for password in passwords:
        with contextlib.suppress(BadZip), unpacked(packed, smallest, password):
            return password
    return None


def _raw_name(info: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a name whose encoding is not told; Python has read them as CP437."""
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


def _encoding(names: Sequence[bytes]) -> str:
    """UTF-8 when all names are; else the code page with the most Czech letters."""
    joined = b"\n".join(names)
    try:
        joined.decode()
    except UnicodeDecodeError:
        return max(("cp852", "cp1250", "cp437"), key=lambda page: czech_score(joined.decode(page, "replace")))
    return "utf-8"


def readable(name: str) -> tuple[str, bytes | None]:
    """A file name that the system could not decode, read as Czech, and its bytes; any other as it is."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        return raw.decode(_encoding([raw]), "replace"), raw
    return name, None


def czech_score(text: str) -> float:
    """How Czech a text looks: its Czech letters, less twice whatever no Czech name holds."""
    score = 0.0
    for before, letter in zip(" " + text, text, strict=False):
        if letter in _LETTERS:
            # "zÁpis" is what the wrong page makes of "zápis".
            score += 1 if letter.islower() or not before.islower() else -1
        elif not (letter.isascii() and letter.isprintable()) and letter not in _USUAL and letter != "\n":
            score -= 2
    return score


def _refusal(info: zipfile.ZipInfo, name: str, *, unlocked: bool) -> Refusal | None:
    if name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name) or "\0" in info.orig_filename:
        return Refusal.UNSAFE_NAME
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Refusal.LINK
    if info.flag_bits & _ENCRYPTED_FLAG and (info.compress_type == _AES or not unlocked):
        return Refusal.AES if info.compress_type == _AES else Refusal.PASSWORD
    if info.file_size > _MAX_MEMBER:
        return Refusal.TOO_BIG
    if info.file_size > _RATIO_MATTERS and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
        return Refusal.BOMB
    return None


def _overlapping(infos: Sequence[zipfile.ZipInfo]) -> set[int]:
    """Members that share bytes of the file: the mark of a bomb that needs no nesting (Fifield 2019)."""
    order = sorted(range(len(infos)), key=lambda index: infos[index].header_offset)
    shared = set()
    for here, following in itertools.pairwise(order):
        end = infos[here].header_offset + 30 + len(infos[here].orig_filename) + infos[here].compress_size
        if end > infos[following].header_offset:
            shared |= {here, following}
    return shared


@contextlib.contextmanager
def unpacked(packed: zipfile.ZipFile, index: int, password: str = "") -> Iterator[BinaryIO]:
    """One member, unpacked into memory or a temporary file, never more of it than the directory promised.

    Raises BadZip.
    """
    info = packed.infolist()[index]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        try:
            with packed.open(info, pwd=_password_bytes(password)) as stream:
                shutil.copyfileobj(_Limited(stream, info.file_size), spool)
        except _ZIP_ERRORS as error:
            raise BadZip(Refusal.DAMAGED_ZIP) from error
        spool.seek(0)
        yield cast(BinaryIO, spool)


def _password_bytes(password: str) -> bytes | None:
    """A password as Czech Windows programs use it; ASCII ones are the same in all code pages."""
    return password.encode("cp1250", "replace") if password else None


class _Limited:
    """A stream that refuses to give more than was promised."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int = -1) -> bytes:
        """Read as the stream does; raises BadZip once there is more than the limit."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise BadZip(Refusal.BOMB)
        return data
