"""The ZIP around an office document, read with limits."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

from lxml import etree

from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.xml import parse

MAX_UNPACKED = 300_000_000
MAX_PART = 60_000_000


class Package:
    """An open office document; a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises zipfile.BadZipFile, and NotStructured when it would unpack to too much."""
        self._zip = zipfile.ZipFile(path)
        if sum(member.file_size for member in self._zip.infolist()) > MAX_UNPACKED:
            self._zip.close()
            raise NotStructured("unpacks to too much")
        self._names = {member.filename.lower().lstrip("/"): member for member in self._zip.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def bytes_of(self, name: str) -> bytes | None:
        """A part; None when there is none of the name."""
        member = self._names.get(posixpath.normpath(name).lower().lstrip("/"))
        if member is None:
            return None
        with self._zip.open(member) as stream:
            data = stream.read(MAX_PART + 1)
        if len(data) > MAX_PART:
            raise NotStructured("a part unpacks to too much")
        return data

    def xml_of(self, name: str) -> etree._Element | None:
        """A part as XML; None when there is none of the name."""
        data = self.bytes_of(name)
        return parse(data) if data else None
