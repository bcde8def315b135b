"""The second half of the intake: filing what the plan says, as one step that can be undone.

A file is copied to staging with its digest, committed with its rows, then renamed into its folder. One bad file is one
line of the report; what is filed stays filed when the work is stopped, and a second intake takes up the rest.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kpss_desktop.archive import meetings
from kpss_desktop.archive.changes import change, further
from kpss_desktop.archive.intake import entering, further_files, teaching
from kpss_desktop.archive.intake.plan import IntakeItem, IntakePlan, ItemState, Lesson
from kpss_desktop.archive.intake.staging import Stager
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.archive.placing import groups_by_id
from kpss_desktop.archive.sharing import presence
from kpss_desktop.catalogue import documents, prints, steps, texts
from kpss_desktop.errors import KpssError, NotTaken
from kpss_desktop.model import Group
from kpss_desktop.progress import Cancelled, Progress
from kpss_desktop.store import STAGING, Staged

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database

# Files of one transaction, and their bytes: each costs the disk the same few syncs, but is lost when we are killed.
_FIRST_BATCH = 100
_BATCH = 500
_BATCH_SIZE = 64_000_000


class Filed(StrEnum):
    """What became of a row."""

    FILED = "filed"
    ADDED = "added"  # a further file of a document: the same text in another format, or a newer version
    DUPLICATE = "duplicate"
    JOINED = "joined"  # a copy that gave its document another group
    FAILED = "failed"
    SKIPPED = "skipped"  # not ticked, or the work was stopped before it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row; `document_id` is also told for duplicates."""

    item: IntakeItem
    state: Filed
    document_id: str | None = None
    error: KpssError | OSError | None = None


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """An outcome for each row of the plan, in its order; nothing is left out."""

    outcomes: tuple[Outcome, ...] = ()
    stopped: bool = False

    def count(self, *states: Filed) -> int:
        """How many rows ended so."""
        return sum(outcome.state in states for outcome in self.outcomes)

    @property
    def filed(self) -> int:
        """How many new documents there are."""
        return self.count(Filed.FILED)

    @property
    def added(self) -> int:
        """How many became further files of documents."""
        return self.count(Filed.ADDED)

    @property
    def duplicates(self) -> int:
        """How many were in the archive already."""
        return self.count(Filed.DUPLICATE, Filed.JOINED)

    @property
    def failed(self) -> int:
        """How many could not be taken."""
        return self.count(Filed.FAILED)


@dataclass(slots=True)
class _Work:
    """What has been done so far."""

    archive: Archive
    groups: dict[str, Group]
    plan: IntakePlan
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    step: int | None = None
    touched: set[str] = field(default_factory=set)  # documents that were made, or given files or groups
    lessons: tuple[Lesson, ...] = ()


def file_intake(archive: Archive, plan: IntakePlan, progress: Progress) -> IntakeReport:
    """File what the plan says. Raises ReadOnlyArchive or DiskFull before anything is written, else only reports."""
    archive.require_writable()
    wanted = _in_turn([(place, item) for place, item in enumerate(plan.items) if _wanted(item)])
    with presence.at_hand(archive):
        archive.store.require_room(sum(item.size for _, item in wanted))
    work = _Work(archive, groups_by_id(archive), plan, lessons=plan.lessons)
    stopped = _file_all(work, wanted, progress)
    if not stopped:
        progress(len(wanted), len(wanted))
        _join(work, plan)
    outcomes = tuple(work.outcomes.get(place) or _left(work, item) for place, item in enumerate(plan.items))
    return IntakeReport(outcomes, stopped)


def _file_all(work: _Work, wanted: Sequence[tuple[int, IntakeItem]], progress: Progress) -> bool:
    """File batch after batch; whether the work was stopped."""
    done = 0
    following = _batches(wanted)
    with Stager(work.archive) as stager:
        stager.begin(next(following, ()))
        while stager.is_busy:
            try:
                for name in stager.names():
                    progress(done, len(wanted), name)
                    done += 1
            except Cancelled:
                return True
            batch = stager.finish()
            stager.begin(next(following, ()))
            work.outcomes |= {place: Outcome(item, Filed.FAILED, error=error) for place, item, error in batch.failed}
            _commit(work, batch.staged)
    return False


def _in_turn(wanted: Sequence[tuple[int, IntakeItem]]) -> list[tuple[int, IntakeItem]]:
    """The rows shelf after shelf, as the shelves were met, so that a batch has few record files to write.

    Further files come last and as they came, because each must find the document of the row that it belongs to, which
    may be a further file too. What lies in ZIPs and letters comes as it lies there, because each is opened but once.
    """
    shelves: dict[tuple[str, int | None], int] = {}

    def turn(row: tuple[int, IntakeItem]) -> tuple[int, int]:
        item = row[1]
        if item.belongs_to is not None or item.origin.members:
            return 0 if item.belongs_to is None else 2, 0
        home = next(iter((*item.groups, *item.new_groups)), "")
        return 1, shelves.setdefault((home, item.dated.date.year if item.dated else None), len(shelves))

    return sorted(wanted, key=turn)


def _wanted(item: IntakeItem) -> bool:
    return item.take and item.state in (ItemState.NEW, ItemState.RENDITION, ItemState.SIMILAR)


def _batches(wanted: Sequence[tuple[int, IntakeItem]]) -> Iterator[Sequence[tuple[int, IntakeItem]]]:
    """What is copied, then committed, together: few at first, so that both have work soon."""
    start, most = 0, _FIRST_BATCH
    while start < len(wanted):
        end, size = start, 0
        while end < min(start + most, len(wanted)) and size < _BATCH_SIZE:
            size += wanted[end][1].size
            end += 1
        yield wanted[start:end]
        start, most = end, min(2 * most, _BATCH)


def _commit(work: _Work, staged: list[tuple[int, IntakeItem, Staged]]) -> None:
    """One transaction for the batch; all batches are one step."""
    staged = _still_new(work, staged)
    if not staged:
        return
    with _one_step(work) as db:
        _keep_texts(work, db, {copy.sha256 for _, _, copy in staged})
        for part in _parts(staged):
            _enter(work, db, part)
        _learn(work, db)


@contextlib.contextmanager
def _one_step(work: _Work) -> Iterator[Database]:
    """A transaction of the intake's one step, which is about the documents it has touched by then."""
    door = change(work.archive, "import") if work.step is None else further(work.archive, work.step)
    with door as db:
        work.step = work.step or steps.open_step(db)
        yield db
        steps.set_amount(db, work.step, len(work.touched))


def _parts(staged: Sequence[tuple[int, IntakeItem, Staged]]) -> Iterator[list[tuple[int, IntakeItem, Staged]]]:
    """What can be entered together: a row that belongs to one before it must find that one's document."""
    part: list[tuple[int, IntakeItem, Staged]] = []
    places = set[int]()
    for row in staged:
        if row[1].belongs_to in places:
            yield part
            part, places = [], set()
        part.append(row)
        places.add(row[0])
    yield part


def _keep_texts(work: _Work, db: Database, digests: set[str]) -> None:
    """What was read for the plan need not be read again."""
    extracts, letters = work.plan.extracts, work.plan.letters
    unread = sorted((digests - texts.known(db, digests)) & extracts.keys())
    texts.put_texts(db, {sha256: extracts[sha256] for sha256 in unread})
    prints.put(db, {sha256: letters[sha256] for sha256 in unread if sha256 in letters})


def _learn(work: _Work, db: Database) -> None:
    """Learn the lessons of the plan with its first documents, so that undo takes back both."""
    teaching.learn(db, work.groups, work.lessons)
    work.lessons = ()


def _still_new(work: _Work, staged: list[tuple[int, IntakeItem, Staged]]) -> list[tuple[int, IntakeItem, Staged]]:
    """Without what was filed after the plan was made, for instance from the same plan."""
    db, fresh = work.archive.catalogue.db, []
    known = documents.by_digest(db, (copy.sha256 for _, _, copy in staged))
    there = {document.id for document in documents.load_documents(db, known.values()) if not document.trashed}
    for place, item, copy in staged:
        document_id = known.get(copy.sha256)
        if document_id in there:
            work.archive.store.discard(f"{STAGING}/{copy.file_id}")
            work.outcomes[place] = Outcome(item, Filed.DUPLICATE, document_id)
        else:
            fresh.append((place, item, copy))
    return fresh


def _enter(work: _Work, db: Database, staged: list[tuple[int, IntakeItem, Staged]]) -> None:
    """New documents, and further files of those that rows belong to; their own when those were not filed."""
    targets = [_target(work, item) for _, item, _ in staged]
    living = further_files.living(db, filter(None, targets))
    new, added = [], []
    for (place, item, copy), target in zip(staged, targets, strict=True):
        file = entering.stored_file(item, copy, work.plan.extracts.get(copy.sha256))
        whole = living.get(target or "")
        if whole is None:
            new.append((place, item, file))
        else:
            added.append((whole, item, file))
            work.outcomes[place] = Outcome(item, Filed.ADDED, whole.id)
    ids = entering.enter(work.archive, db, work.groups, [(item, file) for _, item, file in new])
    work.outcomes |= {place: Outcome(item, Filed.FILED, made) for (place, item, _), made in zip(new, ids, strict=True)}
    further_files.add_files(work.archive, db, added, work.groups)
    work.touched.update(ids, (whole.id for whole, _, _ in added))


def _target(work: _Work, item: IntakeItem) -> str | None:
    """The id of the document that a row is a further file of."""
    belongs = item.belongs_to
    if not isinstance(belongs, int):
        return belongs
    outcome = work.outcomes.get(belongs)
    return outcome.document_id if outcome else None


def _join(work: _Work, plan: IntakePlan) -> None:
    """Let the copies give their documents the groups they bring."""
    joining = [
        (place, item, found)
        for place, item in enumerate(plan.items)
        if item.state is ItemState.DUPLICATE and item.take and item.joins and (found := _repeated(work, item))
    ]
    if not joining:
        return
    with _one_step(work) as db:
        for place, item, document_id in joining:
            for document in documents.load_documents(db, [document_id]):
                further_files.join(work.archive, db, document, item.joins, work.groups)
                work.outcomes[place] = Outcome(item, Filed.JOINED, document_id)
                work.touched.add(document_id)
        meetings.gather(db, work.groups, [document_id for _, _, document_id in joining])


def _repeated(work: _Work, item: IntakeItem) -> str | None:
    """The document that a copy repeats: in the archive, or filed from an earlier row of this plan."""
    if item.duplicate_of is not None:
        return item.duplicate_of
    first = work.outcomes.get(item.duplicate_item) if item.duplicate_item is not None else None
    return first.document_id if first else None


def _left(work: _Work, item: IntakeItem) -> Outcome:
    """The outcome of a row that was not filed."""
    if item.state is ItemState.REFUSED:
        return Outcome(item, Filed.FAILED, error=NotTaken(item.source, item.refusal or Refusal.UNREADABLE))
    if item.state is ItemState.DUPLICATE:
        return Outcome(item, Filed.DUPLICATE, _repeated(work, item))
    return Outcome(item, Filed.SKIPPED)
