"""The first page: an invitation to make or open an archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCommandLinkButton, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui import arrivals, icons, theme
from kpss_desktop.ui.theme import UNIT

_RECENT = 5


class StartPage(QWidget):
    """Tells what the clerk wants to begin with."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_chosen = Signal(Path)
    dropped = Signal(object)
    """tuple[Path, ...]: documents to begin an archive with, or the folder of one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = DropTarget()
        self.target.dropped.connect(self.dropped)
        self.new = QPushButton(_("&New archive…"))
        self.new.setDefault(True)
        self.new.setIcon(icons.icon("plus"))
        self.open = QPushButton(_("&Open an archive…"))
        self.sample = QPushButton(_("Open the &sample archive"))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._recent_title = QLabel(_("Opened recently"))
        self._recent_title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        for button, signal in (
            (self.new, self.new_wanted),
            (self.open, self.open_wanted),
            (self.sample, self.sample_wanted),
        ):
            button.setMinimumSize(button.sizeHint().width() + 3 * UNIT, 4 * UNIT)
            button.clicked.connect(signal)
        self.show_recent(())

    def show_recent(self, folders: Sequence[str]) -> None:
        """Offer these archives, newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for folder in folders[:_RECENT]:
            path = Path(folder)
            button = QCommandLinkButton(path.name, str(path.parent))
            button.setIcon(icons.icon("folder"))
            button.setIconSize(QSize(20, 20))
            button.clicked.connect(lambda _checked=False, path=path: self.recent_chosen.emit(path))
            self._recent.addWidget(button)
        self._recent_title.setVisible(bool(folders))

    def _lay_out(self) -> None:
        title = QLabel("KPSS Desktop")
        heading = theme.strong(title.font())
        heading.setPointSizeF(heading.pointSizeF() * 1.6)
        title.setFont(heading)
        about = QLabel(_("Keeps the minutes of working groups in order, finds them and packs them by year."))
        about.setWordWrap(True)
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self.new, self.open, self.sample):
            buttons.addWidget(button)
        buttons.addStretch()
        middle = QWidget()
        middle.setMaximumWidth(88 * UNIT)
        column = QVBoxLayout(middle)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(UNIT)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(about)
        column.addSpacing(UNIT)
        column.addWidget(self.target)
        column.addSpacing(UNIT)
        column.addLayout(buttons)
        column.addSpacing(2 * UNIT)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addStretch(2)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 6)
        row.addStretch(1)


class DropTarget(QFrame):
    """A large place for files, folders and ZIPs."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setMinimumHeight(24 * UNIT)
        self.setAccessibleName(_("Drop files, folders or ZIPs here"))
        self._over = False
        self._picture = QLabel()
        words = QLabel(_("Drop files, folders or ZIPs here"))
        words.setFont(theme.strong(words.font()))
        hint = QLabel(_("Nothing is changed in the originals; before filing you see what was recognised."))
        hint.setWordWrap(True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setSpacing(UNIT)
        column.addStretch()
        for label in (self._picture, words, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if arrivals.can_be_taken(event.mimeData()):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(arrivals.taken(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        accent = self.palette().color(QPalette.ColorRole.Accent)
        colour = accent if self._over else theme.quiet()
        self._picture.setPixmap(icons.pixmap("drop", 64, colour, self.devicePixelRatioF()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(accent if self._over else self.palette().color(QPalette.ColorRole.Mid), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        ground = QColor(self.palette().color(QPalette.ColorRole.Base))
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), UNIT, UNIT)
        super().paintEvent(event)
