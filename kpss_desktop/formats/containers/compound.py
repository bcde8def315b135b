"""OLE compound files of strangers ([MS-CFB]): storages and streams, like the folders and files of a small disk.

They are only read, and no more of the directory is looked at than is asked for: libraries that know the whole format
take longer to open a document than its text takes to read.
"""

from __future__ import annotations

import os
import struct
from codecs import utf_16_le_decode
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kpss_desktop.formats.found import damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR_SHIFTS = (9, 12)
_SMALL_SECTOR, _SMALL_BELOW = 64, 4096  # shorter streams lie in small sectors; all of these are the root's stream
_SPECIAL = 0xFFFFFFFA  # from here on a number is no sector: a chain ends, a place is free
_STORAGE, _STREAM = 1, 2
# The sector shift; the first sector of the directory and of the small table; the first sector of the list that goes on
# with the sectors of the table, and how many it has; the first 109 sectors of the table.
_HEADER = struct.Struct("<30xH16xI8xI4xII109I")
_ENTRY = struct.Struct("<64sHBxIII36xIII")


class _Entry(NamedTuple):
    """A line of the directory. The entries of a storage are a tree: its `child`, and all to the `left` and `right`."""

    name: bytes
    name_size: int
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int
    more_size: int


class Compound:
    """The storages and streams of a file, which has to stay open. Raises Unreadable when they cannot be found.

    A chain of sectors is followed no further than the file has sectors, so none lasts for ever or fills the memory. An
    entry of the directory is looked at once, so a letter of thousands of attachments costs no more than its size.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(SIGNATURE):
            raise damaged()
        shift, directory, self._small_start, further, further_count, *places = _HEADER.unpack(head)
        if shift not in _SECTOR_SHIFTS:
            raise damaged()
        self._sector: int = 1 << shift
        self._sectors = -(-length // self._sector) - 1
        self._table = self._read_table(places, further, further_count)
        self._directory = self._chain(directory, self._sectors * self._sector)
        if len(self._directory) < _ENTRY.size:
            raise damaged()
        self._root = self._entry(0)
        self._met: set[int] = set()
        self._storages: dict[int, dict[str, _Entry]] = {}
        self._top = self._inside(self._root)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of streams and storages right under the root, in small letters."""
        return tuple(self._top)

    def stream(self, *names: str) -> bytes:
        """The bytes of a stream, named by the storages it lies in and itself; b"" when there is none."""
        entries, found = self._top, None
        for name in names:
            found = entries.get(name.lower())
            entries = self._inside(found) if found is not None and found.kind == _STORAGE else {}
        if found is None or found.kind != _STREAM:
            return b""
        size = self._size(found)
        return self._small(found.start, size) if size < _SMALL_BELOW else self._chain(found.start, size)

    def _size(self, entry: _Entry) -> int:
        # With the usual sectors the upper half means nothing, and some programs leave anything there.
        return entry.size if self._sector == 512 else entry.size | entry.more_size << 32

    def _read_table(self, places: Sequence[int], further: int, further_count: int) -> tuple[int, ...]:
        """Which sector follows each sector; `places` are those of the table itself, the list goes on in `further`."""
        wanted = -(-4 * self._sectors // self._sector)
        found = list(takewhile(_is_sector, places))
        for _ in range(min(further_count, wanted)):
            if not _is_sector(further):
                break
            *more, further = _numbers(self._whole([further]))
            found += takewhile(_is_sector, more)
        return _numbers(self._whole(found[:wanted]))[: self._sectors]

    def _whole(self, sectors: Sequence[int]) -> bytes:
        data = self._read([(sector, 1) for sector in sectors])
        if len(data) < len(sectors) * self._sector:
            raise damaged()
        return data

    def _chain(self, start: int, size: int) -> bytes:
        """At most `size` bytes of the chain that begins with sector `start`."""
        return self._read(_runs(self._table, start, -(-size // self._sector)))[:size]

    def _read(self, runs: Sequence[tuple[int, int]]) -> bytes:
        pieces: list[bytes] = []
        for first, count in runs:
            self._file.seek((first + 1) * self._sector)
            pieces.append(self._file.read(count * self._sector))
        return b"".join(pieces)

    def _small(self, start: int, size: int) -> bytes:
        table, data = self._small_sectors
        runs = _runs(table, start, -(-size // _SMALL_SECTOR))
        return b"".join(data[_SMALL_SECTOR * first : _SMALL_SECTOR * (first + count)] for first, count in runs)[:size]

    @cached_property
    def _small_sectors(self) -> tuple[tuple[int, ...], bytes]:
        """Which small sector follows each, and all of them."""
        table = self._chain(self._small_start, self._sectors * self._sector)
        return _numbers(table), self._chain(self._root.start, self._size(self._root))

    def _entry(self, index: int) -> _Entry:
        return _Entry._make(_ENTRY.unpack_from(self._directory, index * _ENTRY.size))

    def _inside(self, storage: _Entry) -> dict[str, _Entry]:
        """The streams and storages of a storage by their names in small letters."""
        if storage.child not in self._storages:
            self._storages[storage.child] = self._tree(storage.child)
        return self._storages[storage.child]

    def _tree(self, root: int) -> dict[str, _Entry]:
        """The entries of a storage, but those that an earlier one has: no program writes an entry into two."""
        found: dict[str, _Entry] = {}
        waiting, count = [root], len(self._directory) // _ENTRY.size
        while waiting:
            index = waiting.pop()
            if index >= count or index in self._met:
                continue
            self._met.add(index)
            entry = self._entry(index)
            waiting += (entry.left, entry.right)
            if entry.kind in (_STORAGE, _STREAM):
                # The codec itself, because to look it up by its name takes longer than so short a text.
                name, _ = utf_16_le_decode(entry.name[: max(0, entry.name_size - 2)], "replace")
                found[name.partition("\0")[0].lower()] = entry
        return found


def _is_sector(number: int) -> bool:
    return number < _SPECIAL


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(data) // 4}I", data)


def _runs(table: Sequence[int], start: int, most: int) -> list[tuple[int, int]]:
    """The places of a chain, `most` of them: (the first, how many) of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    left = min(most, len(table))
    while left > 0 and start < len(table):
        count = 1
        while count < left and table[start + count - 1] == start + count < len(table):
            count += 1
        runs.append((start, count))
        left -= count
        start = table[start + count - 1]
    return runs
