"""Walking through the searched words of a preview."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from kpss_desktop.i18n import _
from kpss_desktop.ui.icons import icon
from kpss_desktop.ui.preview.strip import Strip
from kpss_desktop.ui.preview.views import Views


class HitWalk(QObject):
    """Goes from hit to hit, round and round; the strip says which one is in sight.

    `next_action` and `previous_action` (F3, Shift+F3) are ready for a menu.
    """

    def __init__(self, views: Views, strip: Strip, parent: QObject) -> None:
        super().__init__(parent)
        self._views, self._strip = views, strip
        self._now = -1
        self.next_action = QAction(icon("arrow-down"), _("Next hit"), self)
        self.next_action.setShortcut(QKeySequence(Qt.Key.Key_F3))
        self.next_action.triggered.connect(lambda: self._walk(1))
        self.previous_action = QAction(icon("arrow-up"), _("Previous hit"), self)
        self.previous_action.setShortcut(QKeySequence(Qt.KeyboardModifier.ShiftModifier | Qt.Key.Key_F3))
        self.previous_action.triggered.connect(lambda: self._walk(-1))
        strip.hits.stepped.connect(self._walk)
        views.hit_wanted.connect(self._go_to)

    @property
    def actions(self) -> list[QAction]:
        """Forward and back."""
        return [self.next_action, self.previous_action]

    def stop(self) -> None:
        """Something else is shown."""
        self._now = -1
        for action in self.actions:
            action.setEnabled(False)

    def start(self, count: int) -> None:
        """So many words were found: go to the first one."""
        self._strip.show_hits(0, count)
        for action in self.actions:
            action.setEnabled(count > 0)
        if count:
            self._walk(1)

    def _walk(self, step: int) -> None:
        if count := self._views.hit_count:
            self._go_to((self._now + step) % count if self._now >= 0 else 0)

    def _go_to(self, index: int) -> None:
        self._now = index
        self._views.go_to_hit(index)
        self._strip.show_hits(index + 1, self._views.hit_count)
