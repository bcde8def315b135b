"""One call that puts right what a verification found, and loses nothing on the way.

What concerns rows is a step like any other and can be undone. Content that gives way to better content is kept in
`.kpss/damaged/`.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive import editing, meetings
from kpss_desktop.archive.changes import change, unrecorded
from kpss_desktop.archive.placing import free_path, groups_by_id, shelf_of
from kpss_desktop.archive.sharing import divergence
from kpss_desktop.archive.trust import bag as bags
from kpss_desktop.archive.trust import verify
from kpss_desktop.archive.trust.bag import Bag
from kpss_desktop.archive.trust.tracing import Finding, Repair, Trouble
from kpss_desktop.catalogue import documents, following, fulltext, mending
from kpss_desktop.czech.context import Context
from kpss_desktop.czech.recognise import recognise
from kpss_desktop.errors import KpssError, MissingFile
from kpss_desktop.ids import new_id
from kpss_desktop.lasting import digest_of
from kpss_desktop.model import Certainty, Dated, Document, Kind, StoredFile
from kpss_desktop.progress import Progress
from kpss_desktop.records import TRASH_SHELF
from kpss_desktop.safe_names import numbered, path_key, safe_name
from kpss_desktop.store import STAGING, SYSTEM

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

Choice = tuple[Finding, Repair]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of the findings; `left` are those that nothing can be done about from here, `failed` say why."""

    done: tuple[Choice, ...]
    left: tuple[Finding, ...]
    failed: tuple[tuple[Finding, KpssError | OSError], ...] = ()


@dataclass(slots=True)
class _Work:
    archive: Archive
    bag: Bag | None
    done: list[Choice] = field(default_factory=list)
    failed: list[tuple[Finding, KpssError | OSError]] = field(default_factory=list)


def proposed(findings: Sequence[Finding], backup: Path | None = None) -> list[Choice]:
    """The likeliest repair of each finding that has one; what is lost comes from the backup if it has it.

    Raises NotABackup, OSError.
    """
    bag = bags.find(backup) if backup else None
    listed = {digest for generation in bag.generations for digest in generation.files.values()} if bag else set()
    chosen = []
    for finding in findings:
        if finding.kind is Trouble.MISSING and listed:
            chosen.append((finding, Repair.RESTORE))
        elif finding.repairs:
            chosen.append((finding, finding.repairs[0]))
    return chosen


def repair(archive: Archive, choices: Sequence[Choice], progress: Progress, *, backup: Path | None = None) -> Repaired:
    """Carry the chosen repairs out; one that fails does not hold up the others.

    Raises ReadOnlyArchive, NotABackup, Cancelled, ArchiveGone.
    """
    archive.require_writable()
    work = _Work(archive, bags.find(backup) if backup else None)
    by_repair = {repair: [finding for finding, chosen in choices if chosen is repair] for repair in Repair}
    total = len(choices)
    for kind, act in _ACTS.items():
        if by_repair[kind]:
            progress(len(work.done) + len(work.failed), total, kind)
            act(work, by_repair[kind])
    progress(total, total)
    treated = {finding for finding, _ in work.done} | {finding for finding, _ in work.failed}
    return Repaired(
        tuple(work.done), tuple(finding for finding, _ in choices if finding not in treated), tuple(work.failed)
    )


def _each(work: _Work, findings: list[Finding], repair: Repair, act: Callable[[Finding], None]) -> None:
    for finding in findings:
        try:
            act(finding)
        except (KpssError, OSError) as error:
            work.failed.append((finding, error))
        else:
            work.done.append((finding, repair))


def _relink(work: _Work, findings: list[Finding]) -> None:
    """Let rows say where their files lie. Files that changed places with each other need no detour."""
    archive = work.archive
    with change(archive, "repair", len(findings)) as db:
        files = {f.path: f for d in _documents(work, findings) for f in d.files}
        moving = [(files[finding.path], finding) for finding in findings if finding.path in files]
        for file, _ in moving:
            mending.release_path(db, file.id)
        for file, finding in moving:
            documents.move_file(db, file.id, finding.other, path_key(finding.other))
            work.done.append((finding, Repair.RELINK))


def _new_version(work: _Work, findings: list[Finding]) -> None:
    """Take the content as it is; the digest that was filed stays in the file's source."""
    archive, paths = work.archive, {finding.path: finding for finding in findings}
    with change(archive, "repair", len(findings)) as db:
        for document in _documents(work, findings):
            for file in document.files:
                if file.path in paths:
                    place = archive.store.inside(file.path)
                    source = f"{file.source} [sha256 {file.sha256}]".strip()
                    size, digest = place.stat().st_size, digest_of(place)
                    mending.set_content(db, replace(file, size=size, sha256=digest, source=source))
                    work.done.append((paths[file.path], Repair.NEW_VERSION))


def _trash_rows(work: _Work, findings: list[Finding]) -> None:
    """Put what is known of lost files to the trash, and say once for all that their content is lost."""
    ids = [finding.document_id for finding in findings]
    editing.trash(work.archive, ids)
    lost = [file.path for document in _documents(work, findings) for file in document.files]
    store = work.archive.store
    verify.accept_gone(work.archive, [path for path in lost if not store.inside(path).is_file()])
    work.done += [(finding, Repair.TRASH_ROW) for finding in findings]


def _put_back(work: _Work, findings: list[Finding]) -> None:
    store = work.archive.store

    def act(finding: Finding) -> None:
        _make_way(work, finding.path)
        store.move(finding.other, finding.path)

    _each(work, findings, Repair.PUT_BACK, act)


def _restore(work: _Work, findings: list[Finding]) -> None:
    """Bring filed content back from the backup, proved on its way."""
    digests = {f.path: f.sha256 for d in _documents(work, findings) for f in d.files}

    def act(finding: Finding) -> None:
        digest = digests.get(finding.path, "")
        place = work.bag.proved(digest) if work.bag else None
        if place is None:
            raise MissingFile(Path(finding.path))
        with place.open("rb") as stream:
            copy = work.archive.store.stage(stream, new_id())
        if copy.sha256 != digest:
            work.archive.store.discard(f"{STAGING}/{copy.file_id}")
            raise MissingFile(Path(finding.path))
        _make_way(work, finding.path)
        work.archive.store.move(f"{STAGING}/{copy.file_id}", finding.path)

    _each(work, findings, Repair.RESTORE, act)


def _make_way(work: _Work, path: str) -> None:
    """Keep what lies at a path aside, if anything does."""
    store = work.archive.store
    if not store.is_free(path):
        store.move(path, _free(work, f"{SYSTEM}/damaged/{PurePosixPath(path).name}"))


def _free(work: _Work, path: str) -> str:
    number = 1
    while not work.archive.store.is_free(numbered(path, number)):
        number += 1
    return numbered(path, number)


def _put_away(work: _Work, findings: list[Finding]) -> None:
    """A copy of what is filed goes where trashed files lie; nothing of it is lost with that."""
    store = work.archive.store
    _each(
        work, findings, Repair.PUT_AWAY,
        lambda finding: store.move(finding.path, store.kept_path(new_id(), PurePosixPath(finding.path).name)),
    )  # fmt: skip


def _take_in(work: _Work, findings: list[Finding]) -> None:
    """Make documents of files where they lie; only a name that is not safe everywhere is changed."""
    archive, groups = work.archive, groups_by_id(work.archive)
    found: list[tuple[Finding, str]] = []
    _each(work, findings, Repair.TAKE_IN, lambda finding: found.append((finding, _with_safe_path(work, finding.path))))
    if not found:
        return
    with change(archive, "import", len(found)) as db:
        numbers: dict[str, int] = {}
        ids = []
        for finding, path in found:
            document, number = _recognised(work, path, PurePosixPath(finding.path).name)
            documents.insert_document(db, document, shelf_of(document, groups), [path_key(path)])
            ids.append(document.id)
            if number is not None:
                numbers[document.id] = number
        meetings.gather(db, groups, ids, numbers)


def _with_safe_path(work: _Work, path: str) -> str:
    """The path of a stray, renamed if another row has it but for the case of its letters, or it is not safe."""
    parts = PurePosixPath(path).parts
    taken = documents.path_taken(work.archive.catalogue.db, path_key(path))
    if not taken and all(safe_name(part) == part for part in parts):
        return path
    folder = "/".join(safe_name(part) for part in parts[:-1]) or "."
    free = free_path(work.archive, folder, parts[-1]).removeprefix("./")
    work.archive.store.move(path, free)
    return free


def _recognised(work: _Work, path: str, name: str) -> tuple[Document, int | None]:
    """A document of the file at a path, as its name and folders say; and the meeting's number if they tell it."""
    store, pure = work.archive.store, PurePosixPath(path)
    groups = documents.load_groups(work.archive.catalogue.db)
    seen = recognise(name, groups=groups, context=Context(folders=pure.parts[:-1]))
    place = store.inside(path)
    file = StoredFile(
        id=new_id(),
        path=path,
        size=place.stat().st_size,
        sha256=digest_of(place),
        mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
        original_name=name,
        source=path,
    )
    document = Document(
        id=new_id(),
        title=PurePosixPath(name).stem,
        kind=seen.kind.value if seen.kind else Kind.OTHER,
        files=(file,),
        groups=seen.groups.value if seen.groups and seen.groups.certainty is not Certainty.UNCERTAIN else (),
        dated=Dated(seen.date.value, seen.date.source, seen.date.certainty) if seen.date else None,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return document, seen.number


def _keep_this(work: _Work, findings: list[Finding]) -> None:
    _each(
        work, findings, Repair.KEEP_THIS,
        lambda finding: divergence.put_away(work.archive, finding.other, finding.versions[-1]),
    )  # fmt: skip


def _take_other(work: _Work, findings: list[Finding]) -> None:
    """Give documents what the other computer's version says of them, as one step; their files stay."""
    archive, groups = work.archive, groups_by_id(work.archive)
    here = {document.id: document for document in _documents(work, findings)}
    taken = [finding for finding in findings if finding.document_id in here]
    with change(archive, "repair", len(taken)) as db:
        for finding in taken:
            before, other = here[finding.document_id], finding.versions[-1]
            known = tuple(group for group in other.groups if group in groups)
            after = replace(other, files=before.files, meeting=before.meeting, groups=known)
            editing.write_edited(archive, db, before, after, groups)
        meetings.gather(db, groups, list(here))
    _each(
        work, taken, Repair.TAKE_OTHER,
        lambda finding: divergence.put_away(archive, finding.other, here[finding.document_id]),
    )  # fmt: skip


def _rewrite(work: _Work, findings: list[Finding]) -> None:
    """Write record files from the catalogue; a damaged one has been kept aside when it was read."""
    shelves = {finding.path: _shelf(finding.path) for finding in findings}
    with unrecorded(work.archive) as db:
        for shelf in shelves.values():
            following.mark_dirty(db, shelf)
    work.done += [(finding, Repair.REWRITE) for finding in findings]


def _shelf(path: str) -> str:
    root = f"{SYSTEM}/records/"
    return path.removeprefix(root).removesuffix(".jsonl") if path.startswith(root) else TRASH_SHELF


def _reindex(work: _Work, findings: list[Finding]) -> None:
    """Empty the index and fill it again from the texts."""
    catalogue = work.archive.catalogue
    fulltext.rebuild(catalogue.db, catalogue.language)
    while fulltext.refresh(catalogue.db, catalogue.language):
        pass
    work.done += [(finding, Repair.REINDEX) for finding in findings]


def _documents(work: _Work, findings: Sequence[Finding]) -> tuple[Document, ...]:
    return documents.load_documents(
        work.archive.catalogue.db, dict.fromkeys(finding.document_id for finding in findings)
    )


# In this order: rows first learn where their files are, then what is lost comes back, then strays find a home.
_ACTS: dict[Repair, Callable[[_Work, list[Finding]], None]] = {
    Repair.RELINK: _relink,
    Repair.PUT_BACK: _put_back,
    Repair.NEW_VERSION: _new_version,
    Repair.RESTORE: _restore,
    Repair.TRASH_ROW: _trash_rows,
    Repair.PUT_AWAY: _put_away,
    Repair.TAKE_IN: _take_in,
    Repair.KEEP_THIS: _keep_this,
    Repair.TAKE_OTHER: _take_other,
    Repair.REWRITE: _rewrite,
    Repair.REINDEX: _reindex,
}
