"""Taking changes back and making them again, in order, also after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.archive.changes import unrecorded
from kpss_desktop.catalogue import steps
from kpss_desktop.catalogue.steps import Step
from kpss_desktop.errors import NothingToRedo, NothingToUndo

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


def next_undo(archive: Archive) -> Step | None:
    """The change that undo would take back."""
    return steps.next_undo(archive.catalogue.db)


def next_redo(archive: Archive) -> Step | None:
    """The change that redo would make again."""
    return steps.next_redo(archive.catalogue.db)


def undo(archive: Archive) -> Step:
    """Take the last change back; raises NothingToUndo."""
    with unrecorded(archive) as db:
        step = steps.next_undo(db)
        if step is None:
            raise NothingToUndo
        steps.take_back(db, step)
    return step


def redo(archive: Archive) -> Step:
    """Make the change again that was taken back last; raises NothingToRedo."""
    with unrecorded(archive) as db:
        step = steps.next_redo(db)
        if step is None:
            raise NothingToRedo
        steps.make_again(db, step)
    return step
