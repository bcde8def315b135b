"""Taking documents in: choose, review, file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from kpss_desktop.archive.filing import IntakeReport, file_intake
from kpss_desktop.archive.intake import IntakePlan, plan_intake
from kpss_desktop.archive.scoping import Shelf
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import describe
from kpss_desktop.ui import mime
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.report import ReportDialog

_PLAN = "plan"


def add_files(desk: Desk) -> None:
    """Choose files and ZIPs and take them in."""
    names, _filter = QFileDialog.getOpenFileNames(desk.window, _("Add documents"))
    take_in(desk, [Path(name) for name in names])


def add_folder(desk: Desk) -> None:
    """Choose a folder and take in all that is in it."""
    name = QFileDialog.getExistingDirectory(desk.window, _("Add a folder"))
    take_in(desk, [Path(name)] if name else [])


def paste(desk: Desk) -> None:
    """Take in the files on the clipboard."""
    take_in(desk, mime.files_of(QGuiApplication.clipboard().mimeData()))


def take_in(desk: Desk, paths: Sequence[Path], shelf: Shelf | None = None) -> None:
    """Show the review sheet for these files; the group and year of a shelf are set for all of them."""
    if not paths:
        return
    if not desk.archive.writable:
        desk.say(_("The archive is open for reading only; nothing can be added."))
        return
    overview = desk.place.overview
    sheet = IntakeSheet(tuple(overview.groups.values()) if overview else (), desk.window)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    group, year = (shelf.group, shelf.year) if shelf else (None, None)

    def fail(error: Exception) -> None:
        sheet.close()
        desk.say(describe(error))

    desk.jobs.query(
        lambda archive, progress: plan_intake(archive, paths, progress, group=group, year=year),
        sheet.set_plan,
        fail,
        key=_PLAN,
        told=sheet.show_progress,
    )
    sheet.rejected.connect(lambda: desk.jobs.drop(_PLAN))
    sheet.plan_accepted.connect(lambda plan: file_plan(desk, plan))
    sheet.open()


def file_plan(desk: Desk, plan: IntakePlan) -> None:
    """File what the clerk accepted and say what came of it."""
    desk.jobs.change(
        lambda archive, progress: file_intake(archive, plan, progress),
        lambda report: _tell(desk, report),
        label=_("Filing documents"),
    )


def _tell(desk: Desk, report: IntakeReport) -> None:
    filed, before, failed = report.filed, report.duplicates, report.failed
    parts = [ngettext("{n} document filed", "{n} documents filed", filed).format(n=filed)]
    if before:
        parts.append(ngettext("{n} was here already", "{n} were here already", before).format(n=before))
    if failed:
        parts.append(ngettext("{n} could not be taken", "{n} could not be taken", failed).format(n=failed))
    if report.stopped:
        parts.append(_("stopped before the end"))
    ids = tuple(outcome.document_id for outcome in report.outcomes if outcome.document_id)
    desk.place.table.select_ids(ids)
    sentence = ", ".join(parts) + "."
    desk.say(sentence[0].upper() + sentence[1:], lambda: _show(desk, report))


def _show(desk: Desk, report: IntakeReport) -> None:
    dialog = ReportDialog(report, desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
