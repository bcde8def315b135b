"""Reading ZIPs of strangers: nothing unpacked by its path, nothing that could fill the disk or the memory.

Sources: APPNOTE.TXT 6.3.10 sections 4.3.12 to 4.3.16, and for the limits docs/architecture.md.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kpss_desktop.archive.intake.unpacking import ENCRYPTED_FLAG, BadZip, Refusal, spellings, unpacked, zip_errors
from kpss_desktop.archive.intake.zip_aes import is_aes, opened_aes
from kpss_desktop.archive.intake.zip_names import ENCODINGS, encoding_of, raw_name

__all__ = [
    "ENCODINGS", "BadZip", "Entry", "Refusal", "entries", "is_zip", "opened", "password_of", "unpacked",
]  # fmt: skip

_MAX_MEMBER = 500 * 1024 * 1024  # bytes
_MAX_RATIO, _RATIO_MATTERS = 200, 20 * 1024 * 1024
_MAX_ENTRIES = 100_000
_MAX_DIRECTORY = 64 * 1024 * 1024  # bytes; a hundred thousand long names
_END, _END_64, _ENTRY = b"PK\5\6", b"PK\6\6", b"PK\1\2"
_END_LENGTH, _END_64_LENGTH = 22, 76  # bytes; the second with the locator that follows it
_UNKNOWN = 0xFFFFFFFF  # the length stands in the longer end
_LONGEST_END = _END_LENGTH + _END_64_LENGTH + 0xFFFF  # bytes to the end of the file: a comment may be so long
_DRIVE = re.compile(r"[A-Za-z]:")
_OFFICE = {"[Content_Types].xml", "mimetype"}


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
        return self.refusal is Refusal.PASSWORD


def is_zip(path: Path) -> bool:
    """Whether a file is a ZIP to be looked into, and no office document, which is packed the same way."""
    try:
        with path.open("rb") as handle:
            if handle.read(2) != b"PK":
                return False
        with opened(path) as packed:
            return not _OFFICE & set(packed.namelist())
    except (OSError, BadZip):
        return path.suffix.casefold() == ".zip"


@contextlib.contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """A ZIP, closed at the end; raises BadZip, OSError."""
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        if _is_too_long(stream):
            raise BadZip(Refusal.TOO_MANY)
        try:
            packed = stack.enter_context(zipfile.ZipFile(stream))
            if is_aes(packed):
                packed = stack.enter_context(opened_aes(stream))
        except zip_errors() as error:
            raise BadZip(Refusal.DAMAGED_ZIP) from error
        if len(packed.infolist()) > _MAX_ENTRIES:
            raise BadZip(Refusal.TOO_MANY)
        yield packed


def _is_too_long(stream: IO[bytes]) -> bool:
    """Whether the directory would fill the memory. Python reads as many entries as there are bytes for.

    How many there are is asked of the bytes before the end, for the count that stands in it may be any.
    """
    size = stream.seek(0, os.SEEK_END)
    start = stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_LENGTH:
        return False
    length = int.from_bytes(tail[place + 12 : place + 16], "little")
    wide = tail.rfind(_END_64, 0, place)
    if length == _UNKNOWN and wide >= 0:
        length = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    if length > _MAX_DIRECTORY:
        # A length that the file has no room for is damage, which Python's reader tells by itself.
        return length <= size
    end = start + place
    stream.seek(max(0, end - length - 2 * _END_64_LENGTH))
    return stream.read(end - stream.tell()).count(_ENTRY) > _MAX_ENTRIES


def entries(packed: zipfile.ZipFile, encoding: str = "", *, unlocked: bool = False) -> tuple[Entry, ...]:
    """The files of a ZIP in their order, folders left out.

    `encoding` is the clerk's word for the names whose encoding is not told, one of `ENCODINGS`; `unlocked` says that
    the password is known.
    """
    infos = packed.infolist()
    raws = [raw_name(info) for info in infos]
    encoding = encoding or encoding_of([raw for raw in raws if raw is not None])
    overlapping = _overlapping(infos)
    found = []
    for index, (info, raw) in enumerate(zip(infos, raws, strict=True)):
        name = (info.filename if raw is None else raw.decode(encoding, "replace")).replace("\\", "/")
        if name.endswith("/") and not info.file_size:
            continue
        refusal = Refusal.BOMB if index in overlapping else _refusal(info, name, unlocked=unlocked)
        found.append(Entry(index, name, info.file_size, raw, refusal))
    return tuple(found)


def password_of(packed: zipfile.ZipFile, passwords: Sequence[str]) -> str | None:
    """The first of the passwords that opens the ZIP, spelt as it is for it; "" when none is needed or none would help.

    None when none fits.

    The smallest member that may be taken is read whole, for its check sum says more than the single byte a password is
    checked by.
    """
    infos = packed.infolist()
    overlapping = _overlapping(infos)
    locked = [
        (info.file_size, index)
        for index, info in enumerate(infos)
        if info.flag_bits & ENCRYPTED_FLAG and index not in overlapping
        if _refusal(info, info.filename.replace("\\", "/"), unlocked=True) is None
    ]
    if not locked:
        return ""
    _, smallest = min(locked)
    for password in itertools.chain.from_iterable(map(spellings, passwords)):
        with contextlib.suppress(BadZip), unpacked(packed, smallest, password):
            return password
    return None


def _refusal(info: zipfile.ZipInfo, name: str, *, unlocked: bool) -> Refusal | None:
    parts = name.split("/")
    if not parts[0] or not parts[-1] or ".." in parts or _DRIVE.match(name) or "\0" in info.orig_filename:
        return Refusal.UNSAFE_NAME
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Refusal.LINK
    if info.flag_bits & ENCRYPTED_FLAG and not unlocked:
        return Refusal.PASSWORD
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
