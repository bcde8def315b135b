"""The one search box, and the strip below it: filters, the number of results, counts to click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from kpss_desktop.archive.search.searching import Facets, Page
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import documents_text, kind_name
from kpss_desktop.model import Group
from kpss_desktop.ui import icons
from kpss_desktop.ui.chips import Chip, FlowLayout, clear
from kpss_desktop.ui.elided import ElidedLabel
from kpss_desktop.ui.theme import UNIT

T = TypeVar("T")

_PAUSE = 60  # milliseconds without a key before the search runs: less than between two letters of a fast typist
_MOST = 5  # chips of one sort


class SearchBox(QLineEdit):
    """Tells what is looked for a moment after the last key; Esc clears, Down leaves for the results."""

    asked = Signal(str)
    left_down = Signal()
    used = Signal(str)
    """A search that was not only typed: it led to the results, by Enter or Down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Search"))
        self.setPlaceholderText(_("Search in documents"))
        self.setToolTip(
            _('Words in any form, with or without accents; "exact phrase"; group:, year:, kind:, tag: narrow it down')
        )
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumHeight(4 * UNIT)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self._recent = QStringListModel(self)
        completer = QCompleter(self._recent, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self.put)
        self.setCompleter(completer)
        self._asked = ""
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._use)

    def offer(self, texts: Sequence[str]) -> None:
        """Offer these searches when the beginning of one is typed."""
        self._recent.setStringList(list(texts))

    def put(self, text: str) -> None:
        """Look for this text at once."""
        self.setText(text)
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put("")
        elif event.key() == Qt.Key.Key_Down:
            self._use()
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _use(self) -> None:
        self._ask()
        if self.text().strip():
            self.used.emit(self.text().strip())

    def _ask(self) -> None:
        self._pause.stop()
        if self.text() != self._asked:
            self._asked = self.text()
            self.asked.emit(self._asked)


class SearchStrip(QWidget):
    """What was found, which filters hold, and where the hits are."""

    chip_removed = Signal(str)
    """A filter as it stands in the search text."""
    filter_added = Signal(str, str)
    """The name ("group", "year", "kind") and the value of a filter to be added."""
    meant = Signal(str)
    """The search that was offered in place of one with a typing error."""
    widened = Signal()
    """Search everywhere again, not only among the documents that were selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = QLabel()
        self._result.setTextFormat(Qt.TextFormat.PlainText)
        self._note = ElidedLabel()
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._filters = QWidget()
        self._filter_flow = FlowLayout(self._filters)
        self._facets = QWidget()
        self._facet_flow = FlowLayout(self._facets)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT // 2 + 2)
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addWidget(self._result)
        top.addWidget(self._note, 1)
        top.addWidget(self._filters, 1)
        self._meant = QWidget()
        self._meant_row = QHBoxLayout(self._meant)
        self._meant_row.setContentsMargins(0, 0, 0, 0)
        self._meant_row.setSpacing(UNIT)
        self._meant_row.addWidget(QLabel(_("Did you mean")))
        self._meant_row.addStretch()
        self._meant.hide()
        column.addLayout(top)
        column.addWidget(self._meant)
        column.addWidget(self._facets)
        self._facets.hide()

    def show_page(self, page: Page, title: str, note: str = "", *, is_search: bool, among: int = 0) -> None:
        """The number of rows, and the filters in the text; `among` are the selected documents that are searched.

        `note` says what is special about the place, while its rows are shown as they are.
        """
        self._result.setText(_result(page, title, is_search=is_search))
        clear(self._filter_flow)
        if among:
            many = ngettext("in {n} selected document", "in {n} selected documents", among).format(n=among)
            chip = Chip(many, removable=True)
            chip.setToolTip(_("Search everywhere again"))
            chip.removed.connect(self.widened)
            self._filter_flow.addWidget(chip)
        for text in page.chips:
            chip = Chip(text, removable=True)
            chip.setToolTip(_("Remove this filter"))
            chip.removed.connect(lambda text=text: self.chip_removed.emit(text))
            self._filter_flow.addWidget(chip)
        self._note.setText(note)
        self._note.setVisible(bool(note) and not is_search and not among)
        self._filters.setVisible(not self._note.isVisibleTo(self))
        if not is_search:
            self._facets.hide()

    def show_meant(self, text: str | None) -> None:
        """Offer what was perhaps meant; None offers nothing."""
        while self._meant_row.count() > 2:  # the words before it and the room behind it
            item = self._meant_row.takeAt(1)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        self._meant.setVisible(text is not None)
        if text is not None:
            chip = Chip(text)
            chip.setToolTip(_("Search for this"))
            chip.clicked.connect(lambda: self.meant.emit(text))
            self._meant_row.insertWidget(1, chip)

    def show_facets(self, facets: Facets, groups: Mapping[str, Group]) -> None:
        """Where the hits are; one place alone tells nothing and is left out."""
        clear(self._facet_flow)
        for group_id, count in _most(facets.groups):
            if group_id in groups:
                group = groups[group_id]
                self._add_facet(group.name, count, "group", group.name, group.colour)
        for year, count in _most(facets.years):
            self._add_facet(str(year), count, "year", str(year))
        for kind, count in _most(facets.kinds):
            self._add_facet(kind_name(kind), count, "kind", kind_name(kind))
        self._facets.setVisible(self._facet_flow.count() > 0)

    def _add_facet(self, label: str, count: int, name: str, value: str, colour: int | None = None) -> None:
        chip = Chip(label, count=count, dot=colour)
        chip.setToolTip(_("Only these"))
        chip.clicked.connect(lambda: self.filter_added.emit(name, value))
        self._facet_flow.addWidget(chip)


def _most(counts: Mapping[T, int]) -> list[tuple[T, int]]:
    ordered = sorted(counts.items(), key=lambda entry: -entry[1])[:_MOST]
    return ordered if len(counts) > 1 else []


def _result(page: Page, title: str, *, is_search: bool) -> str:
    number = documents_text(page.total)
    if page.capped:
        number = _("more than {n} documents").format(n=page.total)
    if not is_search:
        return f"{title} · {number}" if title else number
    return _("Found: {number}").format(number=number)
