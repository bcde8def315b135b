"""Parts that several dialogs share: the buttons, a path with a button, a table of documents, a line with a result."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QWidget,
)

from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.i18n import _
from kpss_desktop.messages import date_text, describe, documents_text, kind_name, size_text
from kpss_desktop.model import Document
from kpss_desktop.ui import headings
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.theme import ROW, UNIT

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_Role = Qt.ItemDataRole


class AnswerButtons(QDialogButtonBox):
    """Below a dialog that asks: the button that the dialog is there for, which Return presses, and Cancel."""

    def __init__(self, does: str, dialog: QDialog) -> None:
        super().__init__(QDialogButtonBox.StandardButton.Cancel, dialog)
        self.main = QPushButton(does)
        self.addButton(self.main, QDialogButtonBox.ButtonRole.AcceptRole)
        self.main.setDefault(True)
        self.accepted.connect(dialog.accept)
        self.rejected.connect(dialog.reject)


class PathField(QWidget):
    """A path that is typed or chosen in the system's own dialog."""

    changed = Signal(str)

    def __init__(self, name: str, start: Path, *, file_filter: str = "", parent: QWidget | None = None) -> None:
        """A folder is asked for, or with `file_filter` ("ZIP (*.zip)") a file to be written."""
        super().__init__(parent)
        self._name, self._filter = name, file_filter
        self.line = QLineEdit(str(start))
        self.line.setAccessibleName(name)
        self.line.textChanged.connect(self.changed)
        browse = QPushButton(_("Choose…"))
        browse.setAutoDefault(False)
        browse.setAccessibleName(f"{name}: {_('Choose…')}")
        browse.clicked.connect(self._browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self.line, 1)
        row.addWidget(browse)
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path | None:
        """What is written there; None when nothing is."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def _browse(self) -> None:
        now = self.line.text()
        if self._filter:
            chosen = QFileDialog.getSaveFileName(self, self._name, now, self._filter)[0]
        else:
            chosen = QFileDialog.getExistingDirectory(self, self._name, now)
        if chosen:
            self.line.setText(str(Path(chosen)))


class ResultLine(QWidget):
    """What came of the work, in one sentence, with a way to the file."""

    reveal_pressed = Signal(object)
    """The path to show in the system's file manager."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._reveal = QPushButton(icon("show-in-folder"), _("Show in folder"))
        self._reveal.setAutoDefault(False)
        self._reveal.clicked.connect(lambda: self.reveal_pressed.emit(self._path))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._reveal)
        self.clear()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def clear(self) -> None:
        """Say nothing, and keep the room."""
        self._say("", "")

    def say_working(self, sentence: str) -> None:
        """Say what is being done."""
        self._say("", sentence)

    def say_made(self, made: Exported) -> None:
        """Say what was made."""
        many = documents_text(made.files)
        self.say_done(
            _("Saved: {name} ({many}, {size})").format(name=made.path.name, many=many, size=size_text(made.bytes)),
            made.path,
        )

    def say_done(self, sentence: str, path: Path | None = None) -> None:
        """Say what was done, and offer to show where."""
        self._say("ok", sentence)
        self._path = path
        self._reveal.setVisible(path is not None)

    def say_warning(self, sentence: str) -> None:
        """Say what should be thought of."""
        self._say("warning", sentence)

    def say_failed(self, error: Exception) -> None:
        """Say why nothing was made."""
        self._say("error", describe(error))

    def _say(self, icon_name: str, sentence: str) -> None:
        self._icon.setVisible(bool(icon_name))
        if icon_name:
            self._icon.setPixmap(icon(icon_name).pixmap(2 * UNIT + 2))
        self._text.setText(sentence)
        self._reveal.hide()


class _Column(IntEnum):
    DATE = 0
    TITLE = 1
    KIND = 2
    SIZE = 3


class DocumentsModel(QAbstractTableModel):
    """Documents in the order they are given."""

    def __init__(self, documents: Sequence[Document] = ()) -> None:
        super().__init__()
        self.documents = tuple(documents)

    def set_documents(self, documents: Sequence[Document]) -> None:
        """Show other ones."""
        self.beginResetModel()
        self.documents = tuple(documents)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.documents)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return (_("Date"), _("Title"), _("Kind"), _("Size"))[section]
        return _aligned(_Column(section)) if role == _Role.TextAlignmentRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        document, column = self.documents[index.row()], _Column(index.column())
        if role == _Role.TextAlignmentRole:
            return _aligned(column)
        if role == _Role.ToolTipRole and column is _Column.TITLE:
            return document.file.path
        if role != _Role.DisplayRole:
            return None
        match column:
            case _Column.DATE:
                return date_text(document.dated.date if document.dated else None)
            case _Column.TITLE:
                return document.title
            case _Column.KIND:
                return kind_name(document.kind)
            case _Column.SIZE:
                return size_text(document.size)


def _aligned(column: _Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column is _Column.SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class DocumentsTable(QTableView):
    """A short list of documents, to be looked at."""

    def __init__(self, model: DocumentsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        headings.give_room(self)
        headings.give_room(header)
        header.setHighlightSections(False)
        header.setSectionResizeMode(_Column.TITLE, QHeaderView.ResizeMode.Stretch)
        for column, units in ((_Column.DATE, 14), (_Column.KIND, 18), (_Column.SIZE, 11)):
            self.setColumnWidth(column, units * UNIT)


def quiet_label(text: str = "") -> QLabel:
    """A label that stands back and breaks its lines."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
