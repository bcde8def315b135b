"""Rows chosen quickly one after another: only the one the clerk stays on is gathered and shown."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake.planning import IntakeItem
from kpss_desktop.progress import Progress
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.preview.faithful import FaithfulFeed
from kpss_desktop.ui.preview.gather import Preview, gather
from kpss_desktop.ui.preview.gather_item import gather_item
from kpss_desktop.ui.preview.pane import PreviewPane
from kpss_desktop.ui.workers import Task

_PATIENCE = 80  # milliseconds: shorter than the repeat of a held arrow key needs to be felt as delay


class Feed(QObject):
    """Asks for a preview soon, in the background; a newer wish makes the older one void."""

    def __init__(self, pane: PreviewPane, jobs: Jobs, key: str) -> None:
        super().__init__(pane)
        self.pane = pane
        self._jobs, self._key = jobs, key
        self._task: Task[Preview] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self._gather)

    def want(self, task: Task[Preview] | None, selected: int = 0) -> None:
        """Show what the task gathers; None empties the pane at once, which then says how many are `selected`."""
        self._timer.stop()
        self._jobs.drop(self._key)
        self._task = task
        if task is None:
            self.pane.show_nothing(selected)
        else:
            self._timer.start()

    def again(self) -> None:
        """Gather the same anew, after it changed or was read again."""
        if self._task is not None:
            self._timer.start()

    def _gather(self) -> None:
        if self._task is not None:
            self._jobs.query(self._task, self.pane.show_document, self.pane.show_failure, key=self._key)


class PreviewFeed(Feed):
    """Fills the pane with documents of the archive."""

    def __init__(self, pane: PreviewPane, jobs: Jobs) -> None:
        super().__init__(pane, jobs, "preview")
        self._wanted = ("", "")
        self._faithful = FaithfulFeed(pane, jobs)
        pane.rendition_wanted.connect(lambda file_id: self.select(*self._wanted, file_id))

    def select(self, document_id: str | None, query: str = "", file_id: str = "") -> None:
        """Show this document soon; None empties the pane at once."""
        self._wanted = (document_id or "", query)
        self.want(partial(_of_document, document_id, query, file_id) if document_id else None)


class ItemFeed(Feed):
    """Fills the pane with files that are about to be taken in."""

    def __init__(self, pane: PreviewPane, jobs: Jobs) -> None:
        super().__init__(pane, jobs, "preview of intake")
        self._folder = tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True)

    def select(self, item: IntakeItem | None, selected: int = 0) -> None:
        """Show this file soon; None empties the pane at once."""
        self.want(partial(_of_item, item, Path(self._folder.name)) if item else None, selected)

    def close(self) -> None:
        """Forget what was unpacked; nothing is shown any more."""
        self.want(None)
        self._folder.cleanup()


def _of_document(document_id: str, query: str, file_id: str, archive: Archive, progress: Progress) -> Preview:
    return gather(archive, document_id, query, file_id, progress)


def _of_item(item: IntakeItem, folder: Path, archive: Archive, _progress: Progress) -> Preview:
    return gather_item(archive, item, folder)
