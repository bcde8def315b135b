"""The faithful view follows the simplified one: made in the background for the document the clerk stays on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.reading.faithful import faithful_pdf
from kpss_desktop.model import StoredFile
from kpss_desktop.progress import Progress
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.preview.gather import Preview
from kpss_desktop.ui.preview.pane import PreviewPane

_PATIENCE = 400  # milliseconds: who leafs through documents is not kept waiting by LibreOffice
_KEY = "faithful"


class FaithfulFeed(QObject):
    """Has the PDF of the shown document made, unless another one is shown meanwhile."""

    def __init__(self, pane: PreviewPane, jobs: Jobs) -> None:
        super().__init__(pane)
        self._pane, self._jobs = pane, jobs
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self._make)
        pane.shown.connect(self._follow)

    def _follow(self, preview: Preview | None) -> None:
        self._timer.stop()
        self._jobs.drop(_KEY)
        if preview is not None and preview.may_be_faithful and preview.faithful is None:
            self._timer.start()

    def _make(self) -> None:
        preview = self._pane.preview
        if preview is not None:
            take = partial(self._pane.take_faithful, preview)
            self._jobs.query(partial(_task, preview.file), take, lambda _error: take(None), key=_KEY)


def _task(file: StoredFile, archive: Archive, progress: Progress) -> Path | None:
    return faithful_pdf(archive, file, progress)
