"""A disk whose power is cut: what a recorded run has made lasting up to a moment, and no more than that.

The disk is as forgetful as POSIX allows. What was written lasts from the fsync of the file on; that a name came or went
lasts from the fsync of its folder on. A folder that was made is a name in its parent. A lucky disk has kept, by chance,
some of what it need not have kept.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path, PurePosixPath

_HEAD = struct.Struct("=5q")


class Op(IntEnum):
    """What a step does; the same numbers stand in faults.c."""

    CREATE = 0
    WRITE = 1
    SIZE = 2
    SYNC = 3
    RENAME = 4
    LINK = 5
    UNLINK = 6
    MKDIR = 7
    RMDIR = 8


@dataclass(frozen=True)
class Step:
    """One recorded step; `at` and `data` belong to a write, `at` also to a new size."""

    op: Op
    path: PurePosixPath
    other: PurePosixPath
    at: int
    data: bytes


def steps(log: Path) -> Iterator[Step]:
    """Read what the fault layer has written down."""
    with log.open("rb") as handle:
        while head := handle.read(_HEAD.size):
            op, path, other, at, size = _HEAD.unpack(head)
            names = [PurePosixPath(handle.read(length).decode()) for length in (path, other)]
            yield Step(Op(op), names[0], names[1], at, handle.read(size))


@dataclass(eq=False)
class _Node:
    """A file or a folder: as it is, and as it would be after the power was cut."""

    is_folder: bool
    content: bytearray = field(default_factory=bytearray)
    lasting: bytes = b""
    names: dict[str, _Node] = field(default_factory=dict)
    lasting_names: dict[str, _Node] = field(default_factory=dict)


class Disk:
    """The tree below a folder; everything that is there at first lasts."""

    def __init__(self, root: Path) -> None:
        self.root = PurePosixPath(root)
        self._top = self._read(root)

    def _read(self, path: Path) -> _Node:
        if not path.is_dir():
            data = path.read_bytes()
            return _Node(is_folder=False, content=bytearray(data), lasting=data)
        names = {child.name: self._read(child) for child in path.iterdir()}
        return _Node(is_folder=True, names=names, lasting_names=dict(names))

    def make(self, step: Step) -> None:
        """Let a step happen."""
        folder, name = self._folder_of(step.path), step.path.name
        match step.op:
            case Op.CREATE:
                folder.names[name] = _Node(is_folder=False)
            case Op.MKDIR:
                folder.names[name] = _Node(is_folder=True)
            case Op.UNLINK | Op.RMDIR:
                del folder.names[name]
            case Op.LINK:
                self._folder_of(step.other).names[step.other.name] = folder.names[name]
            case Op.RENAME:
                self._folder_of(step.other).names[step.other.name] = folder.names.pop(name)
            case Op.SYNC:
                node = self._find(step.path)
                node.lasting, node.lasting_names = bytes(node.content), dict(node.names)
            case Op.WRITE:
                content = self._find(step.path).content
                content.extend(bytes(max(0, step.at - len(content))))
                content[step.at : step.at + len(step.data)] = step.data
            case Op.SIZE:
                content = self._find(step.path).content
                content.extend(bytes(max(0, step.at - len(content))))
                del content[step.at :]

    def after_a_power_cut(self, target: Path, luck: random.Random | None = None) -> None:
        """Write what lasted into a folder; with `luck` also some of what did not have to."""
        shutil.rmtree(target, ignore_errors=True)
        self._write(self._top, target, luck)

    def _write(self, node: _Node, target: Path, luck: random.Random | None) -> None:
        is_lucky = luck is not None and luck.random() < 0.5
        if not node.is_folder:
            target.write_bytes(node.content if is_lucky else node.lasting)
            return
        target.mkdir()
        for name, child in (node.names if is_lucky else node.lasting_names).items():
            self._write(child, target / name, luck)

    def _find(self, path: PurePosixPath) -> _Node:
        node = self._top
        for part in path.relative_to(self.root).parts:
            node = node.names[part]
        return node

    def _folder_of(self, path: PurePosixPath) -> _Node:
        return self._find(path.parent) if path != self.root else self._top
