"""Everything around the table that a change may touch, gathered in one query. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpss_desktop.archive import looking, undo
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.search import saving
from kpss_desktop.archive.trust import backup, verify
from kpss_desktop.archive.trust.backup import Last
from kpss_desktop.archive.trust.verify import Verified
from kpss_desktop.catalogue.figures import Counts
from kpss_desktop.catalogue.steps import Step
from kpss_desktop.model import Group, SavedSearch
from kpss_desktop.progress import Progress


@dataclass(frozen=True, slots=True)
class Overview:
    """Groups by id in their order, counts, tags in use, what undo and redo would do, and how it is cared for."""

    groups: Mapping[str, Group]
    counts: Counts
    tags: tuple[str, ...]
    searches: tuple[SavedSearch, ...]
    undo: Step | None
    redo: Step | None
    verified: Verified | None
    backed_up: Last | None
    backup_due: bool


def overview(archive: Archive, progress: Progress) -> Overview:  # noqa: ARG001  # a Task takes both
    """How the archive is now."""
    return Overview(
        groups={group.id: group for group in looking.groups(archive)},
        counts=looking.counts(archive),
        tags=looking.tags(archive),
        searches=saving.searches(archive),
        undo=undo.next_undo(archive),
        redo=undo.next_redo(archive),
        verified=verify.last(archive),
        backed_up=backup.last(archive),
        backup_due=backup.is_due(archive),
    )
