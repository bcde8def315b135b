"""The window: it composes the start page, the workplace, the menus and the status bar. Verbs are in ui.verbs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStackedWidget

from kpss_desktop import settings
from kpss_desktop.i18n import _
from kpss_desktop.ui import arrivals, headings, icons, menus, session, theme, viewing, wiring
from kpss_desktop.ui.actions import Actions
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.entry import Entry
from kpss_desktop.ui.farewell import Farewell
from kpss_desktop.ui.overview import Overview
from kpss_desktop.ui.search_bar import SearchBox
from kpss_desktop.ui.standing import Standing
from kpss_desktop.ui.start_page import StartPage
from kpss_desktop.ui.status import StatusBar
from kpss_desktop.ui.verbs import filing, house, keeping
from kpss_desktop.ui.workplace import Workplace

_FIRST_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """One window, at most one archive."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("KPSS Desktop")
        self.setWindowIcon(icons.program_icon())
        self.setAcceptDrops(True)
        self.entry = Entry(self)
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self.desk = Desk(self, self.entry, self.status.say, self._restyle)
        self.actions_ = Actions(self.desk)
        self.search = SearchBox()
        self.view = menus.fill_menu_bar(self, self.actions_, viewing.recent_menu(self.desk))
        viewing.fill(self.view, self.desk, self.search)
        self.toolbar = menus.make_toolbar(self, self.actions_, self.search)
        self.start = StartPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.setCentralWidget(self.pages)
        self.standing: Standing | None = None
        self._closing = False
        self.is_abandoned = False
        self.farewell = Farewell(self.entry, self.status, self)
        self._connect()
        self._show_start()
        if not session.restore_window(self):
            self.resize(*_FIRST_SIZE)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing or self.is_abandoned:
            event.accept()
            return
        event.ignore()
        # Qt takes no second close while it delivers the first.
        QTimer.singleShot(0, lambda: self.entry.leave(self._end))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if arrivals.can_be_taken(event.mimeData()) or arrivals.is_promise(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_in(arrivals.taken(event.mimeData()))

    def take_in(self, paths: tuple[Path, ...]) -> None:
        """Files dropped onto the window: into the archive, or into one that is made for them."""
        place = self.entry.workplace
        if not paths:
            self.status.say(filing.promise_sentence())
        elif place is not None:
            filing.take_in(self.desk, paths, place.navigator.shelf)
        elif len(paths) == 1 and (paths[0] / ".kpss").is_dir():
            self.entry.go(paths[0])
        else:
            house.new_archive(self.desk, lambda: filing.take_in(self.desk, paths))

    def _connect(self) -> None:
        self.start.new_wanted.connect(lambda: house.new_archive(self.desk))
        self.start.open_wanted.connect(lambda: house.open_other(self.desk))
        self.start.sample_wanted.connect(lambda: house.open_sample(self.desk))
        self.start.recent_chosen.connect(self.entry.go)
        self.start.dropped.connect(self.take_in)
        self.entry.entered.connect(self._enter)
        self.entry.left.connect(self._leave)
        self.entry.closing.connect(lambda: self.start.setEnabled(False))
        self.farewell.abandoned.connect(self._abandon)
        self.entry.opening.connect(self._tell_opening)
        self.entry.refused.connect(self._refuse)
        self.search.asked.connect(self._search)
        self.search.left_down.connect(self._go_to_results)
        self.search.used.connect(self._remember_search)
        self.search.offer(settings.load().searches)
        self.status.state_pressed.connect(self._explain)
        self.status.backup_pressed.connect(lambda: keeping.back_up(self.desk))

    def _abandon(self) -> None:
        session.keep_window(self)
        self.is_abandoned = True
        self.close()

    def _tell_opening(self, name: str) -> None:
        self.status.hush()
        self.start.setEnabled(False)
        self.status.work.start(_("Opening {name}…").format(name=name), can_cancel=False)

    def _enter(self, place: Workplace) -> None:
        self.status.work.stop()
        self.pages.addWidget(place)
        self.pages.setCurrentWidget(place)
        self.setWindowTitle(f"{place.archive.name} – KPSS Desktop")
        self.search.setEnabled(True)
        self.actions_.follow_archive(is_open=True, writable=place.archive.writable)
        if not session.restore_panes(place) and self.width() >= session.WIDE:
            headings.spread(place.table.horizontalHeader())
        place.selected.connect(self.actions_.follow_selection)
        place.overview_changed.connect(self._follow_overview)
        place.search_wanted.connect(self.search.put)
        wiring.connect_place(self.desk, place, self.actions_)
        wiring.connect_jobs(place.jobs, self.status)
        self.standing = Standing(self.desk, place, self.status, self.actions_.allow)
        self.view.addActions(place.preview.walk.actions)
        self.standing.show()
        place.table.setFocus()

    def _follow_overview(self, now: Overview) -> None:
        self.status.show_counts(now.counts)
        self.status.show_reminder(*viewing.backup_reminder(now))
        self.actions_.follow_overview(now)
        place = self.entry.workplace
        if self.standing is not None:
            self.standing.show()
        if place is not None and place.property("restored") is None:
            # The navigator is filled now for the first time, so the last place can be chosen.
            place.setProperty("restored", True)  # noqa: FBT003  # Qt's signature
            session.restore_place(place)

    def _leave(self) -> None:
        place = self.entry.workplace
        self.desk.findings = ()
        if place is not None:
            if self.standing is not None:
                self.standing.watchman.stop()
                self.standing = None
            session.keep_place(place)
            self.pages.removeWidget(place)
        self._show_start()

    def _show_start(self) -> None:
        self.setWindowTitle("KPSS Desktop")
        self.start.setEnabled(True)
        self.start.show_recent(settings.load().recent)
        self.pages.setCurrentWidget(self.start)
        self.search.clear()
        self.search.setEnabled(False)
        self.status.show_counts(None)
        self.status.show_state("", "")
        self.status.show_reminder("", "")
        self.status.work.stop()
        self.actions_.follow_archive(is_open=False, writable=False)

    def _refuse(self, sentence: str) -> None:
        self.status.hush()
        self._show_start()
        box = QMessageBox(QMessageBox.Icon.Warning, "KPSS Desktop", sentence, QMessageBox.StandardButton.Ok, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _search(self, text: str) -> None:
        if self.entry.workplace is not None:
            self.entry.workplace.search(text)

    def _remember_search(self, text: str) -> None:
        now = settings.load().looked_for(text)
        settings.save(now)
        self.search.offer(now.searches)

    def _go_to_results(self) -> None:
        if self.entry.workplace is not None:
            self.entry.workplace.table.setFocus()

    def _end(self) -> None:
        session.keep_window(self)
        self.entry.shut()
        self._closing = True
        self.close()

    def _restyle(self, chosen: str) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, chosen)

    def _explain(self) -> None:
        if self.standing is not None:
            self.standing.explain()
