"""The three panes on one open archive: the navigator, the documents, the preview above the details."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.archive.search.searching import Facets, Page
from kpss_desktop.i18n import _
from kpss_desktop.model import Document
from kpss_desktop.ui import headings
from kpss_desktop.ui.documents import DocumentTable
from kpss_desktop.ui.empty import EmptyPlace
from kpss_desktop.ui.inspector import Inspector
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.listing import Listing
from kpss_desktop.ui.navigator import Navigator
from kpss_desktop.ui.notice_bar import NoticeBar
from kpss_desktop.ui.overview import Overview, overview
from kpss_desktop.ui.preview import PreviewFeed, PreviewPane
from kpss_desktop.ui.search_bar import SearchStrip
from kpss_desktop.ui.shelves import places
from kpss_desktop.ui.splitter import Splitter


class Workplace(QWidget):
    """Composes the panes and keeps them in step with the archive; changes nothing itself."""

    selected = Signal(object)
    """tuple[Document, ...]"""
    overview_changed = Signal(object)
    search_wanted = Signal(str)
    """A search text made by a chip."""
    add_wanted = Signal()

    def __init__(self, archive: Archive, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = Jobs(archive, self)
        self.overview: Overview | None = None
        self.text = ""
        self.among: tuple[str, ...] | None = None
        self._fed: object = None
        self.navigator = Navigator()
        self.strip = SearchStrip()
        self.table = DocumentTable(self.jobs, archive.folder)
        self.empty = EmptyPlace()
        self.preview = PreviewPane()
        self.feed = PreviewFeed(self.preview, self.jobs)
        self.inspector = Inspector()
        self.notices = NoticeBar()
        self.middle = QStackedWidget()
        self.columns = Splitter(Qt.Orientation.Horizontal)
        self.right = Splitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()
        self.refresh()
        self._list()
        self._tend()

    @property
    def archive(self) -> Archive:
        """The archive that is open; its sessions belong to the workers."""
        return self.jobs.archive

    @property
    def selection(self) -> tuple[Document, ...]:
        """The selected documents."""
        return self.table.selection

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return (self.navigator, self.table, self.preview, self.inspector)

    @property
    def shelf(self) -> Shelf:
        """The place that is looked at: the navigator's, or the selected documents in it."""
        return replace(self.navigator.shelf, among=self.among)

    def search(self, text: str) -> None:
        """Look for a text in the chosen place."""
        self.text = text
        self._list()

    def search_among(self, ids: tuple[str, ...] | None) -> None:
        """Look among these documents only; None for all of the place again."""
        self.among = ids
        self._list()

    def refresh(self) -> None:
        """Fetch anew what may have changed around the table."""
        self.jobs.query(overview, self._show_overview, key="overview")

    def _lay_out(self) -> None:
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.empty)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.middle, 1)
        self.right.addWidget(self.preview)
        self.right.addWidget(self.inspector)
        self.right.setStretchFactor(0, 3)
        self.right.setStretchFactor(1, 2)
        self.right.setSizes([360, 350])
        for pane, width in ((self.navigator, 224), (centre, 660), (self.right, 396)):
            self.columns.addWidget(pane)
            pane.setMinimumWidth(width // 2)
        self.columns.setSizes([224, 660, 396])
        self.columns.setStretchFactor(1, 1)
        self.columns.setStretchFactor(2, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.notices)
        whole.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.navigator.chosen.connect(lambda _shelf: self.search_among(None))
        self.table.rows.arrived.connect(self._show_page)
        self.table.selected.connect(self._show_selection)
        self.table.preview_wanted.connect(self.preview.setFocus)
        self.strip.chip_removed.connect(
            lambda chip: self.search_wanted.emit(searching.remove_chip(self.text, chip)),
        )
        self.strip.filter_added.connect(
            lambda name, value: self.search_wanted.emit(searching.add_filter(self.text, name, value)),
        )
        self.strip.meant.connect(self.search_wanted)
        self.strip.widened.connect(lambda: self.search_among(None))
        self.empty.clear_wanted.connect(lambda: self.search_wanted.emit(""))
        self.empty.add_wanted.connect(self.add_wanted)
        self.jobs.changed.connect(self._follow)

    def _follow(self) -> None:
        self.refresh()
        self.table.rows.refresh()
        self._tend()

    def _tend(self) -> None:
        """Read what is unread; texts are this computer's own, so a read-only archive has them too."""
        self.jobs.tend(index_pending, _("Reading texts"))

    def _list(self) -> None:
        now = self.table.rows.listing
        self.table.show_listing(Listing(self.text, self.shelf, now.sorted_by, now.descending))

    def _show_overview(self, now: Overview) -> None:
        self.overview = now
        self.table.set_groups(now.groups)
        headings.follow_tags(self.table.horizontalHeader(), in_use=bool(now.tags))
        self.navigator.show_places(places(tuple(now.groups.values()), now.counts, now.searches))
        self._show_selection(self.selection)
        self.overview_changed.emit(now)

    def _show_page(self, page: Page) -> None:
        listing = self.table.rows.listing
        place = self.navigator.place
        is_search = bool(listing.text.strip())
        among = len(self.among) if self.among else 0
        title, note = (place.label, place.tip) if place else ("", "")
        self.strip.show_page(page, title, note, is_search=is_search, among=among)
        self._offer_what_was_meant(page, listing.text, listing.shelf)
        if not page.total:
            self.empty.explain(listing, writable=self.archive.writable)
        self.middle.setCurrentWidget(self.table if page.total else self.empty)
        if listing.is_search:
            self.jobs.query(
                lambda archive, _progress: searching.facets(archive, listing.text, shelf=listing.shelf, live=True),
                self._show_facets,
                key="facets",
            )

    def _offer_what_was_meant(self, page: Page, text: str, shelf: Shelf) -> None:
        self.jobs.drop("meant")
        if page.total or not text.strip():
            self.strip.show_meant(None)
            return
        self.jobs.query(
            lambda archive, _progress: searching.suggestion(archive, text, shelf=shelf),
            self.strip.show_meant,
            key="meant",
        )

    def _show_facets(self, facets: Facets) -> None:
        if self.overview is not None and self.table.rows.listing.is_search:
            self.strip.show_facets(facets, self.overview.groups)

    def _show_selection(self, documents: tuple[Document, ...]) -> None:
        groups, tags = (self.overview.groups, self.overview.tags) if self.overview else ({}, ())
        self.inspector.show_documents(documents, groups, tags)
        self._feed_preview(documents)
        self.selected.emit(documents)

    def _feed_preview(self, documents: tuple[Document, ...]) -> None:
        """Show the one selected document; one that is shown already is left where the clerk has scrolled to."""
        words = self.table.rows.listing.words
        wanted = tuple((one.id, one.title, one.files, words) for one in documents)
        if wanted == self._fed:
            return
        self._fed = wanted
        if len(documents) == 1:
            self.feed.select(documents[0].id, words)
        else:
            self.feed.select(None)
            self.preview.show_nothing(len(documents))
