"""The bytes behind a row: a file, or a member of ZIPs and letters within it, however deep.

What was opened last stays open, because members of one ZIP come one after another and its directory may be long.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from kpss_desktop.archive.intake import zips
from kpss_desktop.archive.intake.plan import Origin
from kpss_desktop.archive.intake.zips import BadZip, Entry, Refusal
from kpss_desktop.formats.containers.compound import SIGNATURE
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.mail.letter import Taken
from kpss_desktop.formats.processes.sandbox import Sandbox

_LARGEST_LETTER = 150_000_000  # bytes; no mail server lets a larger one pass
# Pictures of a signature, and what a mail program made itself.
_DECORATION = re.compile(r"(?i)image\d{3}\.(?:png|jpe?g|gif)|winmail\.dat|smime\.p7[sm]|att\d{5}\.\w{3,4}")


@dataclass(frozen=True, slots=True)
class _Zip:
    packed: zipfile.ZipFile
    password: str

    def member(self, index: int) -> contextlib.AbstractContextManager[BinaryIO]:
        return zips.unpacked(self.packed, index, self.password)


@dataclass(frozen=True, slots=True)
class _Mail:
    letter: Taken
    folder: Path

    def member(self, index: int) -> contextlib.AbstractContextManager[BinaryIO]:
        if index >= len(self.letter.attached):
            raise BadZip(Refusal.UNREADABLE)  # the file is another one than when it was looked into
        return (self.folder / str(index)).open("rb")


class Members:
    """Opens origins; to be closed at the end. For one thread.

    Letters are taken apart by a reader process of its own: whoever asks may himself be what a shared one waits for.
    """

    def __init__(self) -> None:
        self._reader = Sandbox(1)
        self._place: tuple[object, ...] = ()
        self._opened: _Zip | _Mail | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._forget()
        self._reader.close()

    @contextlib.contextmanager
    def open(self, origin: Origin) -> Iterator[BinaryIO]:
        """The bytes of a file or a member; raises BadZip, OSError."""
        if not origin.members:
            with origin.path.open("rb") as stream:
                yield stream
            return
        inside = self._container(origin.path, origin.members[:-1], origin.password)
        with inside.member(origin.members[-1]) as stream:
            yield stream

    def entries(
        self, origin: Origin, encoding: str = "", passwords: Sequence[str] = ()
    ) -> tuple[tuple[Entry, ...], str]:
        """What the ZIP or letter at an origin holds, and the password that opens it; raises BadZip, OSError."""
        inside = self._container(origin.path, origin.members, origin.password)
        if isinstance(inside, _Mail):
            return tuple(_attached(inside.letter)), ""
        password = zips.password_of(inside.packed, passwords)
        return zips.entries(inside.packed, encoding, unlocked=password is not None), password or ""

    def letter(self, origin: Origin) -> Taken | None:
        """The letter at an origin, None when it is none."""
        inside = self._container(origin.path, origin.members, origin.password)
        return inside.letter if isinstance(inside, _Mail) else None

    def _container(self, path: Path, chain: tuple[int, ...], password: str) -> _Zip | _Mail:
        place = (path, chain, password)
        if self._opened is not None and self._place == place:
            return self._opened
        self._forget()
        stream = cast(BinaryIO, self._stack.enter_context(path.open("rb")))
        opened = self._looked_into(stream, password, path)
        for index in chain:
            stream = self._stack.enter_context(opened.member(index))
            opened = self._looked_into(stream, password, None)
        self._place, self._opened = place, opened
        return opened

    def _looked_into(self, stream: BinaryIO, password: str, path: Path | None) -> _Zip | _Mail:
        """A ZIP or a letter, by its first bytes; `path` is where the stream lies, when it is a file."""
        head = stream.read(len(SIGNATURE))
        stream.seek(0)
        if head.startswith(b"PK") or (head != SIGNATURE and zipfile.is_zipfile(stream)):
            stream.seek(0)
            return _Zip(self._stack.enter_context(zips.opened(stream)), password)
        stream.seek(0)
        return self._letter(stream, path)

    def _letter(self, stream: BinaryIO, path: Path | None) -> _Mail:
        folder = Path(
            self._stack.enter_context(tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True))
        )
        if path is None:
            path = folder / "letter"
            with path.open("wb") as copy:
                shutil.copyfileobj(stream, copy)
        if path.stat().st_size > _LARGEST_LETTER:
            raise BadZip(Refusal.TOO_BIG)
        try:
            return _Mail(self._reader.take_apart(path, folder), folder)
        except Unreadable:
            raise BadZip(Refusal.UNREADABLE) from None

    def _forget(self) -> None:
        self._place, self._opened = (), None
        self._stack.close()
        self._stack = contextlib.ExitStack()


@contextlib.contextmanager
def opened(origin: Origin) -> Iterator[BinaryIO]:
    """The bytes of one origin alone; raises BadZip, OSError."""
    with Members() as members, members.open(origin) as stream:
        yield stream


def _attached(letter: Taken) -> Iterator[Entry]:
    """The attachments that somebody chose to send; their names are the sender's and may be anything."""
    for index, (given, size) in enumerate(letter.attached):
        name = given.replace("\\", "/").rpartition("/")[2].strip()
        if name and size and not _DECORATION.fullmatch(name):
            yield Entry(index, name, size)
