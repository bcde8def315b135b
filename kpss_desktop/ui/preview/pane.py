"""The pane that shows a document: a strip above, one of the views below."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import describe, reason_sentence
from kpss_desktop.model import Reason
from kpss_desktop.ui.preview.captions import mark, rendition_name
from kpss_desktop.ui.preview.gather import Preview
from kpss_desktop.ui.preview.hit_walk import HitWalk
from kpss_desktop.ui.preview.strip import Strip
from kpss_desktop.ui.preview.views import Views

_PASSING = {Reason.TIMEOUT, Reason.MEMORY, Reason.CRASH, Reason.BROKEN, Reason.MISSING}  # may be gone at a second try


class PreviewPane(QWidget):
    """Shows one document at a time; whoever owns it decides which."""

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
        self._wants_faithful = True
        self.setAccessibleName(_("Preview"))
        self.strip = Strip(can_open=can_open)
        self.views = Views()
        self.walk = HitWalk(self.views, self.strip, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.views, 1)
        self.addActions([*self.walk.actions, *self._zoom_actions()])
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
            self.views.message.say("all-documents", sentence)
        else:
            self.views.message.say("document", _("Choose a document and it is shown here."))
        self.shown.emit(None)

    def show_document(self, preview: Preview) -> None:
        """Show what was gathered, as LibreOffice made it when that is there and wished for."""
        self._start(preview)
        self.strip.show()
        is_faithful = self._wants_faithful and preview.faithful is not None
        self.strip.show_title(preview.document.title, *mark(preview, is_faithful=is_faithful))
        names = [rendition_name(file.path) for file in preview.document.files]
        self.strip.show_renditions(names, preview.document.files.index(preview.file))
        if preview.may_be_faithful:
            self.strip.offer_faithful(ready=preview.faithful is not None, shown=is_faithful)
        if is_faithful and preview.faithful is not None:
            self.views.show_pdf(preview.faithful, preview.hits)
        else:
            self.views.show_preview(preview)
        self.shown.emit(preview)

    def take_faithful(self, preview: Preview, made: Path | None) -> None:
        """Show the faithful view of a document that is still shown, unless the clerk is reading on already."""
        if self._preview is not preview:
            return
        self._preview = replace(preview, faithful=made, may_be_faithful=made is not None)
        if made is not None and self.views.is_begun:
            self.strip.offer_faithful(ready=True, shown=False)
        else:
            self.show_document(self._preview)

    def show_failure(self, error: Exception) -> None:
        """Say why the document could not be gathered."""
        self._start(None)
        self.strip.hide()
        self.views.message.say("warning", describe(error))
        self.shown.emit(None)

    def _start(self, preview: Preview | None) -> None:
        self._preview = preview
        self.strip.clear()
        self.views.clear()
        self.walk.stop()

    def _say(self, reason: Reason) -> None:
        self.views.setCurrentWidget(self.views.message)
        for stepper in (self.strip.hits, self.strip.pages, self.strip.zoom):
            stepper.hide()
        sign = "lock" if reason is Reason.PASSWORD else "unreadable"
        can_open = self._can_open and reason not in {Reason.MISSING, Reason.EMPTY_FILE}
        can_retry = self._can_open and reason in _PASSING
        self.views.message.say(sign, reason_sentence(reason), can_open=can_open, can_retry=can_retry)

    def _zoom_actions(self) -> list[QAction]:
        made = []
        for keys, step in (
            (QKeySequence.keyBindings(QKeySequence.StandardKey.ZoomIn), 1),
            (QKeySequence.keyBindings(QKeySequence.StandardKey.ZoomOut), -1),
            ([QKeySequence("Ctrl+0")], 0),
        ):
            action = QAction(self)
            action.setShortcuts(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, step=step: self.views.zoom(step))
            made.append(action)
        return made

    def _connect(self) -> None:
        self.strip.pages.stepped.connect(self.views.turn)
        self.strip.zoom.stepped.connect(self.views.zoom)
        self.strip.open_pressed.connect(partial(self._ask, self.open_requested))
        self.strip.faithful_wished.connect(self._wish_faithful)
        self.strip.rendition_chosen.connect(self._ask_rendition)
        self.views.message.open_pressed.connect(partial(self._ask, self.open_requested))
        self.views.message.again_pressed.connect(partial(self._ask, self.again_requested))
        self.views.unreadable.connect(self._say)
        self.views.hits_counted.connect(self._count_hits)
        self.views.page_changed.connect(self.strip.show_page)
        self.views.zoomed.connect(self.strip.show_zoom)

    def _count_hits(self, count: int) -> None:
        if self._preview is not None and self._preview.hits is not None:
            self.walk.start(count)

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
