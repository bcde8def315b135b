"""The pane that shows a document: a strip above, one of six views below."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import describe, reason_sentence, size_text
from kpss_desktop.model import Reason
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.preview.gather import Preview, View
from kpss_desktop.ui.preview.image_view import ImageView
from kpss_desktop.ui.preview.message_page import MessagePage
from kpss_desktop.ui.preview.paper import Paper
from kpss_desktop.ui.preview.pdf_view import PdfView
from kpss_desktop.ui.preview.sheets_view import SheetsView
from kpss_desktop.ui.preview.strip import Strip
from kpss_desktop.ui.preview.zip_view import ZipView

_PASSING = {Reason.TIMEOUT, Reason.MEMORY, Reason.CRASH, Reason.BROKEN, Reason.MISSING}  # may be gone at a second try


class PreviewPane(QWidget):
    """Shows one document at a time; whoever owns it decides which.

    `next_action` and `previous_action` (F3, Shift+F3) walk through the hits and are ready for a menu.
    """

    open_requested = Signal(str)
    """The id of the document whose original is to be opened."""
    again_requested = Signal(str)
    """The id of the document that is to be read again."""
    rendition_wanted = Signal(str)
    """The id of another file of the document that is shown."""
    shown = Signal(object)
    """The Preview that was shown, None for nothing."""

    def __init__(self, parent: QWidget | None = None, *, can_open: bool = True) -> None:
        """Without `can_open` there is no button that opens the original: what is shown is in no archive yet."""
        super().__init__(parent)
        self._can_open = can_open
        self._preview: Preview | None = None
        self._hit = -1
        self._wants_faithful = True
        self.setAccessibleName(_("Preview"))
        self.strip = Strip(can_open=can_open)
        self.paper, self.pdf, self.picture, self.contents = Paper(), PdfView(self), ImageView(), ZipView()
        self.sheets, self.message = SheetsView(), MessagePage()
        self._views = QStackedWidget()
        for view in (self.message, self.paper, self.sheets, self.pdf, self.picture, self.contents):
            self._views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._views, 1)
        self._make_actions()
        self._connect()
        self.show_nothing()

    @property
    def preview(self) -> Preview | None:
        """What is shown."""
        return self._preview

    def show_nothing(self, selected: int = 0) -> None:
        """No document, or several (`selected`): say so."""
        self._start(None)
        self.strip.hide()
        if selected > 1:
            sentence = ngettext("{n} document selected", "{n} documents selected", selected).format(n=selected)
            self.message.say("all-documents", sentence)
        else:
            self.message.say("document", _("Choose a document and it is shown here."))
        self.shown.emit(None)

    def show_document(self, preview: Preview) -> None:
        """Show what was gathered, as LibreOffice made it when that is there and wished for."""
        self._start(preview)
        self.strip.show()
        is_faithful = self._wants_faithful and preview.faithful is not None
        self.strip.show_title(preview.document.title, *_mark(preview, is_faithful=is_faithful))
        names = [_rendition_name(file.path) for file in preview.document.files]
        self.strip.show_renditions(names, preview.document.files.index(preview.file))
        if preview.may_be_faithful:
            self.strip.offer_faithful(ready=preview.faithful is not None, shown=is_faithful)
        if is_faithful and preview.faithful is not None:
            self._show_pdf(preview.faithful, preview.hits)
        else:
            self._show_view(preview)
        self.shown.emit(preview)

    def take_faithful(self, preview: Preview, made: Path | None) -> None:
        """Show the faithful view of a document that is still shown, unless the clerk is reading on already."""
        if self._preview is not preview:
            return
        self._preview = replace(preview, faithful=made, may_be_faithful=made is not None)
        view = self._views.currentWidget()
        is_reading = isinstance(view, Paper | SheetsView) and view.is_begun
        if made is not None and is_reading:
            self.strip.offer_faithful(ready=True, shown=False)
        else:
            self.show_document(self._preview)

    def _show_view(self, preview: Preview) -> None:
        match preview.view:
            case View.HTML:
                self._show_paper(self.paper)
                self.paper.show_html(preview.html, preview.hits)
            case View.SHEETS:
                self._show_paper(self.sheets)
                self.sheets.show_html(preview.html, preview.hits)
            case View.TEXT:
                self._show_paper(self.paper)
                self.paper.show_text(preview.text, preview.hits)
            case View.PDF:
                self._show_pdf(preview.path, preview.hits)
            case View.IMAGE:
                self._views.setCurrentWidget(self.picture)
                self.picture.show_file(preview.path)
            case View.ZIP:
                self._views.setCurrentWidget(self.contents)
                self.contents.show_entries(preview.entries)
            case View.NOTHING:
                self._say(preview.reason)

    def show_failure(self, error: Exception) -> None:
        """Say why the document could not be gathered."""
        self._start(None)
        self.strip.hide()
        self.message.say("warning", describe(error))
        self.shown.emit(None)

    def _start(self, preview: Preview | None) -> None:
        self._preview, self._hit = preview, -1
        self.strip.clear()
        self.pdf.clear()
        self.picture.clear()
        self._views.setCurrentWidget(self.message)
        for action in (self.next_action, self.previous_action):
            action.setEnabled(False)

    def _show_paper(self, paper: Paper | SheetsView) -> None:
        self._views.setCurrentWidget(paper)
        self.strip.show_zoom(paper.percent)

    def _show_pdf(self, path: Path, hits: Light | None) -> None:
        self._views.setCurrentWidget(self.pdf)
        reason = self.pdf.show_file(path, hits)
        if reason is not Reason.NONE:
            self._say(reason)

    def _say(self, reason: Reason) -> None:
        self._views.setCurrentWidget(self.message)
        for stepper in (self.strip.hits, self.strip.pages, self.strip.zoom):
            stepper.hide()
        sign = "lock" if reason is Reason.PASSWORD else "unreadable"
        can_open = self._can_open and reason not in {Reason.MISSING, Reason.EMPTY_FILE}
        can_retry = self._can_open and reason in _PASSING
        self.message.say(sign, reason_sentence(reason), can_open=can_open, can_retry=can_retry)

    def _make_actions(self) -> None:
        self.next_action = QAction(icon("arrow-down"), _("Next hit"), self)
        self.next_action.setShortcut(QKeySequence(Qt.Key.Key_F3))
        self.next_action.triggered.connect(lambda: self._walk(1))
        self.previous_action = QAction(icon("arrow-up"), _("Previous hit"), self)
        self.previous_action.setShortcut(QKeySequence(Qt.KeyboardModifier.ShiftModifier | Qt.Key.Key_F3))
        self.previous_action.triggered.connect(lambda: self._walk(-1))
        zooms = []
        for key, step in (
            (QKeySequence.StandardKey.ZoomIn, 1),
            (QKeySequence.StandardKey.ZoomOut, -1),
            (QKeySequence("Ctrl+0"), 0),
        ):
            action = QAction(self)
            action.setShortcuts(key) if isinstance(key, QKeySequence.StandardKey) else action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, step=step: self._zoom(step))
            zooms.append(action)
        self.addActions([self.next_action, self.previous_action, *zooms])

    def _connect(self) -> None:
        self.strip.hits.stepped.connect(self._walk)
        self.strip.pages.stepped.connect(self._turn)
        self.strip.zoom.stepped.connect(self._zoom)
        self.strip.open_pressed.connect(partial(self._ask, self.open_requested))
        self.strip.faithful_wished.connect(self._wish_faithful)
        self.strip.rendition_chosen.connect(self._ask_rendition)
        self.message.open_pressed.connect(partial(self._ask, self.open_requested))
        self.message.again_pressed.connect(partial(self._ask, self.again_requested))
        self.picture.unreadable.connect(lambda: self._say(Reason.BROKEN))
        for walkable in (self.paper, self.sheets, self.pdf):
            walkable.hits_counted.connect(self._count_hits)
        self.sheets.hit_wanted.connect(self._go_to_hit)
        for paged in (self.pdf, self.picture):
            paged.page_changed.connect(self.strip.show_page)
        for zoomable in (self.paper, self.sheets, self.pdf, self.picture):
            zoomable.zoomed.connect(partial(self._tell_zoom, zoomable))

    def _count_hits(self, count: int) -> None:
        if self._preview is None or self._preview.hits is None:
            return
        self.strip.show_hits(0, count)
        for action in (self.next_action, self.previous_action):
            action.setEnabled(count > 0)
        if count:
            self._walk(1)

    def _walk(self, step: int) -> None:
        view = self._views.currentWidget()
        if isinstance(view, Paper | SheetsView | PdfView) and view.hit_count:
            self._go_to_hit((self._hit + step) % view.hit_count if self._hit >= 0 else 0)

    def _go_to_hit(self, index: int) -> None:
        view = self._views.currentWidget()
        if isinstance(view, Paper | SheetsView | PdfView):
            self._hit = index
            view.go_to_hit(index)
            self.strip.show_hits(index + 1, view.hit_count)

    def _turn(self, step: int) -> None:
        view = self._views.currentWidget()
        if isinstance(view, PdfView | ImageView):
            view.turn(step)

    def _zoom(self, step: int) -> None:
        view = self._views.currentWidget()
        if isinstance(view, Paper | SheetsView | PdfView | ImageView):
            view.zoom(step)

    def _tell_zoom(self, view: QWidget, percent: int) -> None:
        if view is self._views.currentWidget():
            self.strip.show_zoom(percent)

    def _ask(self, signal: SignalInstance) -> None:
        if self._preview is not None:
            signal.emit(self._preview.document.id)

    def _wish_faithful(self, wished: bool) -> None:
        self._wants_faithful = wished
        if self._preview is not None:
            self.show_document(self._preview)

    def _ask_rendition(self, index: int) -> None:
        if self._preview is not None:
            self.rendition_wanted.emit(self._preview.document.files[index].id)


def _mark(preview: Preview, *, is_faithful: bool) -> tuple[str, str]:
    """What the view leaves out, in two words and in a sentence."""
    if is_faithful:
        return "", ""
    match preview.view:
        case View.PDF | View.IMAGE if preview.machine_read:
            return _("text recognised by machine"), _("Searching finds the words of the scan; some may be misread.")
        case View.HTML | View.SHEETS:
            return _("simplified preview"), _("Page layout, headers and numbering may differ from the original.")
        case View.TEXT:
            return _("text only"), _("Pictures, tables and formatting are seen in the original.")
        case View.ZIP:
            count, size = len(preview.entries), size_text(preview.file.size)
            return ngettext("{n} file, {size}", "{n} files, {size}", count).format(n=count, size=size), ""
    return "", ""


def _rendition_name(path: str) -> str:
    """How a file is told from the other files of its document."""
    return PurePosixPath(path).suffix.removeprefix(".").upper() or PurePosixPath(path).name
