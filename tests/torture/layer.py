"""The fault layer below the program and below SQLite: `faults.c`, compiled when a trial begins, loaded into workers.

Each call that changes a disk below one folder is a step. A trial begins worker processes with the layer loaded; a
worker forks a child for each disaster, and only in the child the layer is armed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from tests.memory import folder_in_memory

SOURCE = Path(__file__).with_name("faults.c")


class How(IntEnum):
    """What becomes of the chosen step; the same numbers stand in faults.c."""

    COUNT = 0
    FAIL_ONCE = 1
    FAIL_EVER_AFTER = 2
    KILL = 3
    KILL_HALFWAY = 4
    RECORD = 5


@dataclass(frozen=True)
class Disaster:
    """A kind of disaster: what the step does, with which error number."""

    how: How
    number: int = 0

    @property
    def name(self) -> str:
        """For figures and for a worker's command line."""
        failing = f" {errno.errorcode[self.number]}" if self.number else ""
        return self.how.name.lower().replace("_", " ") + failing


DISASTERS = (
    Disaster(How.FAIL_ONCE, errno.ENOSPC),
    Disaster(How.FAIL_EVER_AFTER, errno.ENOSPC),
    Disaster(How.FAIL_ONCE, errno.EIO),
    Disaster(How.FAIL_EVER_AFTER, errno.EIO),
    Disaster(How.KILL),
    Disaster(How.KILL_HALFWAY),
)


def compiled(folder: Path) -> Path | None:
    """The layer as a library in this folder; None where there is no C compiler for Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or os.uname().sysname != "Linux":
        return None
    library = folder / "libfaults.so"
    subprocess.run(
        [
            compiler,
            "-shared",
            "-fPIC",
            "-O1",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            library,
            SOURCE,
            "-ldl",
            "-lpthread",
        ],
        check=True,
    )
    return library


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """Where worlds come and go: in memory, where there is room."""
    folder = Path(tempfile.mkdtemp(prefix="kpss-torture-", dir=folder_in_memory() or otherwise))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Layer:
    """The layer that this process was begun with."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self._library.faults_count.restype = ctypes.c_long

    def arm(self, folder: Path, disaster: Disaster, at: int = 0, log: int = -1) -> None:
        """From now on count the steps below a folder; the one of number `at` is the disaster."""
        arguments = (ctypes.c_int(disaster.how), ctypes.c_long(at), ctypes.c_int(disaster.number), ctypes.c_int(log))
        self._library.faults_arm(ctypes.c_char_p(os.fsencode(folder)), *arguments)

    def disarm(self) -> None:
        """Let everything through again."""
        self._library.faults_disarm()

    @property
    def count(self) -> int:
        """Steps since it was armed."""
        return int(self._library.faults_count())
