"""Pictures of search as she types: `python -m tests.journeys.search_pictures FOLDER`, in the light and in the dark.

The real window on the sample archive, real keys; the pictures for docs/ are made by it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kpss_desktop import settings
from kpss_desktop.app import make_application
from kpss_desktop.archive.archive import create_archive, open_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.sample import GROUPS
from kpss_desktop.archive.search import saving
from kpss_desktop.progress import silent
from kpss_desktop.resources import resource
from kpss_desktop.settings import Settings, Theme
from kpss_desktop.ui.dialogs.synonyms import SynonymsDialog
from kpss_desktop.ui.main_window import MainWindow
from tests.journeys import hands
from tests.journeys.pictures import shrink
from tests.journeys.tour import Tour

SEARCHES = (("Dluhy a oddlužení", "dluh NEBO oddlužení"), ("Zápisy 2020", "druh:zápis rok:2020"))
SIZE = (1280, 800)


def make_archive(folder: Path) -> None:
    """The sample, filed and read, with searches that a clerk could have saved."""
    create_archive(folder, GROUPS).close()
    with open_archive(folder) as archive:
        file_intake(archive, plan_intake(archive, sorted(resource("sample").iterdir()), silent), silent)
        for name, text in SEARCHES:
            saving.save_search(archive, name, text)
        index_pending(archive, silent)


def play(window: MainWindow, pictures: Path, theme: Theme, archive: Path) -> None:
    """Type, and take a picture at each station."""

    def look(name: str, widget: QWidget) -> None:
        hands.pause(300)
        picture = pictures / f"search-{name}-{theme}.png"
        widget.grab().save(str(picture))
        shrink(picture, picture)

    tour = Tour(window, pictures, lambda _name, _widget: None)
    window.entry.go(archive)
    hands.wait_until(lambda: window.entry.workplace is not None, "the archive opens")
    hands.wait_until(lambda: tour.place.overview is not None, "the navigator is filled")
    tour.settle()
    hands.type_text(window.search, "pecov")
    tour.settle()
    look("1-typing", window)
    tour.search("pecovatelska sluzba")
    hands.press(window, Qt.Key.Key_F3)
    look("2-results", window)
    window.search.put('"pečovatelská služba"')
    tour.settle()
    look("3-phrase", window)
    window.search.put("odlehčovcí služba")
    tour.settle()
    look("4-meant", window)
    window.search.put("")
    tour.place.navigator.choose(f"search/{SEARCHES[0][0]}")
    tour.settle()
    tour.place.table.selectRow(0)
    tour.settle()
    look("5-saved", window)
    window.actions_["synonyms"].trigger()
    dialog = hands.shown(SynonymsDialog, window)
    look("6-synonyms", dialog)
    dialog.reject()


def main(arguments: list[str]) -> int:
    """Make all pictures of one theme; Qt takes one application a process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    pictures = Path(arguments[0] if arguments else "docs/pictures").absolute()
    pictures.mkdir(parents=True, exist_ok=True)
    theme: Theme = "dark" if "--dark" in arguments else "light"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KPSS_DATA_DIR"] = str(Path(folder) / "data")
        settings.save(Settings(theme=theme, language="cs"))
        application = make_application(["kpss-desktop"])
        make_archive(Path(folder) / "Archiv KPSS")
        window = MainWindow()
        window.resize(*SIZE)
        window.show()
        play(window, pictures, theme, Path(folder) / "Archiv KPSS")
        window.close()
        hands.wait_until(lambda: not window.isVisible(), "the window closes")
        application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
