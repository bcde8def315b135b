"""Rows chosen quickly one after another: only the one the clerk stays on is gathered and shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from kpss_desktop.archive.archive import Archive
from kpss_desktop.progress import Progress
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.preview.gather import Preview, gather
from kpss_desktop.ui.preview.pane import PreviewPane

_PATIENCE = 80  # milliseconds: shorter than the repeat of a held arrow key needs to be felt as delay
_KEY = "preview"


class PreviewFeed(QObject):
    """Fills the pane from the archive, by a background query that a newer choice makes void."""

    def __init__(self, pane: PreviewPane, jobs: Jobs) -> None:
        super().__init__(pane)
        self._pane = pane
        self._jobs = jobs
        self._wanted = ("", "", "")
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self._gather)
        pane.rendition_wanted.connect(self._choose_rendition)

    def select(self, document_id: str | None, query: str = "", file_id: str = "") -> None:
        """Show this document soon; None empties the pane at once."""
        self._timer.stop()
        self._jobs.drop(_KEY)
        self._wanted = (document_id or "", query, file_id)
        if document_id is None:
            self._pane.show_nothing()
        else:
            self._timer.start()

    def again(self) -> None:
        """Gather the same document anew, after it changed or was read again."""
        if self._wanted[0]:
            self._timer.start()

    def _choose_rendition(self, file_id: str) -> None:
        document_id, query, _old = self._wanted
        self.select(document_id, query, file_id)

    def _gather(self) -> None:
        self._jobs.query(partial(_task, *self._wanted), self._pane.show_document, self._pane.show_failure, key=_KEY)


def _task(document_id: str, query: str, file_id: str, archive: Archive, _progress: Progress) -> Preview:
    return gather(archive, document_id, query, file_id)
