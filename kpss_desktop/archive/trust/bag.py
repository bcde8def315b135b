"""How a backup lies on its disk: a bag after RFC 8493 (BagIt) that also remembers its older generations.

    bagit.txt  bag-info.txt  manifest-sha256.txt      what BagIt tools read
    data/Péče/2020/Zápis.doc  data/.kpss/...          the newest generation, readable without any program
    generations/0007 2026-11-21 2213.txt              a manifest of every generation that is kept
    content/3f/3f2a...                                by digest: what older generations have and the newest has not

A generation is a list of paths and digests, so any content with the right digest serves it, wherever it lies. Content
is moved to `content` before anything takes its place in `data`, hence every listed generation is whole at any moment,
also in the middle of a backup that was killed. Hard links would be simpler but sticks (FAT, exFAT) have none, and whole
copies would fill them.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kpss_desktop.errors import NotABackup, UnsafePath
from kpss_desktop.lasting import digest_of, rename_new, safe_write
from kpss_desktop.store import Store

VERSION = 1  # of this layout
DATA = "data"
_BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_GENERATION = re.compile(r"(\d{4,}) (\d{4}-\d\d-\d\d) (\d{4})\.txt")
_LINE = re.compile(r"([0-9a-f]{64})  data/(.+)")
_LARGEST = 256 * 1024 * 1024  # bytes of a manifest


@dataclass(frozen=True, slots=True)
class Generation:
    """One backup among those that are kept: when it was made (local time), and path to digest of all its files."""

    number: int
    date: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Bag:
    """A folder with backups of one archive; `generations` are in order, the newest last."""

    folder: Path
    archive_id: str
    generations: tuple[Generation, ...]
    by_digest: dict[str, list[str]]  # the paths of the newest generation

    @property
    def store(self) -> Store:
        """The files of the backup."""
        return Store(self.folder)

    @property
    def newest(self) -> Generation | None:
        """The last one made."""
        return self.generations[-1] if self.generations else None

    def generation(self, number: int | None) -> Generation:
        """The one of this number, the newest for None; raises NotABackup when there is none."""
        for generation in reversed(self.generations):
            if number in (None, generation.number):
                return generation
        raise NotABackup(self.folder)

    def data_path(self, path: str) -> Path:
        """Where a file of the newest generation lies; raises UnsafePath."""
        return self.store.inside(f"{DATA}/{path}")

    def content_path(self, sha256: str) -> Path:
        """Where content lies that only older generations have."""
        return self.folder / "content" / sha256[:2] / sha256

    def places_of(self, sha256: str) -> list[Path]:
        """Every place where content of a digest may lie; the files are there, but not proved."""
        places = [self.data_path(path) for path in self.by_digest.get(sha256, ())]
        return [place for place in [*places, self.content_path(sha256)] if place.is_file()]

    def proved(self, sha256: str) -> Path | None:
        """Where content of a digest lies, proved by reading it; None when the backup has it no more."""
        return next((place for place in self.places_of(sha256) if digest_of(place) == sha256), None)

    def set_aside(self, place: Path, sha256: str) -> None:
        """Move content out of the newest generation's tree, for the sake of the older ones."""
        kept = self.content_path(sha256)
        if kept.exists() and digest_of(kept) == sha256:
            place.unlink()
        else:
            kept.unlink(missing_ok=True)
            rename_new(place, kept)
        self.store.prune(place.parent)


def find(folder: Path) -> Bag:
    """The backup in a folder, or the only one in its subfolders; raises NotABackup, OSError."""
    if (folder / "bag-info.txt").is_file():
        return read(folder)
    inner = [path.parent for path in folder.glob("*/bag-info.txt")] if folder.is_dir() else []
    if len(inner) != 1:
        raise NotABackup(folder)
    return read(inner[0])


def read(folder: Path) -> Bag:
    """The backup in exactly this folder; raises NotABackup, also for one that a newer version made, and OSError."""
    try:
        lines = (folder / "bag-info.txt").read_text(encoding="utf-8").splitlines()
        info = dict(line.split(": ", 1) for line in lines if ": " in line)
        if int(info["KPSS-Layout"]) > VERSION:
            raise NotABackup(folder)
        generations = _generations(folder)
        by_digest: dict[str, list[str]] = defaultdict(list)
        for path, sha256 in generations[-1].files.items() if generations else ():
            by_digest[sha256].append(path)
        return Bag(folder, info["KPSS-Archive"], generations, dict(by_digest))
    except (FileNotFoundError, NotADirectoryError, KeyError, ValueError):
        raise NotABackup(folder) from None


def _generations(folder: Path) -> tuple[Generation, ...]:
    found = []
    for path in (folder / "generations").glob("*.txt"):
        match = _GENERATION.fullmatch(path.name)
        if match and path.stat().st_size <= _LARGEST:
            with contextlib.suppress(ValueError, UnsafePath):
                date = f"{match[2]} {match[3][:2]}:{match[3][2:]}"
                found.append(Generation(int(match[1]), date, _parsed(folder, path.read_text(encoding="utf-8"))))
    return tuple(sorted(found, key=lambda generation: generation.number))


def _parsed(folder: Path, text: str) -> dict[str, str]:
    """Path to digest; ValueError when the list was cut short or is no list."""
    lines = text.split("\n")
    matches = [_LINE.fullmatch(line) for line in lines[:-1]]
    if lines[-1] or not all(matches):
        raise ValueError("manifest")
    files = {_decoded(match[2]): match[1] for match in matches if match}
    for path in files:
        Store(folder).inside(path)
    return files


def begin(folder: Path, archive_id: str) -> Bag:
    """Make an empty backup of an archive."""
    folder.mkdir(parents=True, exist_ok=True)
    safe_write(folder / "bagit.txt", _BAGIT.encode())
    _write_info(folder, archive_id, "")
    return read(folder)


def add(bag: Bag, files: dict[str, str], date: str, size: int) -> Generation:
    """Let the tree as it is now be the newest generation; `date` as "2026-11-21 22:13", `size` in bytes."""
    number = bag.newest.number + 1 if bag.newest else 1
    lines = [f"{digest}  {DATA}/{_encoded(path)}\n" for path, digest in sorted(files.items())]
    manifest = "".join(lines).encode()
    name = f"{number:04d} {date.replace(':', '')}.txt"
    safe_write(bag.folder / "generations" / name, manifest)
    safe_write(bag.folder / "manifest-sha256.txt", manifest)
    _write_info(bag.folder, bag.archive_id, f"Bagging-Date: {date[:10]}\nPayload-Oxum: {size}.{len(files)}\n")
    return Generation(number, date, files)


def forget_older(bag: Bag, keep: int, needed: Collection[str]) -> None:
    """Keep the newest generations, and of `content` what they need or what has one of the `needed` digests.

    Content that no generation ever listed stays too: it is not ours to drop; and so does what the newest one lists but
    has not in its tree, be it that the disk keeps only one of two names that differ in case.
    """
    kept, dropped = bag.generations[-keep:], bag.generations[:-keep]
    newest = set(kept[-1].files.values())
    held = ({digest for generation in kept for digest in generation.files.values()} | set(needed)) - newest
    listed = {digest for generation in bag.generations for digest in generation.files.values()}
    forgotten = listed - held
    for generation in dropped:
        for path in (bag.folder / "generations").glob(f"{generation.number:04d} *.txt"):
            path.unlink()
    for path in (bag.folder / "content").glob("*/*"):
        if path.name in forgotten and (path.name not in newest or bag.proved(path.name) != path):
            path.unlink()
            bag.store.prune(path.parent)


def drop_from_memory(path: Path) -> None:
    """Ask the system to read a file from the disk next time, so that reading it back proves something."""
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _write_info(folder: Path, archive_id: str, more: str) -> None:
    text = f"KPSS-Layout: {VERSION}\nKPSS-Archive: {archive_id}\n{more}"
    safe_write(folder / "bag-info.txt", text.encode())


def _encoded(path: str) -> str:
    """RFC 8493, 2.1.3: only these three are written in another way."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _decoded(path: str) -> str:
    return path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
