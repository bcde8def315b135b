"""Opens the window on an archive and looks at every document, as a clerk would; run in a process of its own."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop

from kpss_desktop.app import make_application
from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import create_archive, open_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.preview import PreviewFeed, PreviewPane

_STAYS = 0.6  # seconds at each document
_OPENS = 3.0  # seconds until everything that a fresh window does by itself has begun


def main(folder: Path, inbox: Path) -> None:
    """Print how many documents were looked at."""
    application = make_application(sys.argv[:1])
    with create_archive(folder, [("Péče", GroupKind.WORKING)]) as archive:
        file_intake(archive, plan_intake(archive, [inbox], silent), silent)
        ids = all_ids(archive.catalogue.db)
        names = [looking.document(archive, one).file.original_name for one in ids]
    window = MainWindow()
    window.show()
    window.entry.go(folder)
    _wait(_OPENS)
    window.close()
    _wait(0.5)
    archive = open_archive(folder, writable=False)
    jobs, pane = Jobs(archive), PreviewPane()
    pane.show()
    feed = PreviewFeed(pane, jobs)
    for one in ids:
        feed.select(one, "zapis")
        _wait(_STAYS)
    sys.stdout.write(f"{len(names)}\n")
    sys.stdout.flush()
    jobs.close()
    archive.close()
    application.quit()


def _wait(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
