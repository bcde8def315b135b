"""Walking through folders however deep: the standard library does so by recursion, and gives up after a thousand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path


def walk(
    root: Path, closed: Callable[[OSError], object] = lambda _error: None
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Each folder with the names of the folders and of everything else in it, from the top.

    Links are named and not followed. The caller may take names of folders away or sort them before he goes on.
    `closed` is told of folders that could not be looked into.
    """
    waiting = [root]
    while waiting:
        here = waiting.pop()
        folders: list[str] = []
        others: list[str] = []
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    (folders if _is_folder(entry) else others).append(entry.name)
        except OSError as error:
            closed(error)
            continue
        yield here, folders, others
        waiting.extend(here / name for name in reversed(folders) if not is_link(here / name))


def is_link(path: Path) -> bool:
    """Whether it is a symbolic link; no when that cannot be told, for instance of a path longer than any may be."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
