"""Reading what has not been read: texts in reader processes, then the full text. A crash loses nothing.

The queue is in the catalogue: files without a text, and documents the index has not followed. So this can be stopped
and started at any time, and what a reader could not read is a row with its reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive.reading import cache
from kpss_desktop.archive.reading.helping import ask_helpers
from kpss_desktop.archive.reading.prints import letters_of
from kpss_desktop.archive.sharing import presence
from kpss_desktop.catalogue import documents, fulltext, prints, texts
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.helpers.installed import Helper, available
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.structure.words import ENGLISH, Words
from kpss_desktop.model import Extract, Reason, StoredFile, TextState
from kpss_desktop.progress import Progress, silent

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

READERS_VERSION = 2  # grows when readers may survive what they died of
STRUCTURE_VERSION = 2  # grows when the preview of the same file may look different
_QUEUE = 400  # files taken from the queue at once
_TOGETHER = 50  # texts of one transaction
_FILES = 64  # read before the first of them is told


def index_pending(archive: Archive, progress: Progress = silent) -> int:
    """Read all unread texts and bring the index in step; how many files were read. Raises Cancelled.

    What our readers could not read is then given to the helpers of this computer, for as long as nothing new comes.
    """
    done = _read_unread(archive, progress)
    while helped := ask_helpers(archive, progress):
        done += helped + _read_unread(archive, progress)
    return done


def _read_unread(archive: Archive, progress: Progress) -> int:
    _try_failures_again(archive)
    done, total = 0, texts.unread_count(archive.catalogue.db)
    if total:
        with Sandbox() as sandbox:
            while batch := texts.unread(archive.catalogue.db, _QUEUE):
                done = _read_batch(archive, sandbox, batch, progress, done, total)
    _take_prints(archive, progress)
    _follow(archive, progress)
    return done


def _try_failures_again(archive: Archive) -> None:
    """Files that killed their readers are tried again by new readers only; until then nobody opens them by himself."""
    if texts.readers_of_failures(archive.catalogue.db) != READERS_VERSION:
        with archive.catalogue.transaction():
            texts.forget_failures(archive.catalogue.db, READERS_VERSION)


def _read_batch(
    archive: Archive, sandbox: Sandbox, batch: Sequence[texts.Unread], progress: Progress, done: int, total: int
) -> int:
    """Read some files; what is read is kept even when the work is stopped in their midst."""
    waiting: list[tuple[str, Extract]] = []

    def tell() -> None:
        progress(min(done, total), total)

    try:
        requests = [(archive.store.inside(file.path), file.original_name) for file in batch]
        for index, extract in sandbox.read_many(requests, look=tell):
            waiting.append((batch[index].sha256, extract))
            done += 1
            progress(min(done, total), total, batch[index].original_name)
            if len(waiting) >= _TOGETHER:
                _keep(archive, waiting)
    finally:
        _keep(archive, waiting)
    return done


def _keep(archive: Archive, waiting: list[tuple[str, Extract]]) -> None:
    if waiting:
        if any(extract.reason is Reason.MISSING for _, extract in waiting):
            # Files of a stick that was pulled out are not missing; they will be read when it is back.
            presence.require_there(archive.folder)
        with archive.catalogue.transaction():
            for sha256, extract in waiting:
                texts.put_text(archive.catalogue.db, sha256, extract)
        waiting.clear()


def _take_prints(archive: Archive, progress: Progress) -> None:
    """Take the prints of the texts that have none: those which no intake has read."""
    db = archive.catalogue.db
    while some := prints.untaken(db, _TOGETHER):
        progress(0, None)
        with archive.catalogue.transaction():
            prints.put(db, {sha256: letters_of(text) for sha256, text in some})


def _follow(archive: Archive, progress: Progress) -> None:
    db, language = archive.catalogue.db, archive.catalogue.language
    done, total = 0, fulltext.pending(db)
    while number := fulltext.refresh(db, language):
        done += number
        progress(min(done, total), total)


def read_again(archive: Archive, ids: Sequence[str]) -> None:
    """Put documents back into the queue, so that their files are tried once more, and so are their previews."""
    found = documents.load_documents(archive.catalogue.db, ids)
    cache.forget(archive, (file.sha256 for document in found for file in document.files))
    with archive.catalogue.transaction():
        texts.forget_texts(archive.catalogue.db, list(ids))


def structure_of(archive: Archive, file: StoredFile, words: Words = ENGLISH, progress: Progress = silent) -> str:
    """A safe HTML fragment of a document for the preview, "" when there is none; made once in a reader process.

    `words` are those that the preview itself adds, in the language of the window. `progress` is told nothing, but when
    it raises Cancelled the reading is ended.
    """
    spoken = hashlib.sha256(repr(words).encode()).hexdigest()[:8]
    kept = cache.folder(archive) / f"structure-{STRUCTURE_VERSION}" / f"{file.sha256}-{spoken}.html"
    known = cache.get(kept)
    if known is not None:
        return known.decode("utf-8", "replace")
    try:
        made = archive.reader.structure(archive.store.inside(file.path), file.original_name, words, progress)
    except Unreadable as error:
        if error.state is not TextState.FAILED or error.reason is Reason.MISSING:
            return ""
        made = ""  # it killed its reader, and would do so again each time somebody looks at it
    cache.put(archive, kept, made.encode())
    return made


def read_files(paths: Sequence[str], progress: Progress = silent) -> Iterator[Extract]:
    """The texts of any files, one by one in their order, as the index would hold them; no archive is needed."""
    helpers = available()
    with Sandbox() as sandbox:
        for start in range(0, len(paths), _FILES):
            some = [(Path(path), Path(path).name) for path in paths[start : start + _FILES]]
            for number, extract in enumerate(_read_some(sandbox, some, helpers), start=start):
                progress(number + 1, len(paths), paths[number])
                yield extract


def _read_some(sandbox: Sandbox, files: Sequence[tuple[Path, str]], helpers: Sequence[Helper]) -> Iterator[Extract]:
    """The texts of a few files, each as soon as it and those before it are known."""
    found: dict[int, Extract] = {}
    helped: dict[int, Helper] = {}
    told = 0
    for index, extract in sandbox.read_many(files):
        found[index] = extract
        asked = next((helper for helper in helpers if helper.may_know(extract.mime, extract.reason)), None)
        if asked is not None:
            helped[index] = asked
        while told in found and told not in helped:
            yield found[told]
            told += 1
    for helper in helpers:
        waiting = [index for index, one in sorted(helped.items()) if one is helper]
        for number, extract in sandbox.read_many((files[index] for index in waiting), helper.name):
            if extract.state is TextState.READY:
                found[waiting[number]] = extract
    for index in range(told, len(files)):
        yield found[index]
