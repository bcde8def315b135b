"""What waits to be handed to reader processes, and what is taken back from them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kpss_desktop.formats.processes.reader import Task
from kpss_desktop.formats.processes.requests import KIN

if TYPE_CHECKING:
    from kpss_desktop.formats.processes.reader import ReaderProcess

LOOK_EVERY = 0.25
"""Seconds between two looks at the memory of busy readers. Behind a file that takes longer no other one waits."""

_CHOICE = 4  # tasks among which one is sought whose kin a reader knows


class Tasks:
    """What is still to be handed out; drawn from its source one by one."""

    def __init__(self, requests: Iterable[dict[str, Any]]) -> None:
        self._source = enumerate(requests)
        self._first: deque[Task] = deque()

    def __bool__(self) -> bool:
        return bool(self._first) or self._draw()

    def next(self, reader: int, readers: int) -> Task:
        """The one for the process of this number among so many: the first of its kin, else the first; there is one."""
        for task in self._first:
            if _is_kin(task, reader, readers):
                self._first.remove(task)
                return task
        while len(self._first) < _CHOICE and self._draw():
            if _is_kin(self._first[-1], reader, readers):
                return self._first.pop()
        return self._first.popleft()

    def put_back(self, tasks: Iterable[Task]) -> None:
        """Have these handed out before all others."""
        self._first.extendleft(reversed(list(tasks)))

    def _draw(self) -> bool:
        for index, asked in self._source:
            self._first.append(Task(index, asked))
            return True
        return False


def _is_kin(task: Task, reader: int, readers: int) -> bool:
    """Whether nobody serves a task better than this process."""
    kin = task.request.get(KIN)
    return kin is None or kin % readers == reader


def withdrawn(busy: Iterable[ReaderProcess]) -> list[Task]:
    """The tasks that wait behind a file that takes long, for readers that have nothing to do."""
    now = time.monotonic()
    taken = []
    for reader in busy:
        for task in list(reader.waiting)[1:]:
            if now - reader.began >= LOOK_EVERY and not task.withdrawn:
                taken.append(Task(task.index, task.request))
                task.withdrawn = True
    return taken
