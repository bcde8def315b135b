"""Copies the files of an intake into staging: the next batch while the last one is being committed.

Copying reads, writes, takes digests and waits for the disk. None of this needs the interpreter, so it is done on a
thread of its own, and the syncs on some more: a disk writes many files in little more time than one.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from kpss_desktop.archive.intake.members import Members
from kpss_desktop.archive.intake.plan import IntakeItem
from kpss_desktop.archive.intake.zips import BadZip
from kpss_desktop.archive.sharing import presence
from kpss_desktop.errors import KpssError, NotTaken
from kpss_desktop.ids import new_id
from kpss_desktop.lasting import sync_and_close, to_sync_later
from kpss_desktop.progress import Cancelled
from kpss_desktop.store import STAGING, Staged, Store

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_WRITERS = 8  # copies that are synced at once
_TOGETHER = 8  # copies that one of those threads syncs in one go: waking it costs as much as a copy
_WAITING = 12  # such lots, so that few of the open files that a system grants are used

Row = tuple[int, IntakeItem]


class _Syncing:
    """Copies on their way to the disk, and what it would not take, by the file's id."""

    def __init__(self, writers: ThreadPoolExecutor) -> None:
        self.errors: dict[str, OSError] = {}
        self._writers = writers
        self._lot: list[tuple[str, int]] = []
        self._begun: deque[Future[dict[str, OSError]]] = deque()

    def add(self, file_id: str, handle: BinaryIO) -> None:
        """Have an open file synced, soon and beside us; waits for others when many are on their way."""
        self._lot.append((file_id, to_sync_later(handle)))
        if len(self._lot) == _TOGETHER:
            self._begin()
        while len(self._begun) > _WAITING:
            self.errors |= self._begun.popleft().result()

    def settle(self) -> None:
        """Wait until all that is not among the errors lasts."""
        self._begin()
        while self._begun:
            self.errors |= self._begun.popleft().result()

    def _begin(self) -> None:
        lot, self._lot = self._lot, []
        self._begun.append(self._writers.submit(_synced, lot))


def _synced(lot: Sequence[tuple[str, int]]) -> dict[str, OSError]:
    told = {file_id: sync_and_close(descriptor) for file_id, descriptor in lot}
    return {file_id: error for file_id, error in told.items() if error is not None}


@dataclass(slots=True)
class Batch:
    """Rows by their places in the plan: those whose copies the disk has taken for good, and the others."""

    staged: list[tuple[int, IntakeItem, Staged]] = field(default_factory=list)
    failed: list[tuple[int, IntakeItem, KpssError | OSError]] = field(default_factory=list)


class Stager:
    """Copies one batch at a time. What is begun and not finished when it ends is taken away again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stack = contextlib.ExitStack()
        self._members = self._stack.enter_context(Members())
        self._writers = self._stack.enter_context(ThreadPoolExecutor(_WRITERS, "kpss-sync"))
        self._copier = self._stack.enter_context(ThreadPoolExecutor(1, "kpss-copy"))
        self._names: SimpleQueue[str | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._begun: Future[Batch] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._stopping.set()
        with self._stack:
            if self._begun is not None and self._begun.exception() is None:
                _take_away(self._archive.store, self._begun.result())

    @property
    def is_busy(self) -> bool:
        """Whether there is a batch that has not been finished."""
        return self._begun is not None

    def begin(self, rows: Sequence[Row]) -> None:
        """Copy these; nothing is begun when there are none."""
        self._begun = self._copier.submit(self._copy, rows) if rows else None

    def names(self) -> Iterator[str]:
        """The names of the batch, each as it is copied."""
        while (name := self._names.get()) is not None:
            yield name

    def finish(self) -> Batch:
        """The batch, once all of it lasts; raises ArchiveGone when the folder is not there any more."""
        assert self._begun is not None
        begun, self._begun = self._begun, None
        return begun.result()

    def _copy(self, rows: Sequence[Row]) -> Batch:
        batch, store, syncing = Batch(), self._archive.store, _Syncing(self._writers)
        try:
            for place, item in rows:
                self._go_on()
                self._names.put(item.name)
                file_id = new_id()
                try:
                    with self._members.open(item.origin) as stream:
                        copy = store.stage(stream, file_id, partial(syncing.add, file_id))
                    batch.staged.append((place, item, copy))
                except BadZip as error:
                    batch.failed.append((place, item, NotTaken(item.source, error.refusal)))
                except OSError as error:
                    presence.require_there(self._archive.folder)
                    batch.failed.append((place, item, error))
        except BaseException:
            syncing.settle()
            _take_away(store, batch)
            raise
        finally:
            self._names.put(None)
        syncing.settle()
        return _lasting(store, batch, syncing.errors)

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise Cancelled


def _lasting(store: Store, batch: Batch, errors: Mapping[str, OSError]) -> Batch:
    """The batch with what the disk would not take among what has failed."""
    lost = [row for row in batch.staged if row[2].file_id in errors]
    _take_away(store, Batch(lost))
    failed = [*batch.failed, *((place, item, errors[copy.file_id]) for place, item, copy in lost)]
    return Batch([row for row in batch.staged if row[2].file_id not in errors], failed)


def _take_away(store: Store, batch: Batch) -> None:
    for _, _, copy in batch.staged:
        with contextlib.suppress(OSError):
            store.discard(f"{STAGING}/{copy.file_id}")
