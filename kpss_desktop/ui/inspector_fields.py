"""Fields of the details pane. Each shows a value that several documents share, or says that they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kpss_desktop.czech.collation import sort_key
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.i18n import _
from kpss_desktop.messages import date_text, kind_name
from kpss_desktop.model import Certainty, Document, Group, Kind
from kpss_desktop.ui import marks
from kpss_desktop.ui.chips import Chip, FlowLayout, clear
from kpss_desktop.ui.theme import UNIT


class LineField(QLineEdit):
    """A line that tells its new text on Enter or when the focus leaves; Esc puts the old one back."""

    committed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._shown = ""
        self.editingFinished.connect(self._commit)

    def show_text(self, text: str, *, mixed: bool = False) -> None:
        """Show a value; what is just being typed stays while the value beneath it is the same."""
        if self.hasFocus() and text == self._shown and self.text() != text:
            return
        self.setPlaceholderText(_("(various)") if mixed else "")
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def forget(self) -> None:
        """Drop what was typed: it belongs to a document that is not shown any more."""
        self._shown = ""
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
        else:
            super().keyPressEvent(event)

    def _commit(self) -> None:
        if self.text().strip() != self._shown.strip():
            self._shown = self.text()
            self.committed.emit(self.text().strip())


class FactLine(QLineEdit):
    """A fact that cannot be edited: shortened in its middle where it is long, whole when it is to be copied."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.whole = text
        self.setReadOnly(True)
        self.setFrame(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setToolTip(text)
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(ground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setText(self.whole)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._show_what_fits()

    def _show_what_fits(self) -> None:
        if not self.hasFocus():
            room = self.width() - UNIT
            self.setText(self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideMiddle, room))
            self.setCursorPosition(0)


class DateField(QWidget):
    """A date as a clerk writes it, and below it where it was read."""

    committed = Signal(object)
    """The PartialDate, or None when it was taken away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineField(_("Date"))
        self.line.setMaximumWidth(22 * UNIT)
        self._origin = QLabel()
        self._origin.setWordWrap(True)
        self._origin.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 4)
        column.addWidget(self.line)
        column.addWidget(self._origin)
        self.line.committed.connect(self._read)
        self.line.textEdited.connect(lambda _text: self._say(""))

    def show_dated(self, documents: Sequence[Document]) -> None:
        """The date that these documents share."""
        values = {document.dated.date if document.dated else None for document in documents}
        same = len(values) == 1
        self.line.show_text(date_text(values.pop()) if same else "", mixed=not same)
        if same and not self.line.text():
            self.line.setPlaceholderText(_("e.g. 16. 1. 2020, March 2020, 2020"))
        dated = documents[0].dated if len(documents) == 1 else None
        self._say(marks.date_sentence(dated) if dated and dated.certainty is not Certainty.SURE else "")

    def _say(self, sentence: str) -> None:
        self._origin.setText(sentence)
        self._origin.setVisible(bool(sentence))

    def _read(self, text: str) -> None:
        date = parse_date(text) if text else None
        if text and date is None:
            self._say(_("This is no date: {text}").format(text=text))
        else:
            self.committed.emit(date)


class KindField(QComboBox):
    """The kinds by their names; wheel turns over it scroll the pane instead of changing the document."""

    committed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Kind"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for kind in Kind:
            self.addItem(kind_name(kind), kind)
        self.activated.connect(lambda index: self.committed.emit(Kind(self.itemData(index))))

    def show_kind(self, documents: Sequence[Document]) -> None:
        """The kind that these documents share."""
        kinds = {document.kind for document in documents}
        self.setPlaceholderText(_("(various)"))
        self.setCurrentIndex(self.findData(kinds.pop()) if len(kinds) == 1 else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class GroupsField(QWidget):
    """All groups as chips to switch on and off."""

    switched = Signal(str, bool)
    """Group id, and whether the documents shall belong to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Groups"))
        self._flow = FlowLayout(self)
        self._chips: dict[str, Chip] = {}
        self._groups: tuple[Group, ...] = ()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return tuple(self._chips.values())

    def show_groups(self, documents: Sequence[Document], groups: Mapping[str, Group]) -> None:
        """The groups, and which of them these documents belong to."""
        if tuple(groups.values()) != self._groups:
            self._build(tuple(groups.values()))
        for group_id, chip in self._chips.items():
            among = sum(group_id in document.groups for document in documents)
            chip.setChecked(among == len(documents))
            chip.setText(groups[group_id].name + (_(" (some)") if 0 < among < len(documents) else ""))
            chip.updateGeometry()

    def _build(self, groups: tuple[Group, ...]) -> None:
        clear(self._flow)
        self._groups = groups
        self._chips = {}
        for group in groups:
            chip = Chip(group.name, dot=group.colour)
            chip.setCheckable(True)
            chip.clicked.connect(lambda checked, group_id=group.id: self.switched.emit(group_id, checked))
            self._chips[group.id] = chip
            self._flow.addWidget(chip)


class TagsField(QWidget):
    """Tags as chips with a cross, and a line for a further one, completed from those in use."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._tags: list[Chip] = []
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Add a tag"))
        self.line.setPlaceholderText(_("Add a tag"))
        self.line.setFixedWidth(16 * UNIT)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)
        self.line.returnPressed.connect(self._add)
        self.setFocusProxy(self.line)
        self._flow.addWidget(self.line)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (*self._tags, self.line)

    def show_tags(self, documents: Sequence[Document], known: Sequence[str]) -> None:
        """The tags of these documents; one that only some have says so."""
        self._known.setStringList(list(known))
        had_focus = self.line.hasFocus()
        self._flow.removeWidget(self.line)
        clear(self._flow)
        self._tags = []
        for tag in sorted({tag for document in documents for tag in document.tags}, key=sort_key):
            among = sum(tag in document.tags for document in documents)
            chip = Chip(tag + (_(" (some)") if among < len(documents) else ""), removable=True)
            chip.setToolTip(_("Remove the tag"))
            chip.removed.connect(lambda tag=tag: self.removed.emit(tag))
            self._tags.append(chip)
            self._flow.addWidget(chip)
        self._flow.addWidget(self.line)
        self.line.show()
        if had_focus:
            self.line.setFocus()

    def _add(self) -> None:
        if tag := self.line.text().strip():
            self.line.clear()
            self.added.emit(tag)


class NoteField(QPlainTextEdit):
    """A few lines of note, told when the focus leaves or by Ctrl+Enter; Tab leaves the field."""

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Note"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(5 * UNIT + 4)
        self._shown = ""

    def show_note(self, documents: Sequence[Document]) -> None:
        """The note that these documents share."""
        notes = {document.note for document in documents}
        if self.hasFocus() and self.toPlainText() != self._shown and notes == {self._shown}:
            return
        self.setPlaceholderText("" if len(notes) == 1 else _("(various)"))
        self._shown = notes.pop() if len(notes) == 1 else ""
        self.setPlainText(self._shown)

    def settle(self) -> None:
        """Tell what was typed, while it still belongs to the documents that are shown."""
        self._commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._commit()

    def _commit(self) -> None:
        if self.toPlainText().strip() != self._shown.strip():
            self._shown = self.toPlainText()
            self.committed.emit(self.toPlainText().strip())
