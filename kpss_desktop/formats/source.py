"""A stranger's file while it is read: opened once and taken apart once, for all who look at it."""

from __future__ import annotations

import os
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Self

from kpss_desktop.formats.containers.compound import Compound
from kpss_desktop.formats.containers.package import Package

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_HEAD = 65_536
_SMALL = 1 << 20  # a file of fewer bytes is kept in memory: most minutes are


class Source:
    """The file at `path`; `name` is the one it came with, when that of `path` is another.

    `head` is its beginning, 64 KiB at most, and `file` all of it. Raises OSError when it cannot be opened or read.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or path.name
        self.file: BinaryIO = path.open("rb")
        # Asked for a mebibyte, the system would make room for one with every file.
        size = os.fstat(self.file.fileno()).st_size
        beginning = self.file.read(min(size + 1, _SMALL))
        if len(beginning) <= size and len(beginning) < _SMALL:
            self.file.close()
            self.file = BytesIO(beginning)
        self.head = beginning[:_HEAD]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.file.close()

    def data(self) -> bytes:
        """All bytes."""
        self.file.seek(0)
        return self.file.read()

    @cached_property
    def compound(self) -> Compound:
        """The file as a compound file; raises Unreadable when it is none, or a broken one."""
        return Compound(self.file)

    @cached_property
    def package(self) -> Package:
        """The file as a package; raises Unreadable when nothing of it can be unpacked."""
        return Package(self.file)
