"""Following the records: how this computer's catalogue comes to agree with the folder.

The same path serves an empty catalogue (new computer, deleted data folder), a snapshot, a folder that another computer
changed, and the everyday opening where nothing differs. Of two versions of a document the higher rev wins.
"""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.archive import changes
from kpss_desktop.archive.sharing import conflicts, divergence, merging, presence
from kpss_desktop.archive.sharing.merging import Difference
from kpss_desktop.catalogue import documents, following, steps
from kpss_desktop.catalogue.saved import load_searches, put_search
from kpss_desktop.errors import NotAnArchive
from kpss_desktop.lasting import safe_write
from kpss_desktop.store import STAGING, SYSTEM

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_UNREAD = "?"  # the digest of no record file, so it is read again


def follow(archive: Archive) -> bool:
    """Take over what the records say, finish what is unfinished, clear the staging. Whether anything was taken over."""
    with presence.at_hand(archive):
        seen = signature(archive)
        changes.note_written(archive)
        difference = _compare(archive)
        if difference:
            _take_over(archive, difference)
        if archive.writable:
            divergence.bring(archive)
            changes.finish(archive)
            for path in [copy.path for copy in difference.copies] + difference.facts_copies:
                conflicts.put_away(archive.folder, path)
            _clear_staging(archive)
            seen = signature(archive)
    archive.seen = seen
    return bool(difference)


def follow_if_changed(archive: Archive) -> bool:
    """`follow`, if a record file looks different from last time; cheap enough to be asked every few seconds.

    Looks at sizes, times and numbers of files, not into them. Raises ArchiveGone.
    """
    with presence.at_hand(archive):
        same = archive.seen == signature(archive)
    return False if same else follow(archive)


def signature(archive: Archive) -> str:
    """How the record files look from outside."""
    paths = [records.facts_path(archive.folder)]
    paths += [records.shelf_path(archive.folder, name) for name in records.shelf_names(archive.folder)]
    looks = []
    for path in paths:
        try:
            look = path.stat()
        except FileNotFoundError:
            if path == paths[0]:
                raise
            continue  # it went between the listing and the look, and the next look will differ
        looks.append(f"{path} {look.st_size} {look.st_mtime_ns} {look.st_ino}")
    return hashlib.sha256("\n".join(looks).encode("utf-8", "surrogatepass")).hexdigest()


def _compare(archive: Archive) -> Difference:
    folder, known = archive.folder, following.known_record_files(archive.catalogue.db)
    facts = records.read_facts(folder)
    difference = Difference()
    shelves, copies = conflicts.part(records.shelf_names(folder), facts.groups)
    for name in shelves:
        if records.shelf_digest(folder, name) != known.get(name):
            difference.shelves[name] = records.read_shelf(folder, name)
    difference.gone = [name for name in known if name not in shelves and name != following.ARCHIVE_FACTS]
    if records.facts_digest(folder) != known.get(following.ARCHIVE_FACTS):
        difference.facts = facts
    if archive.writable:
        difference.copies = conflicts.find(folder, copies, facts.groups)
        difference.facts_copies = conflicts.facts_copies(folder)
    return difference


def _take_over(archive: Archive, difference: Difference) -> None:
    """Bring the rows in step, in one transaction; what the triggers note meanwhile is no work to be done."""
    for shelf in difference.shelves.values():
        if shelf.bad_lines and archive.writable:
            _keep_damaged(archive, shelf)
    db = archive.catalogue.db
    with archive.catalogue.transaction():
        last = max((intent.seq for intent in following.intents(db)), default=0)
        dirty = set(following.dirty_shelves(db))
        was_empty = not following.known_record_files(db)
        if difference.facts:
            keep_ours = following.ARCHIVE_FACTS in dirty
            merging.take_groups(db, difference.facts.groups, keep_ours=keep_ours)
            if merging.take_taught(db, difference.facts, keep_ours=keep_ours):
                dirty.add(following.ARCHIVE_FACTS)
            digest = records.facts_digest(archive.folder)
            following.shelf_written(db, following.ARCHIVE_FACTS, digest)
        dirty |= _take_facts_copies(archive, difference)
        dirty |= merging.take_documents(archive, difference)
        # Before the commit: a version that is kept twice is better than one that is lost.
        divergence.keep(archive, difference.diverged)
        following.settle(db, last, dirty)
        for shelf in difference.shelves.values():
            # Lines that nobody understood were not kept aside: whoever becomes the writer must see them again.
            is_known = archive.writable or not shelf.bad_lines
            following.remember_record_file(db, shelf.name, shelf.digest if is_known else _UNREAD)
        for name in difference.gone:
            following.remember_record_file(db, name, "")
        if not was_empty:
            # Undo would put back images of rows that somebody else has changed since.
            steps.forget(db)


def _take_facts_copies(archive: Archive, difference: Difference) -> set[str]:
    """Groups and searches that only a copy of `archive.json` knows; the facts are written anew when there is one."""
    db, folder = archive.catalogue.db, archive.folder
    known = {group.id for group in documents.load_groups(db)}
    searches = {search.name for search in load_searches(db)}
    added = set()
    for path in difference.facts_copies:
        try:
            theirs = records.read_facts_file(folder, path)
        except NotAnArchive:
            continue
        for group in theirs.groups:
            if theirs.id == archive.id and group.id not in known:
                documents.save_group(db, group)
                added.add(following.ARCHIVE_FACTS)
        for search in theirs.searches:
            if theirs.id == archive.id and search.name not in searches:
                put_search(db, search)
                added.add(following.ARCHIVE_FACTS)
    return added


def _keep_damaged(archive: Archive, shelf: records.Shelf) -> None:
    """Keep a record file with lines nobody understood, before it is ever written again."""
    path = records.shelf_path(archive.folder, shelf.name)
    data = path.read_bytes()
    name = f"{shelf.name.replace('/', ' ')} {hashlib.sha256(data).hexdigest()[:8]}.jsonl"
    kept = archive.folder / SYSTEM / "damaged" / name
    if not kept.exists():
        safe_write(kept, data)


def _clear_staging(archive: Archive) -> None:
    """Remove copies that an interrupted intake left; their sources are with the clerk, untouched.

    What another computer left may be the only copy of what it has committed already: such files are kept in the trash,
    where that computer's own unfinished work will look for them.
    """
    store = archive.store
    if not store.staging.is_dir():
        return
    for path in store.staging.iterdir():
        if path.is_dir():
            shutil.rmtree(path)  # a trial of the disk that was killed
        elif path.name.startswith(".") or archive.follows_itself:
            path.unlink(missing_ok=True)
        else:
            store.move(f"{STAGING}/{path.name}", store.kept_path(path.name, path.name))
