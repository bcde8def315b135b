"""What is in the files of a plan: their digests, the copies among them, their texts."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from kpss_desktop.archive.intake.members import Members
from kpss_desktop.archive.intake.plan import IntakeItem, ItemState, Origin
from kpss_desktop.archive.intake.prints import letters_of
from kpss_desktop.archive.intake.recognising import as_seen, recognised
from kpss_desktop.archive.intake.wire import PROGRAM, looking, recognition_of, told_groups
from kpss_desktop.archive.intake.zips import BadZip, Refusal
from kpss_desktop.catalogue import documents, texts
from kpss_desktop.formats.reader_requests import extract_of
from kpss_desktop.formats.sandbox import Sandbox
from kpss_desktop.model import Extract, Group, TextState
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from types import TracebackType

    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.archive.intake.planning import Rows

_CHUNK = 1 << 20
_FEW = 12  # files that the reader of the preview takes on; more are worth starting processes for
_LARGEST_COPY = 100_000_000  # bytes of a member that is unpacked for reading; larger ones are read when they are filed
_KEPT = 100_000_000  # characters of texts kept with a plan; what is over is read again when it is filed


class Contents:
    """Looks into the files of a plan, several at a time; `extracts` and `letters` (see `prints`) are by digest."""

    def __init__(self, archive: Archive, groups: Sequence[Group], rows: Rows, *, read: bool) -> None:
        self.extracts: dict[str, Extract] = {}
        self.letters: dict[str, str] = {}
        self._archive, self._groups, self._rows, self._reading = archive, groups, rows, read
        self._sandbox: Sandbox | None = None
        self._wrappings: dict[Origin, IntakeItem] = {}
        self._first_of: dict[str, int] = {}
        self._told_groups = told_groups(groups)
        self._asked: list[tuple[int, Path | None]] = []
        self._kept = 0
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._sandbox is not None:
            self._sandbox.close()

    def get_ready(self) -> None:
        """Start reader processes as soon as there are rows enough for them: they load while more names are read."""
        if self._reading and self._sandbox is None and len(self._rows.items) > _FEW:
            self._sandbox = Sandbox(program=PROGRAM)
            self._sandbox.start()

    def look(self, progress: Progress, wrappings: Mapping[Origin, IntakeItem]) -> None:
        """Go through all rows that can be taken. Raises Cancelled.

        `wrappings` are rows for ZIPs, by where they are: a ZIP becomes a row when something in it turns out to be
        damaged.
        """
        self._wrappings = dict(wrappings)
        sandbox = self._sandbox or self._archive.reader
        with (
            Members() as members,
            tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True) as folder,
        ):
            wanted = self._wanted(members, Path(folder), progress)
            if not self._reading:
                for _ in wanted:
                    pass
                return

            def tell() -> None:
                progress(self._done, len(self._rows.items), self._rows.items[self._asked[-1][0]].name)

            with contextlib.closing(sandbox.ask_many(wanted, tell)) as answers:
                for index, answer in answers:
                    place, copy = self._asked[index]
                    if copy is not None:
                        copy.unlink(missing_ok=True)
                    self._take_answer(place, answer)
                    self._done += 1
                    progress(self._done, len(self._rows.items), self._rows.items[place].name)

    def _wanted(self, members: Members, folder: Path, progress: Progress) -> Iterator[dict[str, Any]]:
        """Requests for the readers. Each file is opened once: for its digest, and for a copy where it is in a ZIP."""
        for place in itertools.count():
            if place == len(self._rows.items):
                return
            item = self._rows.items[place]
            progress(self._done, len(self._rows.items), item.name)
            copy = self._copy_for(item, folder, place)
            fresh = item.state is ItemState.NEW and self._digested(members, place, copy)
            if fresh and not self._known(place) and (copy is not None or not item.origin.members):
                self._asked.append((place, copy))
                yield looking(copy or item.origin.path, item.name, self._told_groups, item.context)
                continue
            if copy is not None:
                copy.unlink(missing_ok=True)
            self._done += 1

    def _copy_for(self, item: IntakeItem, folder: Path, place: int) -> Path | None:
        if not self._reading or not item.origin.members or item.size > _LARGEST_COPY:
            return None
        return folder / f"{place}{PurePosixPath(item.name).suffix[:10]}"

    def _digested(self, members: Members, place: int, copy: Path | None) -> bool:
        """Give a row its digest; whether it is a file that nobody has seen."""
        item = self._rows.items[place]
        try:
            with contextlib.ExitStack() as stack:
                stream = stack.enter_context(members.open(item.origin))
                handle = stack.enter_context(copy.open("wb")) if copy else None
                digest, size = _digest(stream, handle)
        except (BadZip, OSError) as error:
            refusal = error.refusal if isinstance(error, BadZip) else Refusal.UNREADABLE
            self._rows.change(place, replace(item, state=ItemState.REFUSED, refusal=refusal, take=False))
            self._keep_wrapping(item)
            return False
        item = self._compared(replace(item, sha256=digest, size=size), place)
        self._rows.change(place, item)
        return item.state is ItemState.NEW

    def _keep_wrapping(self, refused: IntakeItem) -> None:
        """A row for the ZIP that holds what could not be taken out of it, so that nothing is lost."""
        wrapping = self._wrappings.pop(Origin(refused.origin.path, refused.origin.members[:-1]), None)
        if wrapping is not None and refused.origin.members:
            self._rows.add(wrapping)

    def _compared(self, item: IntakeItem, place: int) -> IntakeItem:
        """Mark a row whose bytes are in the archive or came earlier in this drop; a copy may bring its own group."""
        if item.sha256 in self._first_of:
            first = self._rows.items[self._first_of[item.sha256]]
            joins = tuple(group for group in item.groups if group not in first.groups + first.joins)
            return replace(
                item, state=ItemState.DUPLICATE, duplicate_item=self._first_of[item.sha256],
                duplicate_of=first.duplicate_of, joins=joins, take=bool(joins),
            )  # fmt: skip
        self._first_of[item.sha256] = place
        db = self._archive.catalogue.db
        found = documents.load_documents(db, documents.by_digest(db, [item.sha256]).values())
        if not found or found[0].trashed:
            return item
        joins = tuple(group for group in item.groups if group not in found[0].groups)
        return replace(item, state=ItemState.DUPLICATE, duplicate_of=found[0].id, joins=joins, take=bool(joins))

    def _known(self, place: int) -> bool:
        """Whether the text need not be read: nobody asks for it, or it is known from a copy in the trash."""
        if not self._reading:
            return True
        extract = texts.extract_of(self._archive.catalogue.db, self._rows.items[place].sha256)
        if extract is None:
            return False
        self._keep(place, extract, letters_of(extract.text))
        if extract.state is TextState.READY:
            self._rows.change(place, recognised(self._rows.items[place], self._groups, extract.text))
        return True

    def _take_answer(self, place: int, answer: Mapping[str, Any]) -> None:
        """Recognise a row again with its text; the reader has done so already."""
        self._keep(place, extract_of(answer), answer.get("letters", ""))
        if "seen" in answer:
            self._rows.change(place, as_seen(self._rows.items[place], recognition_of(answer["seen"])))

    def _keep(self, place: int, extract: Extract, letters: str) -> None:
        sha256 = self._rows.items[place].sha256
        self._kept += len(extract.text)
        if self._kept <= _KEPT:
            self.extracts[sha256], self.letters[sha256] = extract, letters


def _digest(stream: BinaryIO, copy: BinaryIO | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if copy is not None:
            copy.write(chunk)
    return digest.hexdigest(), size
