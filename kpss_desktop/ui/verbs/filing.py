"""Taking documents in: choose, review, file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake.differences import DiffLine, text_diff
from kpss_desktop.archive.intake.filing import IntakeReport, file_intake
from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan, OnItems, plan_intake
from kpss_desktop.archive.intake.recognising import text_of
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.i18n import _
from kpss_desktop.messages import describe
from kpss_desktop.progress import Progress
from kpss_desktop.ui import arrivals, session
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.dialogs.difference import DifferenceDialog
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.report import ReportDialog, summary
from kpss_desktop.ui.listing import PAGE

_PLAN = "plan"
_COMPARE = "compare"
_PATIENCE = 0.5  # seconds that the worker waits for a window that is busy with something else
T = TypeVar("T")
Planning = Callable[[Archive, Progress, OnItems], IntakePlan]


class Relay(QObject):
    """Hands rows from the worker to the window's thread, one batch at a time.

    The worker waits until the window has taken a batch in and painted it. So no batches pile up before a window that is
    slow, and the worker does not take the interpreter away from one that is at work: it is asked for every cell.
    """

    came = Signal(object)
    """A batch of rows with their places."""

    def __init__(self, take: Callable[[Any], None]) -> None:
        super().__init__()
        self._take: Callable[[Any], None] | None = take
        self._taken = threading.Event()
        self.came.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def tell(self, batch: Sequence[tuple[int, IntakeItem]]) -> None:
        """From the worker."""
        self._taken.clear()
        self.came.emit(batch)
        self._taken.wait(_PATIENCE)

    def end(self) -> None:
        """Hand over nothing any more, also no batch that is on its way: to disconnect would not stop that."""
        self._take = None

    def _hand_over(self, batch: Sequence[tuple[int, IntakeItem]]) -> None:
        if self._take is not None:
            self._take(batch)
        QTimer.singleShot(0, self._taken.set)  # a timer comes after what is to be painted


def add_files(desk: Desk) -> None:
    """Choose files and ZIPs and take them in."""
    names, _filter = QFileDialog.getOpenFileNames(desk.window, _("Add documents"))
    take_in(desk, [Path(name) for name in names])


def add_folder(desk: Desk) -> None:
    """Choose a folder and take in all that is in it."""
    name = QFileDialog.getExistingDirectory(desk.window, _("Add a folder"))
    take_in(desk, [Path(name)] if name else [])


def paste(desk: Desk) -> None:
    """Take in the files on the clipboard, mails and a picture too."""
    data = QGuiApplication.clipboard().mimeData() or QMimeData()
    if arrivals.can_be_taken(data):
        take_dropped(desk, arrivals.taken(data))
    elif data.hasImage():
        image = QImage(data.imageData())
        # Making a file of a large picture takes a while.
        desk.jobs.query(lambda _archive, _progress: arrivals.picture(image), lambda path: take_in(desk, [path]))
    else:
        desk.say(promise_sentence() if arrivals.is_promise(data) else _("There are no files on the clipboard."))


def take_dropped(desk: Desk, paths: Sequence[Path], shelf: Shelf | None = None) -> None:
    """As `take_in`; with nothing to take, say what the other program did not give."""
    if paths:
        take_in(desk, paths, shelf)
    else:
        desk.say(promise_sentence())


def promise_sentence() -> str:
    """What to do with a mail that its program does not hand over."""
    return _("The mail program did not hand the message over. Save it as a file, and drag that here.")


def take_in(desk: Desk, paths: Sequence[Path], shelf: Shelf | None = None) -> None:
    """Show the review sheet for these files; the group and year of a shelf are set for all of them."""
    if not paths:
        return
    if not desk.archive.writable:
        desk.say(_("The archive is open for reading only; nothing can be added."))
        return
    group, year = (shelf.group, shelf.year) if shelf else (None, None)
    sheet = make_sheet(desk)
    fill_sheet(
        desk,
        sheet,
        lambda archive, progress, on_items: plan_intake(
            archive, paths, progress, group=group, year=year, on_items=on_items,
            passwords=sheet.keys.passwords, encodings=dict(sheet.keys.encodings),
        ),
    )  # fmt: skip
    file_from(desk, sheet, file_intake, lambda report: tell(desk, report))
    sheet.open()


def make_sheet(desk: Desk) -> IntakeSheet:
    """An empty review sheet over the window; it ends when it is rejected, or when `file_from` has filed."""
    overview = desk.place.overview
    sheet = IntakeSheet(tuple(overview.groups.values()) if overview else (), desk.window, jobs=desk.jobs)
    if sheet.beside is not None:
        sheet.beside.chip.setChecked(session.wants_review_preview(desk.window))
        sheet.beside.chip.toggled.connect(session.keep_review_preview)
    sheet.rejected.connect(sheet.end)
    sheet.comparison_wanted.connect(lambda item: compare(desk, sheet, item))
    sheet.finished.connect(lambda: desk.jobs.drop(_COMPARE))
    return sheet


def fill_sheet(desk: Desk, sheet: IntakeSheet, plan: Planning) -> None:
    """Plan beside the window, and once more whenever the sheet asks for it; rows are shown as they come."""
    relays: list[Relay] = []

    def start() -> None:
        relay = Relay(sheet.take_rows)
        relays.append(relay)
        sheet.destroyed.connect(relay.end)
        desk.jobs.query(
            lambda archive, progress: plan(archive, progress, relay.tell),
            sheet.finish,
            fail,
            key=_PLAN,
            told=sheet.progress.show_progress,
        )

    def fail(error: Exception) -> None:
        sheet.leave()
        desk.say(describe(error))

    def again() -> None:
        first.stop()
        desk.jobs.drop(_PLAN)
        for relay in relays:
            relay.end()
        relays.clear()
        sheet.start_again()
        start()

    # The sheet is painted before the planning wants the interpreter and the processors too.
    first = QTimer(sheet, singleShot=True)
    first.timeout.connect(start)
    sheet.keys.told.connect(again)
    sheet.rejected.connect(lambda: desk.jobs.drop(_PLAN))
    sheet.rejected.connect(first.stop)
    first.start()


def compare(desk: Desk, sheet: IntakeSheet, item: IntakeItem) -> None:
    """Lay the text of a row beside that of the document or the row it resembles."""
    plan = sheet.plan
    target = item.rendition_of if item.rendition_of is not None else item.similar_to

    def task(archive: Archive, _progress: Progress) -> tuple[DiffLine, ...]:
        if isinstance(target, int):
            old = text_of(plan.items[target], plan.extracts)
        else:
            old = looking.text_of(archive, looking.document(archive, target or "").file)
        return text_diff(old, text_of(item, plan.extracts))

    def show(lines: tuple[DiffLine, ...]) -> None:
        dialog = DifferenceDialog(item.resembles, item.name, lines, sheet)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    desk.jobs.query(task, show, key=_COMPARE)


def file_from(
    desk: Desk, sheet: IntakeSheet, file: Callable[[Archive, IntakePlan, Progress], T], done: Callable[[T], None]
) -> None:
    """File what the clerk accepts; when nothing can be filed the sheet comes back, so that no correction is lost."""
    jobs = desk.jobs
    jobs.destroyed.connect(sheet.deleteLater)

    def filed(outcome: T) -> None:
        sheet.end()
        done(outcome)

    sheet.plan_accepted.connect(
        lambda plan: jobs.change(
            lambda archive, progress: file(archive, plan, progress),
            filed,
            lambda error: sheet.come_back(describe(error)),
            label=_("Filing documents"),
            stopped=lambda: sheet.come_back(_("Stopped before anything was filed.")),
        )
    )


def tell(desk: Desk, report: IntakeReport) -> None:
    """Say what came of an intake."""
    ids = tuple(dict.fromkeys(outcome.document_id for outcome in report.outcomes if outcome.document_id))
    if len(ids) <= PAGE:  # of more only those that are seen would be selected
        desk.place.table.select_ids(ids)
    desk.say(summary(report), lambda: _show(desk, report, ids))


def _show(desk: Desk, report: IntakeReport, ids: tuple[str, ...]) -> None:
    dialog = ReportDialog(report, desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.documents_wanted.connect(lambda: _show_only(desk, ids))
    dialog.open()


def _show_only(desk: Desk, ids: tuple[str, ...]) -> None:
    """Show these documents and no others."""
    desk.place.search_wanted.emit("")
    desk.place.navigator.choose("all")
    desk.place.search_among(ids)
