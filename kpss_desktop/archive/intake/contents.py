"""What is in the files of a plan: their digests, the copies among them, their texts."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

from kpss_desktop.archive.intake.members import Members
from kpss_desktop.archive.intake.plan import IntakeItem, ItemState, Origin
from kpss_desktop.archive.intake.recognising import as_seen, recognised
from kpss_desktop.archive.intake.wire import looking, recognition_of, told_groups
from kpss_desktop.archive.intake.zips import BadZip, Refusal
from kpss_desktop.archive.reading.prints import letters_of
from kpss_desktop.catalogue import documents, texts
from kpss_desktop.formats.processes.requests import extract_of
from kpss_desktop.model import Extract, Group, TextState
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.archive.intake.rows import Rows
    from kpss_desktop.formats.processes.sandbox import Sandbox

_CHUNK = 1 << 20
_LARGEST_COPY = 100_000_000  # bytes of a member that is unpacked for reading; larger ones are read when they are filed
_FEW_AHEAD, _MANY_AHEAD = 4, 24  # files that a reader is given at a time; many last while the window takes in rows
_KEPT = 100_000_000  # characters of texts kept with a plan; what is over is read again when it is filed


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a reader was asked for: the row with its digest, which is told with the answer, and the copy it reads."""

    place: int
    item: IntakeItem
    copy: Path | None


class Contents:
    """Looks into the files of a plan, several at a time; `extracts` and `letters` (see `prints`) are by digest.

    Without `readers` only the digests are made.
    """

    def __init__(self, archive: Archive, groups: Sequence[Group], rows: Rows, readers: Sandbox | None) -> None:
        self.extracts: dict[str, Extract] = {}
        self.letters: dict[str, str] = {}
        self._archive, self._groups, self._rows, self._readers = archive, groups, rows, readers
        self._wrappings: dict[Origin, IntakeItem] = {}
        self._first_of: dict[str, int] = {}
        self._asked: dict[int, _Asked] = {}
        self._asked_last = ""
        self._looked_at = 0
        self._kept = 0
        self._done = 0

    def look(self, progress: Progress, wrappings: Mapping[Origin, IntakeItem], read_to: Callable[[int], None]) -> None:
        """Go through all rows that can be taken. Raises Cancelled.

        `wrappings` are rows for ZIPs, by where they are: a ZIP becomes a row when something in it turns out to be
        damaged. `read_to` is told of the first place that is still to be read, now and then.
        """
        self._wrappings = dict(wrappings)
        with (
            Members() as members,
            tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True) as folder,
        ):
            wanted = self._wanted(members, Path(folder), progress)
            if self._readers is None:
                for _ in wanted:
                    pass
                return

            def tell() -> None:
                progress(self._done, len(self._rows.items), self._asked_last)

            requests = self._requests(wanted, self._readers.size)
            # No more copies of members lie about than are needed; of files there are none.
            ahead = _FEW_AHEAD if any(item.origin.members for item in self._rows.items) else _MANY_AHEAD
            with contextlib.closing(self._readers.ask_many(requests, tell, ahead=ahead)) as answers:
                for index, answer in answers:
                    asked = self._asked.pop(index)
                    _forget(asked.copy)
                    self._take_answer(asked, answer)
                    self._done += 1
                    progress(self._done, len(self._rows.items), asked.item.name)
                    # They were asked for in their order.
                    read_to(next((one.place for one in self._asked.values()), self._looked_at))

    def _requests(self, wanted: Iterator[_Asked], kins: int) -> Iterator[dict[str, Any]]:
        groups = told_groups(self._groups)
        for index, asked in enumerate(wanted):
            self._asked[index], self._asked_last = asked, asked.item.name
            item, path = asked.item, asked.copy or asked.item.origin.path
            yield looking(path, item.name, item.context, groups, asked.place % kins)

    def _wanted(self, members: Members, folder: Path, progress: Progress) -> Iterator[_Asked]:
        """What the readers must be asked. Each file is opened once: for its digest, and a copy where it is in a ZIP."""
        for place in itertools.count():
            if place == len(self._rows.items):
                return
            item, self._looked_at = self._rows.items[place], place
            progress(self._done, len(self._rows.items), item.name)
            copy = self._copy_for(item, folder, place)
            fresh = self._digested(members, place, copy) if item.state is ItemState.NEW else None
            if fresh is not None and not self._known(place, fresh):
                if copy is not None or not item.origin.members:
                    yield _Asked(place, fresh, copy)
                    continue
                self._rows.change(place, fresh)
            _forget(copy)
            self._done += 1

    def _copy_for(self, item: IntakeItem, folder: Path, place: int) -> Path | None:
        if self._readers is None or not item.origin.members or item.size > _LARGEST_COPY:
            return None
        return folder / f"{place}{PurePosixPath(item.name).suffix[:10]}"

    def _digested(self, members: Members, place: int, copy: Path | None) -> IntakeItem | None:
        """A row with its digest; None when it is nothing new, and then the row says so."""
        item = self._rows.items[place]
        try:
            with members.open(item.origin) as stream, copy.open("wb") if copy else contextlib.nullcontext() as handle:
                digest, size = _digest(stream, handle)
        except (BadZip, OSError) as error:
            refusal = error.refusal if isinstance(error, BadZip) else Refusal.UNREADABLE
            self._rows.change(place, replace(item, state=ItemState.REFUSED, refusal=refusal, take=False))
            self._keep_wrapping(item)
            return None
        item = self._compared(replace(item, sha256=digest, size=size), place)
        if item.state is ItemState.NEW:
            return item
        self._rows.change(place, item)
        return None

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

    def _known(self, place: int, item: IntakeItem) -> bool:
        """Whether a text need not be read: nobody asks for it, or it is known from a copy in the trash."""
        if self._readers is not None:
            extract = texts.extract_of(self._archive.catalogue.db, item.sha256)
            if extract is None:
                return False
            self._keep(item, extract, letters_of(extract.text))
            if extract.state is TextState.READY:
                item = recognised(item, self._groups, extract.text)
        self._rows.change(place, item)
        return True

    def _take_answer(self, asked: _Asked, answer: Mapping[str, Any]) -> None:
        """Recognise a row again with its text; the reader has done so already."""
        self._keep(asked.item, extract_of(answer), answer.get("letters", ""))
        seen = answer.get("seen")
        self._rows.change(asked.place, as_seen(asked.item, recognition_of(seen)) if seen else asked.item)

    def _keep(self, item: IntakeItem, extract: Extract, letters: str) -> None:
        self._kept += len(extract.text)
        if self._kept <= _KEPT:
            self.extracts[item.sha256], self.letters[item.sha256] = extract, letters


def _forget(copy: Path | None) -> None:
    if copy is not None:
        copy.unlink(missing_ok=True)


def _digest(stream: BinaryIO, copy: BinaryIO | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if copy is not None:
            copy.write(chunk)
    return digest.hexdigest(), size
