"""The details pane: what is known of the selected documents, edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from kpss_desktop.archive.editing import Edit
from kpss_desktop.i18n import _
from kpss_desktop.messages import date_text, documents_text, reason_sentence, size_text
from kpss_desktop.model import Dated, Document, Group, PartialDate, TextState
from kpss_desktop.ui import icons
from kpss_desktop.ui.inspector_fields import (
    DateField,
    FactLine,
    GroupsField,
    KindField,
    LineField,
    NoteField,
    TagsField,
)
from kpss_desktop.ui.theme import UNIT

_LABELS = 9 * UNIT
"""Width of the labels, so that the fields and the facts below them stand in one line."""


class Inspector(QScrollArea):
    """Shows one or several documents; tells what the clerk wants to be otherwise."""

    edited = Signal(object, object)
    """tuple[str, ...] of ids, Edit."""
    group_switched = Signal(object, str, bool)
    """Ids, group id, whether they shall belong to it."""
    tagged = Signal(object, str)
    untagged = Signal(object, str)
    read_again = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents: tuple[Document, ...] = ()
        self.setAccessibleName(_("Details"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = LineField(_("Title"))
        self.kind = KindField()
        self.date = DateField()
        self.groups = GroupsField()
        self.tags = TagsField()
        self.note = NoteField()
        self.facts = _Facts()
        self._reason = QLabel()
        self._reason.setWordWrap(True)
        self._fields = (self.title, self.kind, self.date, self.groups, self.tags, self.note)
        self._form = QWidget()
        self._build()
        self._connect()
        self.show_documents((), {}, ())

    def show_documents(self, documents: Sequence[Document], groups: Mapping[str, Group], tags: Sequence[str]) -> None:
        """Show what these documents share; `tags` are all those in use."""
        same = tuple(one.id for one in documents) == tuple(one.id for one in self.documents)
        if not same:
            # Another document may be chosen without the focus leaving the note.
            self.note.settle()
        self.documents = tuple(documents)
        self._form.setVisible(bool(documents))
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if documents else bars.ScrollBarAlwaysOff)
        if not documents:
            return
        if not same:
            for line in (self.title, self.date.line):
                line.forget()
        titles = {document.title for document in documents}
        self.title.show_text(documents[0].title if len(documents) == 1 else "", mixed=len(titles) > 1)
        self.title.setReadOnly(len(documents) > 1)
        self.kind.show_kind(documents)
        self.date.show_dated(documents)
        self.groups.show_groups(documents, groups)
        self.tags.show_tags(documents, tags)
        self.note.show_note(documents)
        self.facts.show_documents(documents)
        self._order_stops()
        if not same:
            self.verticalScrollBar().setValue(0)

    def _order_stops(self) -> None:
        """Tab goes from above to below; chips are made anew and would come last."""
        stops = (self.kind, self.date.line, *self.groups.stops, *self.tags.stops, self.note)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def allow(self, reason: str) -> None:
        """Let the fields be edited, or say why they cannot be (`reason` not empty)."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        for field in self._fields:
            field.setEnabled(not reason)

    def _build(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        names = (_("&Title"), _("&Kind"), _("&Date"), _("Groups"), _("Ta&gs"), _("&Note"))
        for name, field in zip(names, self._fields, strict=True):
            form.addRow(name, field)
            form.labelForField(field).setFixedWidth(_LABELS)
        column = QVBoxLayout(self._form)
        column.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self._reason)
        column.addLayout(form)
        column.addWidget(self.facts)
        column.addStretch()
        self.setWidget(self._form)

    def _connect(self) -> None:
        self.title.committed.connect(lambda text: self._edit(Edit(title=text)) if text else self._again())
        self.kind.committed.connect(lambda kind: self._edit(Edit(kind=kind)))
        self.date.committed.connect(lambda date: self._edit(Edit(dated=Dated(date) if date else None)))
        self.note.committed.connect(lambda text: self._edit(Edit(note=text)))
        self.groups.switched.connect(lambda group, on: self.group_switched.emit(self._ids(), group, on))
        self.tags.added.connect(lambda tag: self.tagged.emit(self._ids(), tag))
        self.tags.removed.connect(lambda tag: self.untagged.emit(self._ids(), tag))
        self.facts.again.clicked.connect(lambda: self.read_again.emit(self._ids()))

    def _ids(self) -> tuple[str, ...]:
        return tuple(document.id for document in self.documents)

    def _edit(self, changes: Edit) -> None:
        if self.documents:
            self.edited.emit(self._ids(), changes)

    def _again(self) -> None:
        self.title.show_text(self.documents[0].title)


class _Facts(QWidget):
    """What cannot be edited: the file, where it lies, where it came from, what became of its text."""

    def __init__(self) -> None:
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * UNIT)
        self._form.setVerticalSpacing(UNIT // 2)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.again = QToolButton()
        self.again.setText(_("Try again"))
        self.again.setIcon(icons.icon("refresh"))
        self.again.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.again.setAutoRaise(True)

    def show_documents(self, documents: Sequence[Document]) -> None:
        """Facts of one document, or the sum of several."""
        self.again.setParent(None)
        while self._form.rowCount():
            self._form.removeRow(0)
        if len(documents) == 1:
            self._show_one(documents[0])
        else:
            self._add(_("Selected"), documents_text(len(documents)))
            self._add(_("Size"), size_text(sum(document.size for document in documents)))

    def _show_one(self, document: Document) -> None:
        file = document.file
        folder, _slash, name = file.path.rpartition("/")
        self._add(_("File"), name)
        self._add(_("Folder"), folder)
        size, added = size_text(document.size), ""
        if document.added:
            added = _("added {day}").format(day=date_text(PartialDate.parse(document.added[:10])))
        self._add(_("Size"), ", ".join(part for part in (size, added) if part))
        if file.source and file.source != name:
            self._add(_("Came from"), file.source)
        if file.text_state is not TextState.READY:
            waiting = file.text_state is TextState.PENDING
            self._add_sentence(
                _("Text"), _("will be read in a moment") if waiting else reason_sentence(file.text_reason)
            )
            if not waiting:
                self._form.addRow("", self.again)
                self.again.show()

    def _add(self, name: str, value: str) -> None:
        """One line that can be selected and copied, however long it is."""
        self._add_row(name, value, FactLine(value))

    def _add_sentence(self, name: str, value: str) -> None:
        shown = QLabel(value)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setWordWrap(True)
        self._add_row(name, value, shown)

    def _add_row(self, name: str, value: str, shown: QWidget) -> None:
        label = QLabel(name)
        label.setFixedWidth(_LABELS)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        shown.setForegroundRole(QPalette.ColorRole.WindowText)
        shown.setAccessibleName(f"{name}: {value}")
        self._form.addRow(label, shown)
