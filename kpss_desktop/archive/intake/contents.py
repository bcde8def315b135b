"""What is in the files of a plan: their digests, the copies among them, their texts."""

from __future__ import annotations

import contextlib
import hashlib
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
from kpss_desktop.model import Document, Extract, Group, TextState
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.archive.intake.rows import Rows
    from kpss_desktop.formats.processes.sandbox import Sandbox

_CHUNK = 1 << 20
_LARGEST_COPY = 100_000_000  # bytes of a member that is unpacked for reading; larger ones are read when they are filed
_FEW_AHEAD, _MANY_AHEAD = 4, 24  # files that a reader is given at a time; many last while the window takes in rows
_LOT, _LOT_SIZE = 50, 10_000_000  # files of which the catalogue is asked at once, and their bytes
_KEPT = 100_000_000  # characters of texts kept with a plan; what is over is read again when it is filed


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file with its digest: the row, which is told when more is known of it, and the copy of a member to be read."""

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
        self._asked: dict[int, _Looked] = {}
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

    def _requests(self, wanted: Iterator[_Looked], kins: int) -> Iterator[dict[str, Any]]:
        groups = told_groups(self._groups)
        for index, asked in enumerate(wanted):
            self._asked[index], self._asked_last = asked, asked.item.name
            item, path = asked.item, asked.copy or asked.item.origin.path
            yield looking(path, item.name, item.context, groups, asked.place % kins)

    def _wanted(self, members: Members, folder: Path, progress: Progress) -> Iterator[_Looked]:
        """What the readers must be asked. Each file is opened once: for its digest, and a copy where it is in a ZIP."""
        while self._looked_at < len(self._rows.items):
            start = self._looked_at
            lot = range(start, start + self._lot(start))
            looked = []
            for place in lot:
                item = self._rows.items[place]
                progress(self._done, len(self._rows.items), item.name)
                copy = self._copy_for(item, folder, place)
                fresh = self._digested(members, place, copy) if item.state is ItemState.NEW else None
                if fresh is not None:
                    looked.append(_Looked(place, fresh, copy))
                else:
                    self._let_be(copy)
            yield from self._unread(looked)
            self._looked_at = lot.stop

    def _lot(self, start: int) -> int:
        """How many files are looked at before the first of them is read: one where each needs a copy, else several."""
        size, lot = 0, 0
        for item in self._rows.items[start : start + _LOT]:
            size += item.size
            lot += 1
            if item.origin.members or size > _LOT_SIZE:
                break
        return lot

    def _unread(self, looked: Sequence[_Looked]) -> Iterator[_Looked]:
        """Those of the files that must be read; the rows of the others say what is known of them."""
        db = self._archive.catalogue.db
        digests = [one.item.sha256 for one in looked]
        found = documents.by_digest(db, digests)
        filed = {one.id: one for one in documents.load_documents(db, found.values()) if not one.trashed}
        unfiled = [digest for digest in digests if found.get(digest) not in filed]
        known = texts.extracts_of(db, unfiled) if self._readers is not None else {}
        for one in looked:
            self._looked_at, item = one.place, one.item
            repeated = self._repeated(item, one.place, filed.get(found.get(item.sha256, "")))
            if repeated is None and item.sha256 not in known and self._is_for_readers(one):
                yield one
                continue
            self._rows.change(one.place, repeated or self._known(item, known.get(item.sha256)))
            self._let_be(one.copy)

    def _is_for_readers(self, one: _Looked) -> bool:
        return self._readers is not None and (one.copy is not None or not one.item.origin.members)

    def _let_be(self, copy: Path | None) -> None:
        _forget(copy)
        self._done += 1

    def _copy_for(self, item: IntakeItem, folder: Path, place: int) -> Path | None:
        if self._readers is None or not item.origin.members or item.size > _LARGEST_COPY:
            return None
        return folder / f"{place}{PurePosixPath(item.name).suffix[:10]}"

    def _digested(self, members: Members, place: int, copy: Path | None) -> IntakeItem | None:
        """A row with its digest; None when there is none, and then the row says why."""
        item = self._rows.items[place]
        try:
            with members.open(item.origin) as stream, copy.open("wb") if copy else contextlib.nullcontext() as handle:
                digest, size = _digest(stream, handle)
        except (BadZip, OSError) as error:
            refusal = error.refusal if isinstance(error, BadZip) else Refusal.UNREADABLE
            self._rows.change(place, replace(item, state=ItemState.REFUSED, refusal=refusal, take=False))
            self._keep_wrapping(item)
            return None
        return replace(item, sha256=digest, size=size)

    def _keep_wrapping(self, refused: IntakeItem) -> None:
        """A row for the ZIP that holds what could not be taken out of it, so that nothing is lost."""
        wrapping = self._wrappings.pop(Origin(refused.origin.path, refused.origin.members[:-1]), None)
        if wrapping is not None and refused.origin.members:
            self._rows.add(wrapping)

    def _repeated(self, item: IntakeItem, place: int, filed: Document | None) -> IntakeItem | None:
        """The row of bytes that came before, in the archive or in this drop; such a copy may bring its own group."""
        earlier = self._first_of.setdefault(item.sha256, place)
        if earlier != place:
            first = self._rows.items[earlier]
            joins = tuple(group for group in item.groups if group not in first.groups + first.joins)
            return replace(
                item, state=ItemState.DUPLICATE, duplicate_item=earlier,
                duplicate_of=first.duplicate_of, joins=joins, take=bool(joins),
            )  # fmt: skip
        if filed is None:
            return None
        joins = tuple(group for group in item.groups if group not in filed.groups)
        return replace(item, state=ItemState.DUPLICATE, duplicate_of=filed.id, joins=joins, take=bool(joins))

    def _known(self, item: IntakeItem, extract: Extract | None) -> IntakeItem:
        """A row that no reader is asked about, perhaps because its text is known from a copy in the trash."""
        if extract is None:
            return item
        self._keep(item, extract, letters_of(extract.text))
        return recognised(item, self._groups, extract.text) if extract.state is TextState.READY else item

    def _take_answer(self, asked: _Looked, answer: Mapping[str, Any]) -> None:
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
