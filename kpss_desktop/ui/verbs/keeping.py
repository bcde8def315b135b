"""Trust: verifying, backing up, restoring, and who may write."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from kpss_desktop.archive.sharing import caveats, divergence
from kpss_desktop.archive.sharing.caveats import Caveat, Place
from kpss_desktop.archive.sharing.lock import Holder
from kpss_desktop.archive.trust.tracing import Finding
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import caveat_advice, caveat_sentence, diverged_advice, diverged_sentence
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.dialogs.backup import BackupDialog
from kpss_desktop.ui.dialogs.place import PlaceDialog
from kpss_desktop.ui.dialogs.restore import RestoreDialog
from kpss_desktop.ui.dialogs.verify_report import VerifyReportDialog
from kpss_desktop.ui.notice_bar import Notice
from kpss_desktop.ui.times import day_text
from kpss_desktop.ui.verbs.house import documents_folder
from kpss_desktop.ui.watching import Watchman

_SILENT = 90.0  # seconds: a writer gives a sign of life every 30


def check(desk: Desk) -> None:
    """Verify every file and record; what was stopped before goes on where it was."""
    desk.jobs.care(
        lambda archive, progress: verify(archive, progress, resume=True),
        lambda found: _tell_findings(desk, found),
        label=_("Verifying"),
    )


def tell_state(desk: Desk) -> None:
    """What the last verification found, or else a new one."""
    if desk.findings:
        _show_findings(desk)
    else:
        check(desk)


def back_up(desk: Desk) -> None:
    """Back the archive up to a folder of another disk."""
    overview = desk.place.overview
    dialog = BackupDialog(desk.jobs, overview.backed_up if overview else None, desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def restore(desk: Desk) -> None:
    """Open a backup in a new place, with or without an open archive."""
    overview = desk.place.overview if desk.entry.workplace else None
    last = overview.backed_up if overview else None
    jobs = desk.jobs if desk.entry.workplace else None
    dialog = RestoreDialog(jobs, Path(last.folder) if last else None, documents_folder(), desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open_wanted.connect(desk.entry.go)
    dialog.open()


def look_at_place(desk: Desk) -> None:
    """Say above the panes, once and calmly, what was changed twice, and what to know of the archive's disk."""
    bar, jobs = desk.place.notices, desk.jobs

    def tell(seen: tuple[int, Place]) -> None:
        diverged, place = seen
        notices = [Notice("verify", diverged_sentence(diverged), diverged_advice(), read)] if diverged else []
        if place.abilities is not None:
            found = place.abilities
            notices += [
                Notice("info", caveat_sentence(one, found), caveat_advice(one, found), partial(remember, one))
                for one in place.untold
            ]
        bar.tell(notices)

    def read() -> None:
        jobs.query(lambda archive, _progress: divergence.tell(archive), lambda _done: None)

    def remember(caveat: Caveat) -> None:
        jobs.query(lambda archive, _progress: caveats.tell(archive, caveat), lambda _done: None)

    # A disk that takes nothing is told by whoever wants to write to it.
    jobs.query(
        lambda archive, _progress: (len(divergence.untold(archive)), caveats.look(archive)),
        tell, lambda _error: None, key="place",
    )  # fmt: skip


def tell_of_archive(desk: Desk) -> None:
    """What is known of the archive, its disk included."""
    overview = desk.place.overview
    if overview is None:
        return

    def show(place: Place) -> None:
        dialog = PlaceDialog(desk.archive.folder, overview, place, desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    desk.jobs.query(lambda archive, _progress: caveats.look(archive), show, key="place")


def tell_who_writes(desk: Desk, watchman: Watchman) -> None:
    """Why the archive is read-only, and the ways out of it."""
    box = QMessageBox(desk.window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Information)
    box.setText(desk.entry.read_only_because)
    again = box.addButton(_("&Try to write again"), QMessageBox.ButtonRole.AcceptRole)
    again.clicked.connect(lambda: desk.entry.go(desk.archive.folder))
    holder = watchman.holder
    if holder is not None:
        box.setText(holder_text(holder))
        box.setInformativeText(life_text(watchman.silent_for))
        take = box.addButton(_("Take over &writing"), QMessageBox.ButtonRole.DestructiveRole)
        take.clicked.connect(desk.entry.take_over)
    box.setDefaultButton(box.addButton(_("Only &read"), QMessageBox.ButtonRole.RejectRole))
    box.open()


def holder_text(holder: Holder) -> str:
    """Who writes, where and since when."""
    return _("{user} on the computer {host} is writing into the archive, since {since}.").format(
        user=holder.user, host=holder.host, since=day_text(holder.since)
    )


def life_text(silent: float) -> str:
    """What is seen of the writer, so that the clerk can decide; `silent` in seconds."""
    if silent < _SILENT:
        sign = _("The other program is at work.")
    else:
        minutes = int(silent // 60)
        sign = ngettext(
            "The other program has given no sign of life for {n} minute.",
            "The other program has given no sign of life for {n} minutes.",
            minutes,
        ).format(n=minutes)
    word = _("Take writing over only when you know that nobody works there, because that computer is off, say.")
    return f"{sign} {word}"


def _tell_findings(desk: Desk, found: list[Finding]) -> None:
    desk.findings = tuple(found)
    if not found:
        desk.say(_("Everything is in order: every file and record was checked."))
        return
    sentence = ngettext("{n} thing is not in order.", "{n} things are not in order.", len(found))
    desk.say(sentence.format(n=len(found)), lambda: _show_findings(desk))


def _show_findings(desk: Desk) -> None:
    overview = desk.place.overview
    last = overview.backed_up if overview else None
    backup = Path(last.folder) if last else None
    dialog = VerifyReportDialog(desk.jobs, desk.findings, lambda: check(desk), backup, desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
