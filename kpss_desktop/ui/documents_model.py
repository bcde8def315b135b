"""The rows of the table of documents: as many as there are, fetched page by page as they come into sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kpss_desktop.archive.search.searching import Found, Page
from kpss_desktop.i18n import _
from kpss_desktop.messages import date_text, kind_name, size_text
from kpss_desktop.model import Certainty, Document, Group
from kpss_desktop.ui import marks, mime
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.listing import PAGE, Column, Listing, fetch, fetch_all
from kpss_desktop.ui.pages import Pages

FOUND = Qt.ItemDataRole.UserRole
"""The Found of a row, None while it is being fetched."""

_ALL = "all rows"

Index = QModelIndex | QPersistentModelIndex


class DocumentsModel(QAbstractTableModel):
    """Rows of one listing. `arrived` tells a page's total and chips, `rows_came` that more rows are known."""

    arrived = Signal(object)
    rows_came = Signal()
    all_came = Signal()
    """Every row there is can be chosen now."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._rows: dict[int, Found] = {}
        self._total = 0
        self._is_whole = True  # whether no row exists beyond `_total`: a search counts only so far
        self._wants_all = False
        self._pages = Pages(jobs, self)
        self._pages.came.connect(self._add)
        self._far = PAGE
        self.listing = Listing()
        self.groups: Mapping[str, Group] = {}

    def show_listing(self, listing: Listing) -> None:
        """Show another listing; the rows of the old one stay until its first page is there."""
        self.listing = listing
        self._far = PAGE
        self._wants_all = False
        self.refresh()

    def refresh(self) -> None:
        """Fetch anew what has been seen so far."""
        listing, limit, everything = self.listing, self._far, self._wants_all
        self._pages.begin(listing)
        self._jobs.drop(_ALL)
        self._jobs.search(
            lambda archive, progress: (
                fetch_all(archive, listing, progress) if everything else fetch(archive, listing, 0, limit)
            ),
            lambda page: self._replace(listing, page),
            key="documents",
        )

    def document(self, row: int) -> Document | None:
        """The document of a row; None while it is being fetched."""
        found = self._rows.get(row)
        return found.document if found else None

    def rows_of(self, ids: Iterable[str]) -> list[int]:
        """Rows where these documents stand, of those that are known."""
        wanted = set(ids)
        return [row for row, found in self._rows.items() if found.document.id in wanted]

    def want_all(self) -> None:
        """Fetch every row there is, for a choice of all, and keep doing so for this listing."""
        self._wants_all = True
        if self._is_whole and len(self._rows) == self._total:
            self.all_came.emit()
            return
        listing = self.listing
        self._jobs.query(
            lambda archive, progress: fetch_all(archive, listing, progress),
            lambda page: self._add_all(listing, page),
            key=_ALL,
        )

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _headings()[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.SIZE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self._rows.get(index.row())
        if found is None:
            self._pages.want(index.row())
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == Column.TITLE else None
        column = Column(index.column())
        if role == FOUND:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(found.document, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(found.document, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.TITLE:
            return ", ".join([found.document.title, *(mark.sentence for mark in marks.of(found.document))])
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        chosen = Column(column) if column >= 0 else None
        descending = order is Qt.SortOrder.DescendingOrder
        if (chosen, descending) == (self.listing.sorted_by, self.listing.descending):
            return
        self.show_listing(Listing(self.listing.text, self.listing.shelf, chosen, descending))

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def carried(self, documents: Iterable[Document], folder: Path) -> QMimeData:
        """What leaves the table by drag or copy."""
        chosen = list(documents)
        return mime.carry([one.id for one in chosen], [folder / file.path for one in chosen for file in one.files])

    def _text(self, document: Document, column: Column) -> str:
        match column:
            case Column.DATE:
                return date_text(document.dated.date if document.dated else None)
            case Column.TITLE:
                return document.title
            case Column.KIND:
                return kind_name(document.kind)
            case Column.GROUPS:
                return ", ".join(self.groups[group].name for group in document.groups if group in self.groups)
            case Column.TAGS:
                return ", ".join(document.tags)
            case Column.SIZE:
                return size_text(document.size)

    def _tip(self, document: Document, column: Column) -> str | None:
        if column is Column.DATE and document.dated and document.dated.certainty is not Certainty.SURE:
            return marks.date_sentence(document.dated)
        if column is Column.TITLE:
            return "\n".join([document.title, *(mark.sentence for mark in marks.of(document))])
        return self._text(document, column) or None

    def _replace(self, listing: Listing, page: Page) -> None:
        if listing != self.listing:
            return
        self.beginResetModel()
        self._rows = dict(enumerate(page.found))
        self._total = max(page.total, len(page.found))
        self._is_whole = not page.capped
        self.endResetModel()
        self.arrived.emit(page)
        if self._wants_all and self._is_whole and len(self._rows) == self._total:
            self.all_came.emit()

    def _add_all(self, listing: Listing, page: Page) -> None:
        if listing != self.listing:
            return
        if len(page.found) > self._total:
            self.beginInsertRows(QModelIndex(), self._total, len(page.found) - 1)
            self._rows |= dict(enumerate(page.found))
            self._total = len(page.found)
            self.endInsertRows()
        self._is_whole = not page.capped
        self._add(listing, 0, page)
        self.all_came.emit()

    def _add(self, listing: Listing, offset: int, page: Page) -> None:
        if listing != self.listing or not page.found:
            return
        self._rows |= {offset + number: found for number, found in enumerate(page.found)}
        self._far = max(self._far, offset + len(page.found))
        self.dataChanged.emit(self.index(offset, 0), self.index(offset + len(page.found) - 1, len(Column) - 1))
        self.rows_came.emit()


def _headings() -> dict[Column, str]:
    return {
        Column.DATE: _("Date"),
        Column.TITLE: _("Title"),
        Column.KIND: _("Kind"),
        Column.GROUPS: _("Groups"),
        Column.TAGS: _("Tags"),
        Column.SIZE: _("Size"),
    }
