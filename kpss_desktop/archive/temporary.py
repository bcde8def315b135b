"""Temporary copies of documents: in a folder that only this user may enter, gone with the program that made them.

A program that was killed cannot clean up; the next one does so for it. The folder is this program's own and not that of
the system, for names in it may be those of people.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from kpss_desktop.archive.places import data_dir

_FOLDER = "tmp"
_ONLY_ME = 0o700
_MARK = "@"  # between the computer and the process in the name of a folder
_SAME_BIRTH = 2  # seconds; systems tell the birth of a process no better


@contextlib.contextmanager
def private_folder() -> Iterator[None]:
    """Let everything temporary of this process lie in a folder of its own, which is removed at the end.

    What processes left behind that were killed is removed at once. Where no such folder can be made, that of the system
    has to do.
    """
    before = tempfile.tempdir
    try:
        mine = _made()
    except OSError:
        yield
        return
    tempfile.tempdir = str(mine)
    try:
        yield
    finally:
        tempfile.tempdir = before
        _remove(mine)


def _made() -> Path:
    home = data_dir() / _FOLDER
    home.mkdir(mode=_ONLY_ME, parents=True, exist_ok=True)
    home.chmod(_ONLY_ME)
    for left in home.iterdir():
        if _is_abandoned(left.name):
            _remove(left)
    return Path(tempfile.mkdtemp(prefix=f"{socket.gethostname()}{_MARK}{os.getpid()}-{_birth(os.getpid())}-", dir=home))


def _birth(pid: int) -> int:
    return int(psutil.Process(pid).create_time())


def _is_abandoned(name: str) -> bool:
    """Whether whoever made the folder is proved to be dead; of another computer's processes nobody knows that."""
    host, _, rest = name.rpartition(_MARK)
    pid, _, birth = rest.partition("-")
    birth = birth.partition("-")[0]
    if host != socket.gethostname() or not (pid.isdecimal() and birth.isdecimal()):
        return False
    try:
        return abs(_birth(int(pid)) - int(birth)) > _SAME_BIRTH
    except psutil.NoSuchProcess:
        return True
    except psutil.Error:
        return False


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, onerror=_writable_first)


def _writable_first(remove: Callable[[str], object], path: str, _error: object) -> None:
    """Copies for other programs are read-only, and Windows removes nothing that is; what is open there has to stay."""
    with contextlib.suppress(OSError):
        Path(path).chmod(stat.S_IWRITE | stat.S_IREAD)
        remove(path)
