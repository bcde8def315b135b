"""Reads strangers' files in processes that may die: each file has a limit of time and of memory."""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from kpss_desktop.formats.detect import UNKNOWN
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.reader_process import Event, ReaderProcess
from kpss_desktop.model import Extract, Reason, TextState
from kpss_desktop.progress import Cancelled, Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path
    from types import TracebackType

    from kpss_desktop.formats.structure import Words

DEFAULT_SECONDS = 20.0
DEFAULT_MEMORY = 1 << 30
_LOOK_EVERY = 0.25
"""Seconds between two looks at the memory of busy readers."""

_Events = queue.SimpleQueue[Event]


class Sandbox:
    """Some reader processes, as many as processors when `workers` is None; they start when they are first needed.

    It may be used from several threads at once. `seconds` and `memory` (bytes) are the limits of one file.
    """

    def __init__(
        self, workers: int | None = None, *, seconds: float = DEFAULT_SECONDS, memory: int = DEFAULT_MEMORY
    ) -> None:
        self._readers = [ReaderProcess(seconds, memory) for _ in range(workers or _processors())]
        self._idle: queue.LifoQueue[ReaderProcess | None] = queue.LifoQueue()
        for reader in self._readers:
            self._idle.put(reader)
        self._waiting = 0
        self._counting = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that run now."""
        return [reader.pid for reader in self._readers if reader.pid]

    def close(self) -> None:
        """End all processes, from any thread; whoever waits for one gets Cancelled."""
        self._closed = True
        for reader in self._readers:
            reader.kill()
        self._idle.put(None)

    def read(self, path: Path, name: str = "") -> Extract:
        """The text of one file, as `read.read`; FAILED with its reason when the process died or had to be killed."""
        return _extract(self._ask_alone(_request("read", path, name)))

    def structure(self, path: Path, name: str = "", words: Words | None = None, progress: Progress = silent) -> str:
        """The HTML of one file for the preview, `words` being those that the preview itself adds.

        `progress` is told nothing but may raise Cancelled, which ends the reading. Raises Unreadable with the reason
        why there is none.
        """
        request = _request("structure", path, name) | {"words": asdict(words) if words else {}}
        answer = self._ask_alone(request, progress)
        if "html" in answer:
            return str(answer["html"])
        extract = answer.get("extract", answer)
        raise Unreadable(TextState(extract["state"]), Reason(extract["reason"]))

    def convert(self, path: Path, name: str, target: Path, progress: Progress = silent) -> None:
        """Write an office document as a PDF to `target`, by LibreOffice.

        `progress` is told nothing but may raise Cancelled, which ends the conversion. Raises Unreadable with the reason
        why there is no PDF.
        """
        answer = self._ask_alone(_request("convert", path, name) | {"target": str(target)}, progress)
        if "made" not in answer:
            extract = answer.get("extract", answer)
            raise Unreadable(TextState(extract["state"]), Reason(extract["reason"]))

    def read_many(
        self, files: Iterable[tuple[Path, str]], helper: str = "", look: Callable[[], None] = lambda: None
    ) -> Generator[tuple[int, Extract], None, None]:
        """The texts of many files (path, name), several at a time: (index among `files`, Extract) as they are done.

        `files` is drawn from as processes get free. With `helper`, a name of `helpers`, that one is asked and no reader
        of ours. `look` is called a few times a second and may raise Cancelled: one scan may take minutes. Closing the
        generator gives its processes back. Raises Cancelled when the sandbox is closed.
        """
        do = {"do": "help", "helper": helper} if helper else {}
        events: _Events = queue.SimpleQueue()
        busy: dict[ReaderProcess, tuple[int, dict[str, Any]]] = {}
        source = enumerate(files)
        following = next(source, None)
        try:
            while following is not None or busy:
                while following is not None and (reader := self._take(wait=not busy)) is not None:
                    index, (path, name) = following
                    request = _request("read", path, name) | do
                    busy[reader] = (index, request)
                    reader.ask(request, events)
                    following = next(source, None)
                done, answer = self._next_answer(list(busy), events, look)
                index, request = busy[done]
                extract = _extract(self._explained(done, answer, request))
                del busy[done]
                self._release(done)
                yield index, extract
        finally:
            for reader in busy:
                reader.kill()
                self._idle.put(reader)

    def _ask_alone(self, request: dict[str, Any], progress: Progress = silent) -> dict[str, Any]:
        reader = self._take(wait=True)
        assert reader is not None
        events: _Events = queue.SimpleQueue()
        try:
            reader.ask(request, events)
            _reader, answer = self._next_answer([reader], events, partial(progress, 0, None))
            return self._explained(reader, answer, request)
        except Cancelled:
            reader.kill()
            raise
        finally:
            self._release(reader)

    def _release(self, reader: ReaderProcess) -> None:
        if self._closed:
            reader.kill()  # it may have been started while the others were ended
        self._idle.put(reader)

    def _take(self, *, wait: bool) -> ReaderProcess | None:
        """An idle reader. Without waiting none, when all are busy or somebody else waits for one."""
        if not wait and self._waiting:
            return None
        with self._counting:
            self._waiting += wait
        try:
            reader = self._idle.get(block=wait)
        except queue.Empty:
            return None
        finally:
            with self._counting:
                self._waiting -= wait
        if reader is None or self._closed:
            self._idle.put(None)  # the next one who waits has to be told, too
            raise Cancelled
        return reader

    def _next_answer(
        self, busy: list[ReaderProcess], events: _Events, look: Callable[[], None] = lambda: None
    ) -> tuple[ReaderProcess, dict[str, Any]]:
        """The first of the busy readers that is done, with its answer or what went wrong."""
        pids = {reader: reader.pid for reader in busy}
        while True:
            look()
            now = time.monotonic()
            pause = max(0.0, min(_LOOK_EVERY, min(reader.deadline for reader in busy) - now))
            try:
                event = events.get(timeout=pause)
            except queue.Empty:
                late = self._over_a_limit(busy)
                if late is not None:
                    return late
                continue
            finally:
                if self._closed:
                    raise Cancelled
            if pids.get(event.reader) != event.pid:
                continue  # the last words of a process that was replaced
            if event.line:
                return event.reader, json.loads(event.line)
            event.reader.kill()
            return event.reader, _failure(event.reader, Reason.CRASH)

    def _over_a_limit(self, busy: list[ReaderProcess]) -> tuple[ReaderProcess, dict[str, Any]] | None:
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
                return reader, _failure(reader, reason)
        return None

    def _explained(self, reader: ReaderProcess, answer: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        """The answer; for a file that killed its reader, what a fresh process and the next reader say of it.

        After a death in time the rest of the chain is asked. After a timeout only the kind of the file is: nobody waits
        twice.
        """
        extract = answer.get("extract", {})
        if extract.get("state") != TextState.FAILED or extract.get("reason") == Reason.MISSING:
            return answer
        # A process that ran out of memory once is in no state to go on.
        reader.kill()
        may_read = request["do"] == "read" and extract["reason"] != Reason.TIMEOUT
        events: _Events = queue.SimpleQueue()
        reader.ask(request | ({"skip": 1} if may_read else {"do": "detect"}), events)
        _reader, second = self._next_answer([reader], events)
        other = second.get("extract", second)
        if other.get("state") == TextState.READY:
            return second
        return {"extract": extract | {"mime": other.get("mime") or extract["mime"]}}


def _request(do: str, path: Path, name: str) -> dict[str, Any]:
    return {"id": 0, "do": do, "path": str(path), "name": name}


def _failure(reader: ReaderProcess, reason: Reason) -> dict[str, Any]:
    seconds = round(time.monotonic() - reader.began, 3)
    return {"extract": {"mime": UNKNOWN, "state": TextState.FAILED, "reason": reason, "seconds": seconds}}


def _extract(answer: dict[str, Any]) -> Extract:
    values = dict(answer["extract"])
    values["state"], values["reason"] = TextState(values["state"]), Reason(values["reason"])
    return Extract(**values)


def _processors() -> int:
    available = getattr(os, "sched_getaffinity", None)
    return max(1, len(available(0)) if available else os.cpu_count() or 1)
