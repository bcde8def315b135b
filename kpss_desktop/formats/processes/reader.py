"""One reader process: started when it is needed, asked one file after another, killed with everything it started."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil

from kpss_desktop.formats.processes.limits import memory_for
from kpss_desktop.formats.processes.requests import Told

if TYPE_CHECKING:
    from queue import SimpleQueue

WORKER = "kpss_desktop.formats.processes.worker"
"""What a process runs, unless a room above has a worker that can do more."""

MAX_DOCUMENTS = 5_000
"""After so many documents a fresh process takes over, whatever the parsers have leaked."""

# On Windows only: no console, and behind the window where both want a processor; see `worker` for other systems.
_UNSEEN = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_GIVING_WAY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)

_WEIGHED_EVERY = 100
_PIPE = 40_000  # bytes; with the next request about what a pipe holds
_QUICK = 0.01  # seconds of a file after which many more may wait
_WORN = 0.35
"""The part of its memory that a process may hold between two files; with more a fresh one takes over."""

LONGEST_SECONDS = 1800.0
"""No file takes longer, however much time its reader asks for: a scan of 300 pages at six seconds each."""

START_SECONDS = 10.0
"""How long a process may take to start, on a busy computer or a slow disk, before the time of its file counts."""


@dataclass(eq=False, slots=True)
class Task:
    """One request; `index` is its place among others. Nobody waits for the answer of one that was withdrawn."""

    index: int
    request: dict[str, Any]
    withdrawn: bool = False
    size: int = 0  # bytes, as it was sent


@dataclass(frozen=True, slots=True)
class Event:
    """What a process said: `line` is one answer, b"" when it has ended. `pid` tells a process from the one before."""

    reader: ReaderProcess
    pid: int
    line: bytes


class ReaderProcess:
    """A place for a process; there is one in it while it is busy and mostly afterwards.

    `waiting` are the tasks it was given and has not answered, in their order: it works at the first. A task may be sent
    before the one ahead of it is answered, so that the process need not wait for us; each has its own time.
    """

    def __init__(self, seconds: float, memory: int, worker: str = WORKER) -> None:
        self.waiting: deque[Task] = deque()
        self.began = 0.0
        self.deadline = 0.0
        self._took = math.inf  # seconds, for the last task
        self._seconds = seconds
        self._memory = memory
        self._worker = worker
        self._process: subprocess.Popen[bytes] | None = None
        self._watched: psutil.Process | None = None
        self._events: SimpleQueue[Event] | None = None
        self._served = 0
        self._unsent = 0  # of the tasks it was given
        self._worn = False
        self._told = Told()

    @property
    def pid(self) -> int:
        """The process's number, 0 when there is none."""
        return self._process.pid if self._process is not None else 0

    @property
    def is_worn(self) -> bool:
        """Whether a fresh process must take over once this one has answered everything."""
        return self._worn or self._served >= MAX_DOCUMENTS

    @property
    def is_quick(self) -> bool:
        """Whether what waits for it will be done in no time, as far as can be told from its last task."""
        return self._took < _QUICK

    @property
    def would_block(self) -> bool:
        """Whether one more request might have to wait until a parser lets the process read it."""
        return self._unread > _PIPE

    def is_half_done(self, ahead: int) -> bool:
        """Whether it has done half of what it may be given: several requests at once cost little more than one."""
        return len(self.waiting) <= ahead // 2 and self._unread <= _PIPE // 2

    @property
    def _unread(self) -> int:
        """Bytes that the process may not have read yet."""
        return sum(task.size for task in self.waiting)

    def start(self) -> None:
        """Have a process run, if none does, so that the first task finds it ready."""
        if self._process is None:
            self._start()

    def ask(self, task: Task, events: SimpleQueue[Event]) -> None:
        """Give it a task, which `send` sends; its answer, or the news of the process's death, comes as an Event."""
        self._events = events
        if not self.waiting and self._process is not None and (self.is_worn or self._process.poll() is not None):
            self.kill()
        process = self._process or self._start()
        request = self._told.shortened(task.request)
        line = json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        task.size = len(line)
        self._count()
        if not self.waiting:
            self.began = time.monotonic()
        self.waiting.append(task)
        self._unsent += 1
        assert process.stdin is not None
        with suppress(OSError, ValueError):  # it has just died or been ended: that comes as an event
            process.stdin.write(line)

    def send(self) -> None:
        """Send the tasks it was given. Their time counts from here, for the last one may have been long in coming."""
        process, unsent = self._process, self._unsent
        if process is None or process.stdin is None or not unsent:
            return
        self._unsent = 0
        now = time.monotonic()
        if unsent == len(self.waiting):
            self.began = self.deadline = now
        fresh = unsent == self._served
        self.deadline = max(self.deadline, now + self._seconds + (START_SECONDS if fresh else 0))
        with suppress(OSError, ValueError):  # as above
            process.stdin.flush()

    def _count(self) -> None:
        self._served += 1
        if self._served % _WEIGHED_EVERY == 0:
            self._worn = self._holds() > _WORN * self._memory

    def _start(self) -> subprocess.Popen[bytes]:
        limits = [str(self._seconds), str(self._memory)]
        if getattr(sys, "frozen", False):
            command = [sys.executable, "--reader", *limits]
        else:
            command = [sys.executable, "-m", self._worker, *limits]
        environment = dict(os.environ)
        # The child finds this package where we found it, also when it is not installed.
        environment["PYTHONPATH"] = os.pathsep.join(one for one in sys.path if one)
        # What it keeps for a moment lies where ours does, and is removed with it.
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), tempfile.gettempdir())
        process = subprocess.Popen(  # noqa: S603  (our own program, no shell)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
            creationflags=_UNSEEN | _GIVING_WAY,
        )
        self._process, self._served, self._unsent, self._worn, self._told = process, 0, 0, False, Told()
        with suppress(psutil.Error):
            self._watched = psutil.Process(process.pid)
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as output:
            if output.readline():
                self.deadline = time.monotonic() + self._seconds
            for line in output:
                if line.startswith(b"+"):
                    self.deadline = min(time.monotonic() + float(line), self.began + LONGEST_SECONDS)
                else:
                    now = time.monotonic()
                    self._took, self.began = now - self.began, now  # of the task that waits behind it
                    self.deadline = self.began + self._seconds
                    self._tell(process.pid, line)
        self._tell(process.pid, b"")

    def _tell(self, pid: int, line: bytes) -> None:
        if self._events is not None:
            self._events.put(Event(self, pid, line))

    def is_over_memory(self) -> bool:
        """Whether the process holds more than its limit; for systems that do not hold it themselves."""
        return bool(self.waiting) and self._holds() > memory_for(self.waiting[0].request, self._memory)

    def _holds(self) -> int:
        """Bytes of memory."""
        if self._watched is None:
            return 0
        try:
            return int(self._watched.memory_info().rss)
        except psutil.Error:
            return 0

    def is_dead(self) -> bool:
        """Whether the process has ended."""
        process = self._process
        return process is None or process.poll() is not None

    def give_back(self) -> list[Task]:
        """The tasks that nobody will answer any more, for the process has been killed."""
        tasks = [task for task in self.waiting if not task.withdrawn]
        self.waiting.clear()
        return tasks

    def kill(self) -> None:
        """End the process and all that it started, and wait until it is gone. Does nothing when there is none."""
        process, self._process, self._watched = self._process, None, None
        if process is None:
            return
        _kill_tree(process)
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        process.wait()


def _kill_tree(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        with suppress(psutil.Error):
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
        process.kill()
    else:
        # Its own session was started for it, so its number is also that of its group.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
