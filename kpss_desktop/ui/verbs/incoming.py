"""The incoming folder, and what is filed but waits for the clerk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake import inbox
from kpss_desktop.archive.intake.filing import IntakeReport, file_intake
from kpss_desktop.archive.intake.inbox import Inbox
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.intake.waiting import plan_waiting, settle_waiting
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.progress import Progress
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.dialogs.inbox import InboxDialog
from kpss_desktop.ui.inbox_watch import InboxWatch
from kpss_desktop.ui.verbs import filing
from kpss_desktop.ui.workplace import Workplace


def choose_folder(desk: Desk) -> None:
    """Ask which folder is looked at."""

    def ask(now: Inbox) -> None:
        dialog = InboxDialog(now, desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: _save(desk, dialog.inbox))
        dialog.open()

    desk.jobs.query(lambda archive, _progress: inbox.load(archive), ask, key="inbox settings")


def _save(desk: Desk, chosen: Inbox) -> None:
    def task(archive: Archive, _progress: Progress) -> None:
        inbox.save(archive, chosen)

    desk.jobs.change(task)


def watch(desk: Desk, place: Workplace) -> InboxWatch:
    """Look into the incoming folder while the archive is open."""
    made = InboxWatch(place.jobs, desk.window.statusBar(), place)
    made.review_wanted.connect(lambda paths: review(desk, paths))
    made.folder_wanted.connect(lambda: choose_folder(desk))
    made.sure_wanted.connect(lambda paths: file_sure(desk, paths))
    return made


def review(desk: Desk, paths: tuple[Path, ...]) -> None:
    """Show what came in the review sheet; what is accepted or left out there is offered no more."""
    if not paths:
        return
    sheet = filing.make_sheet(desk)
    filing.fill_sheet(
        desk,
        sheet,
        lambda archive, progress, on_items: plan_intake(
            archive, paths, progress, on_items=on_items,
            passwords=sheet.keys.passwords, encodings=dict(sheet.keys.encodings),
        ),
    )  # fmt: skip

    def settled(report: IntakeReport) -> None:
        filing.tell(desk, report)
        desk.jobs.change(lambda archive, _progress: inbox.settle(archive, paths))

    filing.file_from(desk, sheet, file_intake, settled)
    sheet.open()


def file_sure(desk: Desk, paths: tuple[Path, ...]) -> None:
    """File what raises no doubt, as the clerk has chosen; the rest stays offered."""
    desk.jobs.change(
        lambda archive, progress: inbox.file_sure(archive, paths, progress),
        lambda report: filing.tell(desk, report) if report.filed or report.added else None,
        label=_("Filing documents"),
    )


def review_waiting(desk: Desk) -> None:
    """Show what waits to be filed in the review sheet."""
    sheet = filing.make_sheet(desk)
    sheet.setWindowTitle(_("Review of what waits to be filed"))
    filing.fill_sheet(desk, sheet, plan_waiting)

    def tell(number: int) -> None:
        desk.say(ngettext("{n} document changed.", "{n} documents changed.", number).format(n=number))

    filing.file_from(desk, sheet, settle_waiting, tell)
    sheet.open()
