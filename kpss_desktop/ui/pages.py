"""Rows of a listing, fetched page by page as they come into sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.listing import PAGE, Listing, fetch


class Pages(QObject):
    """Asks for each page once; what is wanted while the window paints is asked for when it has painted."""

    came = Signal(object, int, object)
    """The Listing it was asked of, the row it begins with, the Page."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._listing = Listing()
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._fetch)

    def begin(self, listing: Listing) -> None:
        """Ask of this listing from now on, anew also of pages that were asked for before."""
        for page in self._asked:
            self._jobs.drop(("rows", page))
        self._asked.clear()
        self._listing = listing

    def want(self, row: int) -> None:
        """A row has come into sight."""
        page = row // PAGE
        if page not in self._asked:
            self._wanted.add(page)
            self._soon.start()

    def _fetch(self) -> None:
        for page in sorted(self._wanted):
            self._asked.add(page)
            self._ask(self._listing, page)
        self._wanted.clear()

    def _ask(self, listing: Listing, page: int) -> None:
        self._jobs.search(
            lambda archive, _progress: fetch(archive, listing, page * PAGE, PAGE),
            lambda answer: self.came.emit(listing, page * PAGE, answer),
            key=("rows", page),
        )
