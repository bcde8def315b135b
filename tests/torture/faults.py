"""A disk that fails, and a power cut: a hook before (and after) every step that changes files below a folder.

Steps are the calls by which Python changes a disk: opening to write, writing, syncing, linking, renaming, removing.
The hook is told the number and the name of the step; it may raise an OSError or end the process on the spot.
"""

from __future__ import annotations

import errno
import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

# What a full disk refuses; removing and renaming it still does.
NEEDS_ROOM = frozenset({"open", "write", "fsync", "mkdir", "link"})
Hook = Callable[[int, str], None]


class Steps:
    """Counts the steps below some folders, and calls the hook before each."""

    def __init__(self, hook: Hook, *folders: Path) -> None:
        self.hook = hook
        self.folders = tuple(str(folder) for folder in folders)
        self.count = 0

    def step(self, name: str, *paths: Any) -> None:
        """A step is about to be made."""
        if any(str(path).startswith(self.folders) for path in paths):
            self.count += 1
            self.hook(self.count, name)


class _Writing:
    """A file open for writing whose every write and sync is a step."""

    def __init__(self, steps: Steps, path: str, handle: Any) -> None:
        self._steps, self._path, self._handle = steps, path, handle

    def write(self, data: Any) -> int:
        self._steps.step("write", self._path)
        return int(self._handle.write(data))

    def fileno(self) -> int:
        # Asked for just before a sync.
        self._steps.step("fsync", self._path)
        return int(self._handle.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._handle.close()


@contextmanager
def watched(steps: Steps) -> Iterator[Steps]:
    """Let the hook see every step while this lasts."""
    real = {name: getattr(os, name) for name in ("link", "rename", "replace", "unlink", "mkdir", "rmdir")}
    real_open = io.open

    def opened(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if not set(mode) & set("wxa+"):
            return real_open(file, mode, *arguments, **options)
        steps.step("open", file)
        return _Writing(steps, str(file), real_open(file, mode, *arguments, **options))

    def standing_in(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            steps.step(name, *arguments)
            return real[name](*arguments, **options)

        return call

    io.open = opened
    for name in real:
        setattr(os, name, standing_in(name))
    try:
        yield steps
    finally:
        io.open = real_open
        for name, function in real.items():
            setattr(os, name, function)


def failing(at: int, number: int, *, ever_after: bool) -> Hook:
    """Fail step `at` with an errno, once or also all later ones that the error concerns."""

    def hook(count: int, name: str) -> None:
        is_concerned = number != errno.ENOSPC or name in NEEDS_ROOM
        if is_concerned and (count >= at if ever_after else count == at):
            raise OSError(number, os.strerror(number), name)

    return hook


def dying(at: int) -> Hook:
    """End the process before step `at`, as kill -9 would."""

    def hook(count: int, _name: str) -> None:
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def in_a_process(work: Callable[[], None]) -> int:
    """Do something in a forked process; its exit status, -9 when it was killed, 3 when it raised."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def begun_process(work: Callable[[], None]) -> int:
    """The same without waiting for its end; its process number."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child
