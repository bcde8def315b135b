"""The one door of every change: rows, their inverse and their intents in one transaction; then files and records.

Whatever stops the program between the commit and the last file is made good by `finish` on the next opening.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.archive.placing import shelf_content
from kpss_desktop.archive.sharing import presence
from kpss_desktop.catalogue import documents, following, steps
from kpss_desktop.catalogue.catalogue import Database
from kpss_desktop.catalogue.saved import load_searches
from kpss_desktop.catalogue.synonyms import load_synonyms
from kpss_desktop.lasting import digest_of
from kpss_desktop.safe_names import numbered, path_key
from kpss_desktop.store import STAGING, TRASH, Store

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.following import Intent


@contextlib.contextmanager
def change(archive: Archive, label: str, amount: int = 1) -> Iterator[Database]:
    """Change rows as one step that can be undone; files and records follow before it returns."""
    archive.require_writable()
    db = archive.catalogue.db
    with archive.catalogue.transaction():
        with steps.recorded(db, label, amount):
            yield db
        _before_commit(archive)
    finish(archive)


@contextlib.contextmanager
def further(archive: Archive, step_id: int) -> Iterator[Database]:
    """Change more rows as part of a step that is there already."""
    archive.require_writable()
    db = archive.catalogue.db
    with archive.catalogue.transaction():
        with steps.continued(db, step_id):
            yield db
        _before_commit(archive)
    finish(archive)


@contextlib.contextmanager
def unrecorded(archive: Archive) -> Iterator[Database]:
    """Change rows without a step of their own: undo, redo, repair."""
    archive.require_writable()
    db = archive.catalogue.db
    with archive.catalogue.transaction():
        yield db
        _before_commit(archive)
    finish(archive)


def _before_commit(archive: Archive) -> None:
    """Nothing is committed by one who is not the writer any more, or while the folder is not there."""
    db = archive.catalogue.db
    following.count_revs(db)
    with presence.at_hand(archive):
        presence.require_writer(archive)
        if any(intent.source is None for intent in following.intents(db)):
            # The copies last; that they lie in staging must do so too before the rows say it.
            archive.store.sync([STAGING])


def finish(archive: Archive) -> None:
    """Carry out all intents, then write all record files that must be written; raises ArchiveGone, OSError."""
    with presence.at_hand(archive):
        carried, written = _carry_out(archive), dict[str, str]()
        try:
            _write_records(archive, written)
        finally:
            _strike_off(archive, carried, written)


def _strike_off(archive: Archive, carried: Sequence[Intent], written: Mapping[str, str]) -> None:
    if not carried and not written:
        return
    db = archive.catalogue.db
    with archive.catalogue.transaction():
        following.strike_off(db, carried)
        for shelf, digest in written.items():
            following.shelf_written(db, shelf, digest)


def _carry_out(archive: Archive) -> Sequence[Intent]:
    """Bring all files where they belong; what was done."""
    pending = following.intents(archive.catalogue.db)
    moves = _Moves(archive.store)
    for intent in pending:
        if not moves.take_in(intent):
            _move(archive, moves, intent)
    moves.settle()
    return pending


@dataclass(slots=True)
class _Moves:
    """Files that have their new names, and lose the old ones when the new ones last.

    A disk may forget in any order what was not synced: of a file that was renamed from folder to folder, both names.
    """

    store: Store
    folders: set[str] = field(default_factory=set)  # where names came
    former: dict[str, str] = field(default_factory=dict)  # names that still have to go, by their keys

    def take_in(self, intent: Intent) -> bool:
        """Give a staged copy its place; False when it is none, or when there is anything more to it."""
        if intent.source is not None or intent.target is None:
            return False
        self.make_free(intent.target)
        try:
            self.move(f"{STAGING}/{intent.file_id}", intent.target)
        except (FileNotFoundError, FileExistsError):
            return False
        return True

    def move(self, source: str, target: str) -> None:
        """Give a file its new name."""
        if self.store.give_name(source, target):
            self.forget(source, target)
        else:
            self.folders |= {_folder(source), _folder(target)}
            self.store.prune(self.store.inside(source).parent)

    def forget(self, source: str, target: str) -> None:
        """Let a file that has its new name already lose the old one."""
        self.folders.add(_folder(target))
        self.former[path_key(source)] = source

    def make_free(self, target: str) -> None:
        """See to it that no file is still at a path that it only has to leave."""
        if path_key(target) in self.former:
            self.settle()

    def settle(self) -> None:
        """Make the new names last, then the going of the old ones."""
        self.store.sync(self.folders)
        self.store.discard(*self.former.values())
        self.store.sync({_folder(path) for path in self.former.values()})
        self.folders.clear()
        self.former.clear()


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _move(archive: Archive, moves: _Moves, intent: Intent) -> None:
    """Bring one file where it belongs.

    Done already, or nowhere to be found, is no error: `verify` tells the latter.
    """
    store = moves.store
    target = intent.target or store.kept_path(intent.file_id, PurePosixPath(intent.source or "").name)
    moves.make_free(target)
    sources = [intent.source] if intent.source else _waiting(archive, intent.file_id)
    there = [source for source in sources if store.inside(source).is_file() and source != target]
    if not store.is_free(target):
        if there and store.is_respelt(there[0], target):
            store.respell(there[0], target)
            moves.folders.add(_folder(target))
            return
        if digest_of(store.inside(target)) == intent.sha256:
            # A run that was killed between linking the new name and removing the old one.
            for source in there:
                if digest_of(store.inside(source)) == intent.sha256:
                    moves.forget(source, target)
            return
        if not there:
            return  # it was brought there before we were stopped, and somebody has worked on it since
        target = _elsewhere(archive, intent, target)
    if there:
        moves.move(there[0], target)


def _waiting(archive: Archive, file_id: str) -> list[str]:
    """Where a file may be that is to come in: staged by an intake, or kept since its row was taken back."""
    kept = archive.store.inside(f"{TRASH}/{file_id}")
    names = sorted(path.name for path in kept.iterdir()) if kept.is_dir() else []
    return [f"{STAGING}/{file_id}", *(f"{TRASH}/{file_id}/{name}" for name in names)]


def _elsewhere(archive: Archive, intent: Intent, target: str) -> str:
    """A free name beside one that a stranger's file took meanwhile; the row learns it."""
    db, number = archive.catalogue.db, 2
    while _is_taken(archive, free := numbered(target, number)):
        number += 1
    if intent.target is not None:
        with archive.catalogue.transaction():
            documents.move_file(db, intent.file_id, free, path_key(free))
            ours = (intent.file_id, target, free)
            following.strike_off(
                db, [made for made in following.intents(db) if (made.file_id, made.source, made.target) == ours]
            )
            following.count_revs(db)
    return free


def _is_taken(archive: Archive, path: str) -> bool:
    """Whether a file, a row, or a row that undo and redo would put back has the path."""
    db, key = archive.catalogue.db, path_key(path)
    return not archive.store.is_free(path) or documents.path_taken(db, key) or steps.remembers_path(db, key)


def _write_records(archive: Archive, written: dict[str, str]) -> None:
    """Write the record files that must be written, and note their digests."""
    db = archive.catalogue.db
    shelves = following.dirty_shelves(db)
    # Those that go come first: a disk that tells no "a" from "A" has one record file for both.
    for shelf in sorted(shelves, key=lambda shelf: bool(following.on_shelf(db, shelf))):
        if shelf == following.ARCHIVE_FACTS:
            written[shelf] = _write_facts(archive)
        else:
            written[shelf] = records.write_shelf(archive.folder, shelf_content(archive, shelf))


def note_written(archive: Archive) -> None:
    """Strike off record files that we had written before we were stopped: what they say is no news from elsewhere."""
    db, folder = archive.catalogue.db, archive.folder
    with archive.catalogue.transaction():
        for shelf in following.dirty_shelves(db):
            if shelf == following.ARCHIVE_FACTS:
                facts = records.read_facts(folder)
                ours, digest = facts == _facts(archive, facts), records.facts_digest(folder)
            else:
                digest = records.shelf_digest(folder, shelf)
                ours = digest == records.digest_of(shelf_content(archive, shelf))
            if ours:
                following.shelf_written(db, shelf, digest)


def _write_facts(archive: Archive) -> str:
    records.write_facts(archive.folder, _facts(archive, records.read_facts(archive.folder)))
    return records.facts_digest(archive.folder)


def _facts(archive: Archive, there: records.ArchiveFacts) -> records.ArchiveFacts:
    """What archive.json should say; who the archive is stays as it is there."""
    db = archive.catalogue.db
    return records.with_content(there, documents.load_groups(db), load_searches(db), load_synonyms(db))
