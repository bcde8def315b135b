"""What the disk of an archive can do, tried on the spot, and where it lies: on a share, with a sync program.

Tried once for each disk and remembered in the catalogue; nothing in the program relies on an ability that the trial
has not shown, this only says beforehand what a clerk should know.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from kpss_desktop.ids import new_id
from kpss_desktop.lasting import rename_new, safe_write, sync_folder
from kpss_desktop.safe_names import MAX_NAME

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_FACT = "place.abilities"
# Names of folders that sync programs keep in step, folded.
_SYNCED = {"onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive",
           "icloud": "iCloud", "nextcloud": "Nextcloud", "owncloud": "ownCloud", "syncthing": "Syncthing"}  # fmt: skip
_REMOTE = ("cifs", "smb", "nfs", "fuse", "9p", "afpfs", "webdav", "davfs", "ncpfs", "vboxsf")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What was found out. `keeps_case` is false where "a" and "A" are one name, `keeps_form` where é has one form only.

    `system` is the name of the file system, `synced_by` that of a sync program, "" where none is known.
    """

    rename: bool
    replace: bool
    never_overwrites: bool
    links: bool
    keeps_case: bool
    keeps_form: bool
    long_names: bool
    syncs_folders: bool
    system: str
    remote: bool
    synced_by: str

    @property
    def is_safe(self) -> bool:
        """Whether an archive can be written here without a second thought."""
        return self.rename and self.replace and self.never_overwrites and self.long_names and not self.synced_by


def abilities(archive: Archive) -> Abilities | None:
    """What is known of the archive's disk; tries it when nothing is known and the archive may be written."""
    disk = str(archive.folder.stat().st_dev)
    found = json.loads(archive.catalogue.fact(_FACT) or "{}")
    if found.get("disk") == disk:
        return Abilities(**found["abilities"])
    if not archive.writable:
        return None
    made = try_out(archive.folder, archive.store.staging)
    archive.catalogue.remember(_FACT, json.dumps({"disk": disk, "abilities": asdict(made)}))
    return made


def try_out(folder: Path, scratch: Path) -> Abilities:
    """Try a disk in a scratch folder on it, which is left as it was found; raises OSError when it takes nothing."""
    here = scratch / f".{new_id()}"
    here.mkdir(parents=True)
    try:
        system = _system_of(folder)
        return Abilities(
            rename=_works(lambda: _written(here / "a").rename(here / "b")),
            replace=_works(lambda: _replaces(here)),
            never_overwrites=_works(lambda: _refuses(here)),
            links=_works(lambda: os.link(_written(here / "c"), here / "d")),
            keeps_case=_works(lambda: _differ(here, "písmena", "PÍSMENA")),
            keeps_form=_works(lambda: _differ(here, "é", unicodedata.normalize("NFD", "é"))),
            long_names=_works(lambda: _written(here / ("ě" * MAX_NAME))),
            syncs_folders=_works(lambda: sync_folder(here)),
            system=system,
            remote=system.casefold().startswith(_REMOTE) or str(folder).startswith(("\\\\", "//")),
            synced_by=synced_by(folder),
        )
    finally:
        for path in here.iterdir():
            path.unlink(missing_ok=True)
        here.rmdir()


def synced_by(folder: Path) -> str:
    """The sync program in whose folder an archive lies, told by the names of the folders; "" when by none."""
    for part in folder.resolve().parts:
        for name, program in _SYNCED.items():
            if part.casefold() == name or part.casefold().startswith((f"{name} -", f"{name}-")):
                return program
    return ""


def _works(trial: Callable[[], object]) -> bool:
    try:
        trial()
    except OSError:
        return False
    return True


def _require(is_so: bool) -> None:  # there is nothing to confuse it with
    if not is_so:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))


def _written(path: Path) -> Path:
    safe_write(path, b"x")
    return path


def _replaces(here: Path) -> None:
    one, two = here / "e", here / "f"
    safe_write(one, b"new")
    safe_write(two, b"old")
    one.replace(two)
    _require(two.read_bytes() == b"new")


def _refuses(here: Path) -> None:
    one, two = here / "g", here / "h"
    safe_write(one, b"new")
    safe_write(two, b"old")
    with contextlib.suppress(FileExistsError):
        rename_new(one, two)
    _require(two.read_bytes() == b"old")


def _differ(here: Path, one: str, other: str) -> None:
    safe_write(here / one, b"one")
    _require(not (here / other).exists())


def _system_of(folder: Path) -> str:
    """The file system's name, by the longest mount point that leads to the folder."""
    best, system = -1, ""
    for mounted in psutil.disk_partitions(all=True):
        point = Path(mounted.mountpoint)
        if folder.resolve().is_relative_to(point) and len(point.parts) > best:
            best, system = len(point.parts), mounted.fstype
    return system
