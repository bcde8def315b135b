"""An archive to be tortured, what is done to it, and what must hold afterwards whatever happened."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kpss_desktop.archive import editing, looking, undo
from kpss_desktop.archive.archive import Archive, create_archive, open_archive
from kpss_desktop.archive.exporting.bundle import export_bundle
from kpss_desktop.archive.exporting.year_zip import export_year_zip
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.trust import restore
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.rebuild import rebuild
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.errors import NothingToRedo, NothingToUndo
from kpss_desktop.model import Document, GroupKind
from kpss_desktop.progress import silent

GROUPS = (("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("ŘS", GroupKind.STEERING))


@dataclass(frozen=True)
class Place:
    """Where everything lies; a copy of it is a world of its own."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "Archiv"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def stick(self) -> Path:
        return self.root / "stick"

    def enter(self) -> None:
        """Let the program keep its data here; also in processes begun from now on."""
        os.environ["KPSS_DATA_DIR"] = str(self.root / "data")

    def copied(self, root: Path) -> Place:
        """The same archive in another place. Its catalogue is made from the records, as on a new computer."""
        shutil.copytree(self.root, root)
        place = Place(root)
        place.enter()
        return place


def made(root: Path, documents: int, more: int) -> Place:
    """An archive of so many documents, and files that wait to be taken in."""
    place = Place(root)
    place.enter()
    place.inbox.mkdir(parents=True)
    place.out.mkdir()
    waiting = place.root / "first"
    waiting.mkdir()
    for number in range(documents + more):
        group = ("Péče", "Prevence", "ŘS")[number % 3]
        name = f"Zápis {group} {number % 28 + 1} {number % 12 + 1} {2018 + number % 4} č {number}.rtf"
        folder = waiting if number < documents else place.inbox
        (folder / name).write_text(r"{\rtf1 " + f"Text {number} " * 50 + "}", encoding="utf-8")
    with create_archive(place.folder, GROUPS) as archive:
        file_intake(archive, plan_intake(archive, [waiting], silent), silent)
        editing.tag(archive, all_ids(archive.catalogue.db)[:3], "důležité")
        prevention = [document.id for document in everything(archive) if document.groups == ("prevence",)]
        editing.edit(archive, prevention[:2], editing.Edit(groups=("rs",)))
    shutil.rmtree(waiting)
    return place


def take_in(place: Place) -> None:
    """Take in what waits in the inbox; it says so when something could not be taken."""
    with open_archive(place.folder) as archive:
        # Without the texts, for they are read by processes of their own; `rebuild_it` reads them.
        report = file_intake(archive, plan_intake(archive, [place.inbox], silent, read=False), silent)
        for outcome in report.outcomes:
            if outcome.error is not None:
                raise outcome.error


def move_many(place: Place) -> None:
    """Give all documents of a group another one; their files follow."""
    with open_archive(place.folder) as archive:
        ids = [document.id for document in everything(archive) if document.groups == ("pece",)]
        editing.edit(archive, ids, editing.Edit(groups=("prevence",)))


def undo_some(place: Place) -> None:
    """Take the last two changes back, one of which moved files, and make them again."""
    with open_archive(place.folder) as archive:
        for verb, nothing in ((undo.undo, NothingToUndo), (undo.redo, NothingToRedo)):
            with contextlib.suppress(nothing):
                verb(archive)
                verb(archive)


def trash_some(place: Place) -> None:
    with open_archive(place.folder) as archive:
        editing.trash(archive, all_ids(archive.catalogue.db)[::3])
        editing.restore(archive, all_ids(archive.catalogue.db)[::2])


def export(place: Place) -> None:
    with open_archive(place.folder) as archive:
        group = looking.groups(archive)[0]
        export_year_zip(archive, group, 2018, place.out, silent)
        export_bundle(archive, all_ids(archive.catalogue.db), place.out / "balíček.zip", silent)


def back_up(place: Place) -> None:
    with open_archive(place.folder) as archive:
        backup(archive, place.stick, silent)


def restore_it(place: Place) -> None:
    if not any(place.stick.glob("generations/*.txt")):
        back_up(place)
    target = place.out / f"obnovený {random.randrange(10**9)}"  # any free name
    restore.restore(place.stick, target, silent)


def rebuild_it(place: Place) -> None:
    rebuild(place.folder, silent)


Act = Callable[[Place], None]
ACTS: tuple[Act, ...] = (take_in, move_many, undo_some, trash_some, export, back_up, restore_it, rebuild_it)


def everything(archive: Archive) -> list[Document]:
    """All documents."""
    return list(looking.documents(archive, all_ids(archive.catalogue.db)))


@dataclass(frozen=True)
class Kept:
    """What an archive held at a moment: document to digest, and the state in one word."""

    documents: dict[str, str]
    state: str


def look(place: Place) -> Kept:
    """Open the archive and see what it holds; nothing may be out of order."""
    with open_archive(place.folder) as archive:
        problems = verify(archive, silent)
        assert problems == [], problems
        assert list(archive.store.staging.glob("*")) == []
        return Kept({d.id: d.file.sha256 for d in everything(archive)}, state_digest(archive))


def require_whole(place: Place, before: Kept) -> Kept:
    """Open again after a disaster: nothing lost, nothing half-written, nothing that nobody knows."""
    now = look(place)
    lost = before.documents.items() - now.documents.items()
    assert lost == set()
    assert [path for path in place.folder.rglob("*.part") if "damaged" not in path.parts] == []
    for path in place.out.glob("*.zip"):
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None
    if place.stick.exists() and (place.stick / "generations").exists():
        for generation in restore.generations(place.stick):
            assert restore.check(place.stick, silent, number=generation.number) == ()
    return now
