"""Writing ZIPs: UTF-8 names, safe and unique, and the same bytes for the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from kpss_desktop.errors import MissingFile
from kpss_desktop.lasting import clear_leftovers, digest_of, written_aside
from kpss_desktop.model import PartialDate
from kpss_desktop.progress import Progress
from kpss_desktop.safe_names import numbered, path_key, safe_name

_CHUNK = 1 << 20
_OLDEST = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no earlier time
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made: `bytes` is the size of the file at `path`, `files` the documents in it."""

    path: Path
    files: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Packed:
    """One entry of a ZIP: from a file, or from bytes at hand. The date becomes its time, so it never changes."""

    name: str
    source: Path | bytes
    date: PartialDate | None = None


def unique_names(names: Iterable[str]) -> list[str]:
    """Safe names that differ whatever the case of their letters, in the same order."""
    taken: set[str] = set()
    found = []
    for name in names:
        number, wanted = 1, safe_name(PurePosixPath(name).name)
        while path_key(unique := numbered(wanted, number)) in taken:
            number += 1
        taken.add(path_key(unique))
        found.append(unique)
    return found


def write_zip(target: Path, entries: Sequence[Packed], files: int, progress: Progress) -> Exported:
    """Write a ZIP whole or not at all; raises MissingFile, OSError, Cancelled."""
    with written_aside(target) as handle:
        with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
            for number, entry in enumerate(entries):
                progress(number, len(entries), entry.name)
                _add(packed, entry)
        size = handle.tell()
    clear_leftovers(target)
    progress(len(entries), len(entries))
    return Exported(target, files, size, digest_of(target))


def _add(packed: zipfile.ZipFile, entry: Packed) -> None:
    info = zipfile.ZipInfo(entry.name, _time(entry.date))
    info.create_system, info.external_attr, info.compress_type = _UNIX, _PLAIN_FILE, zipfile.ZIP_DEFLATED
    if isinstance(entry.source, bytes):
        packed.writestr(info, entry.source)
        return
    try:
        source = cast(BinaryIO, entry.source.open("rb"))
    except FileNotFoundError:
        raise MissingFile(entry.source) from None
    with source, packed.open(info, "w", force_zip64=entry.source.stat().st_size > 1 << 31) as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)


def _time(date: PartialDate | None) -> tuple[int, int, int, int, int, int]:
    if date is None or date.year is None or not 1980 <= date.year <= 2107:
        return _OLDEST
    return (date.year, date.month or 1, date.day or 1, 0, 0, 0)
