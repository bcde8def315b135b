"""The bytes behind a row: a file, or a member of ZIPs and letters within it, however deep.

What was opened last stays open, because members of one ZIP come one after another and its directory may be long.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from kpss_desktop.archive import zips
from kpss_desktop.archive.intake_plan import Origin
from kpss_desktop.archive.zips import BadZip, Entry, Refusal
from kpss_desktop.formats import mail, msg
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.letter import Letter
from kpss_desktop.formats.ole import SIGNATURE
from kpss_desktop.formats.read import guarded

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
    letter: Letter

    def member(self, index: int) -> contextlib.AbstractContextManager[BinaryIO]:
        if index >= len(self.letter.attachments):
            raise BadZip(Refusal.UNREADABLE)  # the file is another one than when it was looked into
        return contextlib.nullcontext(cast(BinaryIO, io.BytesIO(self.letter.attachments[index].data)))


class Members:
    """Opens origins; to be closed at the end. For one thread."""

    def __init__(self) -> None:
        self._place: tuple[object, ...] = ()
        self._opened: _Zip | _Mail | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._forget()

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

    def letter(self, origin: Origin) -> Letter | None:
        """The letter at an origin, None when it is none."""
        inside = self._container(origin.path, origin.members, origin.password)
        return inside.letter if isinstance(inside, _Mail) else None

    def _container(self, path: Path, chain: tuple[int, ...], password: str) -> _Zip | _Mail:
        place = (path, chain, password)
        if self._opened is not None and self._place == place:
            return self._opened
        self._forget()
        stream = cast(BinaryIO, self._stack.enter_context(path.open("rb")))
        opened = self._looked_into(stream, password)
        for index in chain:
            stream = self._stack.enter_context(opened.member(index))
            opened = self._looked_into(stream, password)
        self._place, self._opened = place, opened
        return opened

    def _looked_into(self, stream: BinaryIO, password: str) -> _Zip | _Mail:
        """A ZIP or a letter, by its first bytes."""
        head = stream.read(len(SIGNATURE))
        stream.seek(0)
        if head.startswith(b"PK") or (head != SIGNATURE and zipfile.is_zipfile(stream)):
            stream.seek(0)
            return _Zip(self._stack.enter_context(zips.opened(stream)), password)
        stream.seek(0)
        return _Mail(_letter(stream, is_outlook=head == SIGNATURE))

    def _forget(self) -> None:
        self._place, self._opened = (), None
        self._stack.close()
        self._stack = contextlib.ExitStack()


@contextlib.contextmanager
def opened(origin: Origin) -> Iterator[BinaryIO]:
    """The bytes of one origin alone; raises BadZip, OSError."""
    with Members() as members, members.open(origin) as stream:
        yield stream


def _letter(stream: BinaryIO, *, is_outlook: bool) -> Letter:
    data = stream.read(_LARGEST_LETTER + 1)
    if len(data) > _LARGEST_LETTER:
        raise BadZip(Refusal.TOO_BIG)
    found = guarded(lambda: _outlook(data) if is_outlook else mail.letter(data))
    if isinstance(found, Unreadable):
        raise BadZip(Refusal.UNREADABLE)
    return found


def _outlook(data: bytes) -> Letter:
    with tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "letter.msg")
        path.write_bytes(data)
        return msg.letter(path)


def _attached(letter: Letter) -> Iterator[Entry]:
    """The attachments that somebody chose to send; their names are the sender's and may be anything."""
    for index, one in enumerate(letter.attachments):
        name = one.name.replace("\\", "/").rpartition("/")[2].strip()
        if name and one.data and not _DECORATION.fullmatch(name):
            yield Entry(index, name, len(one.data))
