"""Reads strangers' files in processes that may die: each file has a limit of time and of memory."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import threading
import time
from collections import deque
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from kpss_desktop.formats.detect import UNKNOWN
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.mail.letter import Taken
from kpss_desktop.formats.processes.limits import MEMORY, ROOMY, SECONDS, may_be_roomy
from kpss_desktop.formats.processes.reader import WORKER, Event, ReaderProcess, Task
from kpss_desktop.formats.processes.requests import SWOLLEN, extract_of, has_failed, helping, reading, request
from kpss_desktop.formats.processes.tasks import LOOK_EVERY, Tasks, withdrawn
from kpss_desktop.model import Extract, Reason, TextState
from kpss_desktop.progress import Cancelled, Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path
    from types import TracebackType

    from kpss_desktop.formats.structure import Words

_AHEAD = 4
"""Files that a reader is given at a time, so that it need not wait until we have taken in its last answer."""

_one_roomy = threading.Lock()
"""Held while a file is read that needs much memory."""

_Events = queue.SimpleQueue[Event]


class Sandbox:
    """Some reader processes, as many as processors when `workers` is None; they start when they are first needed.

    It may be used from several threads at once. `seconds` and `memory` (bytes) are the limits of one file; `program` is
    the module that its processes run.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        program: str = WORKER,
    ) -> None:
        self._readers = [ReaderProcess(seconds, memory, program) for _ in range(workers or _processors())]
        self._idle = list(self._readers)
        self._line: deque[object] = deque()  # who waits for an idle one; first come, first served
        self._changed = threading.Condition()
        self._closed = False

    @property
    def size(self) -> int:
        """How many processes there are at most."""
        return len(self._readers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that run now."""
        return [reader.pid for reader in self._readers if reader.pid]

    def start(self) -> None:
        """Start the idle processes now, for whoever knows that there will be files; each needs a part of a second."""
        with self._changed:
            for reader in self._idle:
                reader.start()
        if self._closed:
            self.close()  # it may have been closed meanwhile

    def close(self) -> None:
        """End all processes, from any thread; whoever waits for one gets Cancelled."""
        self._closed = True
        for reader in self._readers:
            reader.kill()
        with self._changed:
            self._changed.notify_all()

    def read(self, path: Path, name: str = "") -> Extract:
        """The text of one file, as `read.read`; FAILED with its reason when the process died or had to be killed."""
        return extract_of(self._ask_alone(reading(path, name)))

    def structure(self, path: Path, name: str = "", words: Words | None = None, progress: Progress = silent) -> str:
        """The HTML of one file for the preview, `words` being those that the preview itself adds.

        `progress` is told nothing but may raise Cancelled, which ends the reading. Raises Unreadable with the reason
        why there is none.
        """
        asked = request("structure", path, name) | {"words": asdict(words) if words else {}}
        answer = self._ask_alone(asked, progress)
        if "html" in answer:
            return str(answer["html"])
        raise _reason_of(answer)

    def convert(self, path: Path, name: str, target: Path, progress: Progress = silent) -> None:
        """Write an office document as a PDF to `target`, by LibreOffice.

        `progress` is told nothing but may raise Cancelled, which ends the conversion. Raises Unreadable with the reason
        why there is no PDF.
        """
        answer = self._ask_alone(request("convert", path, name) | {"target": str(target)}, progress)
        if "made" not in answer:
            raise _reason_of(answer)

    def take_apart(self, path: Path, folder: Path) -> Taken:
        """Write the attachments of a letter into a folder; raises Unreadable with the reason why there is none."""
        answer = self._ask_alone(request("take_apart", path, "") | {"target": str(folder)})
        if "taken" not in answer:
            raise _reason_of(answer)
        told = answer["taken"]
        return Taken(told["subject"], told["date"], tuple((name, size) for name, size in told["attached"]))

    def read_many(
        self, files: Iterable[tuple[Path, str]], helper: str = "", look: Callable[[], None] = lambda: None
    ) -> Generator[tuple[int, Extract], None, None]:
        """The texts of many files (path, name), several at a time: (index among `files`, Extract) as they are done.

        `files` is drawn from as processes get free. With `helper`, a name of `helpers`, that one is asked and no reader
        of ours. `look` is called a few times a second and may raise Cancelled: one scan may take minutes. Closing the
        generator gives its processes back. Raises Cancelled when the sandbox is closed.
        """
        asked = partial(helping, helper) if helper else reading
        requests = (asked(path, name) for path, name in files)
        with contextlib.closing(self.ask_many(requests, look, ahead=1 if helper else _AHEAD)) as answers:
            for index, answer in answers:
                yield index, extract_of(answer)

    def ask_many(
        self, requests: Iterable[dict[str, Any]], look: Callable[[], None] = lambda: None, *, ahead: int = _AHEAD
    ) -> Generator[tuple[int, dict[str, Any]], None, None]:
        """As `read_many` for requests of any kind: (index among `requests`, answer); one about a file has an "extract".

        A request may tell its kin (`requests.KIN`). More than usual are given `ahead` only to quick readers.
        """
        events: _Events = queue.SimpleQueue()
        tasks = Tasks(requests)
        busy: list[ReaderProcess] = []
        try:
            while tasks or busy:
                self._hand_out(tasks, busy, ahead, events)
                answered = self._next_answer(busy, events, look)
                if answered is None:
                    if not tasks and self._idle:
                        tasks.put_back(withdrawn(busy))
                    continue
                reader, task, answer = answered
                if has_failed(answer):
                    # A process that ran out of memory once is in no state to go on; nor is one that had to be killed.
                    reader.kill()
                    tasks.put_back(reader.give_back())
                    answer = answer if task.withdrawn else self._explained(reader, answer, task.request, look)
                if answer.get(SWOLLEN):
                    reader.kill()
                    tasks.put_back(reader.give_back())
                if not reader.waiting:
                    busy.remove(reader)
                    self._release(reader)
                if not task.withdrawn:
                    yield task.index, answer
        finally:
            for reader in busy:
                reader.kill()
                reader.give_back()
                self._release(reader)

    def _hand_out(self, tasks: Tasks, busy: list[ReaderProcess], ahead: int, events: _Events) -> None:
        """Give tasks to readers, who become busy, once one of them may have several."""
        if busy and not self._idle and not any(reader.is_half_done(_given_to(reader, ahead)) for reader in busy):
            return
        while tasks and (reader := self._with_room(busy, ahead)) is not None:
            reader.ask(tasks.next(self._readers.index(reader), self.size), events)
        for reader in busy:
            reader.send()

    def _with_room(self, busy: list[ReaderProcess], ahead: int) -> ReaderProcess | None:
        """A reader that can be given a task: an idle one, which becomes busy, else the one that has least to do."""
        reader = self._take(wait=not busy)
        if reader is not None:
            busy.append(reader)
            return reader
        if self._line:
            return None  # somebody else wants one, and gets the first that has done what it was given
        now = time.monotonic()
        room = (
            one
            for one in busy
            if len(one.waiting) < _given_to(one, ahead)
            and now - one.began < LOOK_EVERY
            and not one.is_worn
            and not one.would_block
        )
        return min(room, key=lambda one: len(one.waiting), default=None)

    def _ask_alone(self, asked: dict[str, Any], progress: Progress = silent) -> dict[str, Any]:
        reader = self._take(wait=True)
        assert reader is not None
        look = partial(progress, 0, None)
        try:
            answer = self._answer(reader, asked, look)
            if has_failed(answer):
                answer = self._explained(reader, answer, asked, look)
        except Cancelled:
            reader.kill()
            reader.give_back()
            raise
        else:
            if answer.get(SWOLLEN):
                reader.kill()
            return answer
        finally:
            self._release(reader)

    def _answer(self, reader: ReaderProcess, asked: dict[str, Any], look: Callable[[], None]) -> dict[str, Any]:
        """The answer to the only request that a reader has."""
        events: _Events = queue.SimpleQueue()
        reader.ask(Task(0, asked), events)
        reader.send()
        while True:
            answered = self._next_answer([reader], events, look)
            if answered is not None:
                return answered[2]

    def _release(self, reader: ReaderProcess) -> None:
        if self._closed:
            reader.kill()  # it may have been started while the others were ended
        with self._changed:
            self._idle.append(reader)
            self._changed.notify_all()

    def _take(self, *, wait: bool) -> ReaderProcess | None:
        """An idle reader. Without waiting none, when all are busy or somebody else waits for one."""
        with self._changed:
            if self._closed:
                raise Cancelled
            if not wait and (self._line or not self._idle):
                return None
            place = object()
            self._line.append(place)
            try:
                self._changed.wait_for(lambda: self._closed or (self._idle and self._line[0] is place))
            finally:
                self._line.remove(place)
                self._changed.notify_all()
            if self._closed:
                raise Cancelled
            return self._idle.pop()

    def _next_answer(
        self, busy: list[ReaderProcess], events: _Events, look: Callable[[], None] = lambda: None
    ) -> tuple[ReaderProcess, Task, dict[str, Any]] | None:
        """The first task of the busy readers that is done, with its answer or what went wrong; None for now."""
        while True:
            look()
            pause = max(0.0, min(LOOK_EVERY, min(reader.deadline for reader in busy) - time.monotonic()))
            try:
                event = events.get(timeout=pause)
            except queue.Empty:
                return self._over_a_limit(busy)
            finally:
                if self._closed:
                    raise Cancelled
            reader = event.reader
            if not reader.waiting or reader.pid != event.pid:
                continue  # the last words of a process that was replaced
            if event.line:
                return reader, reader.waiting.popleft(), json.loads(event.line)
            reader.kill()
            return _failed(reader, Reason.CRASH)

    def _over_a_limit(self, busy: list[ReaderProcess]) -> tuple[ReaderProcess, Task, dict[str, Any]] | None:
        for reader in busy:
            reason = Reason.NONE
            if time.monotonic() >= reader.deadline:
                reason = Reason.TIMEOUT
            elif reader.is_over_memory():
                reason = Reason.MEMORY
            elif reader.is_dead():
                reason = Reason.CRASH  # it died before it was asked, so its end was told to nobody
            if reason:
                reader.kill()
                return _failed(reader, reason)
        return None

    def _explained(
        self, reader: ReaderProcess, answer: dict[str, Any], asked: dict[str, Any], look: Callable[[], None]
    ) -> dict[str, Any]:
        """The answer for a file that killed its reader: what a fresh process with more memory says of it.

        Then the rest of the chain is asked. After a timeout only the kind of the file is: nobody waits twice.
        """
        if "path" not in asked:
            return answer
        extract = answer.get("extract", answer)
        if extract["reason"] != Reason.TIMEOUT and may_be_roomy(asked):
            with _one_roomy:
                again = self._afresh(reader, asked | {ROOMY: True}, look)
                if not has_failed(again):
                    return again
                extract = again.get("extract", again)
                if "skip" in asked and extract["reason"] != Reason.TIMEOUT:
                    again = self._afresh(reader, asked | {ROOMY: True, "skip": 1}, look)
                    if again["extract"]["state"] == TextState.READY:
                        return again
        mime = self._afresh(reader, asked | {"do": "detect"}, look).get("mime")
        return {"extract": extract | {"mime": mime or extract.get("mime", UNKNOWN)}}

    def _afresh(self, reader: ReaderProcess, asked: dict[str, Any], look: Callable[[], None]) -> dict[str, Any]:
        reader.kill()
        return self._answer(reader, asked, look)


def _given_to(reader: ReaderProcess, ahead: int) -> int:
    """How many tasks a reader may have at a time."""
    return ahead if reader.is_quick else min(ahead, _AHEAD)


def _failed(reader: ReaderProcess, reason: Reason) -> tuple[ReaderProcess, Task, dict[str, Any]]:
    """A reader that was killed, the task it was at, and what is to be said of it."""
    seconds = round(time.monotonic() - reader.began, 3)
    extract = {"mime": UNKNOWN, "state": TextState.FAILED, "reason": reason, "seconds": seconds}
    return reader, reader.waiting.popleft(), {"extract": extract}


def _reason_of(answer: dict[str, Any]) -> Unreadable:
    extract = answer.get("extract", answer)
    return Unreadable(TextState(extract["state"]), Reason(extract["reason"]))


def _processors() -> int:
    available = getattr(os, "sched_getaffinity", None)
    return max(1, len(available(0)) if available else os.cpu_count() or 1)
