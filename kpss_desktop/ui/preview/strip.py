"""The strip above a preview: title, faithfulness, hits, pages, zoom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.elided import ElidedLabel
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.preview.matching import HITS_LIMIT
from kpss_desktop.ui.theme import UNIT, hairline, strong


class Stepper(QWidget):
    """A value between two buttons that step it: hits, pages, zoom."""

    stepped = Signal(int)
    """-1 or 1 for the buttons, 0 for a press on the value."""

    def __init__(self, name: str, less: tuple[str, str], more: tuple[str, str], reset: str = "") -> None:
        """`less` and `more` are an icon and what the button does; `reset` what pressing the value does."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._less, self._more = _button(*less), _button(*more)
        self._value = QToolButton()
        self._value.setAutoRaise(True)
        self._value.setAccessibleName(reset or name)
        self._value.setToolTip(reset)
        if not reset:
            self._value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._value.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for button, step in ((self._less, -1), (self._value, 0), (self._more, 1)):
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, step=step: self.stepped.emit(step))

    def set_value(self, text: str, *, less: bool = True, more: bool = True) -> None:
        """Show a value and which way it can go."""
        self._value.setText(text)
        self._less.setEnabled(less)
        self._more.setEnabled(more)

    @property
    def text(self) -> str:
        """The value shown."""
        return self._value.text()


class Strip(QWidget):
    """Says what is shown and steers it; knows no view."""

    open_pressed = Signal()
    rendition_chosen = Signal(int)
    faithful_wished = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, can_open: bool = True) -> None:
        super().__init__(parent)
        self._title = ElidedLabel()
        self._title.setFont(strong(self.font()))
        self._mark = ElidedLabel()
        self._mark.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._mark.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._renditions = QComboBox()
        self._renditions.setAccessibleName(_("File of the document"))
        self._renditions.setToolTip(_("The document has several files"))
        self._renditions.activated.connect(self.rendition_chosen)
        open_original = _button("open-external", _("Open original"))
        open_original.clicked.connect(self.open_pressed)
        self.hits = Stepper(_("Hits"), ("arrow-up", _("Previous hit (Shift+F3)")), ("arrow-down", _("Next hit (F3)")))
        self.pages = Stepper(_("Page"), ("chevron-left", _("Previous page")), ("chevron-right", _("Next page")))
        self.zoom = Stepper(_("Zoom"), ("zoom-out", _("Smaller")), ("zoom-in", _("Larger")), _("Usual size"))
        self._faithful = QToolButton()
        self._faithful.setAutoRaise(True)
        self._faithful.setCheckable(True)
        self._faithful.setText(_("Faithful view"))
        self._faithful.setToolTip(_("As LibreOffice would print the document; ready in a moment"))
        self._faithful.clicked.connect(self.faithful_wished)
        self._lay_out(open_original)
        open_original.setVisible(can_open)
        self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self.show_title("", "", "")
        self.show_renditions((), 0)
        self._faithful.hide()
        for stepper in (self.hits, self.pages, self.zoom):
            stepper.hide()

    def show_title(self, title: str, mark: str, why: str) -> None:
        """Name the document; `mark` says in two words what the view leaves out and `why` in a sentence."""
        self._title.setText(title)
        self._mark.setText(mark)
        self._mark.setToolTip(why)

    def show_renditions(self, names: Sequence[str], shown: int) -> None:
        """Offer the files of a document; a single one needs no choice."""
        self._renditions.clear()
        self._renditions.addItems(list(names))
        self._renditions.setCurrentIndex(shown)
        self._renditions.setVisible(len(names) > 1)

    def offer_faithful(self, *, ready: bool, shown: bool) -> None:
        """Offer the view that LibreOffice makes, once it is `ready`; or say that it is what is `shown`."""
        self._faithful.setEnabled(ready)
        self._faithful.setChecked(shown)
        self._faithful.setVisible(True)

    def show_hits(self, now: int, count: int) -> None:
        """Say which hit of how many is the current one; `now` counts from 1, 0 when none is yet."""
        many = f"{HITS_LIMIT}+" if count >= HITS_LIMIT else str(count)
        self.hits.set_value(f"{now or '–'} / {many}" if count else _("no hit"), less=bool(count), more=bool(count))
        self.hits.setVisible(True)

    def show_page(self, page: int, count: int) -> None:
        """Say which page of how many is in sight, from 1; a single page needs no words."""
        self.pages.set_value(
            _("page {page} of {count}").format(page=page, count=count), less=page > 1, more=page < count
        )
        self.pages.setVisible(count > 1)

    def show_zoom(self, percent: int) -> None:
        """Say the zoom."""
        self.zoom.set_value(f"{percent}\N{NO-BREAK SPACE}%")
        self.zoom.setVisible(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(hairline())
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())

    def _lay_out(self, open_original: QToolButton) -> None:
        above = QHBoxLayout()
        above.setSpacing(UNIT)
        above.addWidget(self._title, 1)
        above.addWidget(self._renditions)
        above.addWidget(open_original)
        below = QHBoxLayout()
        below.setSpacing(UNIT)
        below.addWidget(self._mark, 1)
        below.addWidget(self._faithful)
        below.addWidget(self.hits)
        below.addWidget(self.pages)
        below.addWidget(self.zoom)
        both = QVBoxLayout(self)
        both.setContentsMargins(2 * UNIT, UNIT, UNIT, UNIT // 2)
        both.setSpacing(0)
        both.addLayout(above)
        both.addLayout(below)


def _button(sign: str, does: str) -> QToolButton:
    """A flat button with an icon."""
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIcon(icon(sign))
    button.setToolTip(does)
    button.setAccessibleName(does)
    return button
