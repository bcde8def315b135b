"""The table of documents in the middle of the window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.model import Document, Group
from kpss_desktop.ui import focus, headings, theme
from kpss_desktop.ui.documents_delegate import TALL, DocumentDelegate
from kpss_desktop.ui.documents_model import DocumentsModel
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.listing import Column, Listing


class DocumentTable(QTableView):
    """Shows a listing and says which documents are selected."""

    selected = Signal(object)
    """tuple[Document, ...] in the order of the rows, when the selection has changed or was fetched anew."""
    opened = Signal(object)
    """The Document that was double-clicked or chosen by Enter."""
    preview_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, jobs: Jobs, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._rows = DocumentsModel(jobs, self)
        self._kept: tuple[str, ...] = ()
        self._keep_scroll = 0
        self._all_coming = False  # all shall be selected, and not all of them are known yet
        self._delegate = DocumentDelegate(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self._dress()
        self._rows.modelAboutToBeReset.connect(self._keep)
        self._rows.modelReset.connect(self._restore)
        self._rows.rows_came.connect(self._tell)
        self._rows.all_came.connect(self._select_all)
        self.activated.connect(lambda index: self._open(index.row()))

    @property
    def rows(self) -> DocumentsModel:
        """The model behind."""
        return self._rows

    @property
    def selection(self) -> tuple[Document, ...]:
        """The selected documents; empty while some of them are still being fetched."""
        if self._all_coming:
            return ()
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = [self._rows.document(row) for row in rows]
        known = tuple(document for document in found if document is not None)
        return known if len(known) == len(found) else ()

    def show_listing(self, listing: Listing) -> None:
        """Show another listing from its top; what is selected stays so where it occurs again."""
        self._all_coming = False
        tall = listing.is_search
        self._delegate.with_snippets = tall
        self.verticalHeader().setDefaultSectionSize(TALL if tall else theme.ROW)
        self._keep_scroll = -1
        self._rows.show_listing(listing)

    def set_groups(self, groups: Mapping[str, Group]) -> None:
        """Names and colours of the groups."""
        self._rows.groups = groups
        self._delegate.groups = groups
        self.viewport().update()

    def select_ids(self, ids: tuple[str, ...]) -> None:
        """Select these documents as soon as their rows are there."""
        self._kept = ids
        self._select_kept()

    def selectAll(self) -> None:
        self._all_coming = True
        super().selectAll()
        self._rows.want_all()

    def copy(self) -> None:
        """Put the files of the selected documents on the clipboard."""
        if self.selection:
            QGuiApplication.clipboard().setMimeData(self._rows.carried(self.selection, self._folder))

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: ARG002  # files leave as copies, whatever is offered
        if self.selection:
            drag = QDrag(self)
            drag.setMimeData(self._rows.carried(self.selection, self._folder))
            drag.exec(Qt.DropAction.CopyAction)

    def keyboardSearch(self, search: str) -> None:
        row = max(self.currentIndex().row(), 0)
        # Typing looks for a title wherever in the row the current cell is.
        self.selectionModel().setCurrentIndex(
            self._rows.index(row, Column.TITLE), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        super().keyboardSearch(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.preview_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selectionModel().hasSelection():
            at = event.globalPos()
            if event.reason() is QContextMenuEvent.Reason.Keyboard:
                at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            self.menu_wanted.emit(at)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._all_coming &= len(self.selectionModel().selectedRows()) == self._rows.rowCount()
        self._kept = tuple(document.id for document in self.selection)
        self._tell()

    def _dress(self) -> None:
        self.setAccessibleName(_("Documents"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.ROW)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        headings.dress(self.horizontalHeader())
        focus.show_focus(self)

    def _open(self, row: int) -> None:
        document = self._rows.document(row)
        if document is not None:
            self.opened.emit(document)

    def _keep(self) -> None:
        if self._keep_scroll >= 0:
            self._keep_scroll = self.verticalScrollBar().value()

    def _restore(self) -> None:
        if self._all_coming:
            super().selectAll()
        else:
            self._select_kept()
        self.verticalScrollBar().setValue(max(self._keep_scroll, 0))
        self._keep_scroll = 0
        self._tell()

    def _select_all(self) -> None:
        """All rows are known, and are selected unless the clerk has chosen others meanwhile."""
        if self._all_coming:
            super().selectAll()
            self._all_coming = False
            self._kept = tuple(document.id for document in self.selection)
            self._tell()

    def _select_kept(self) -> None:
        rows = self._rows.rows_of(self._kept)
        if not rows:
            return
        chosen = QItemSelection()
        last = len(Column) - 1
        if len(rows) == self._rows.rowCount():
            chosen.select(self._rows.index(0, 0), self._rows.index(len(rows) - 1, last))
        else:
            for row in rows:
                chosen.select(self._rows.index(row, 0), self._rows.index(row, last))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._rows.index(min(rows), Column.TITLE), flag.NoUpdate)
        self.selectionModel().select(chosen, flag.ClearAndSelect)

    def _tell(self) -> None:
        self.selected.emit(self.selection)
