"""A real window on a real archive; the guard of the constants comes before any Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

import kpss_desktop.ui  # noqa: F401  # the guard runs when the room is imported
from kpss_desktop.archive.archive import create_archive, open_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent
from kpss_desktop.ui import theme
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.workplace import Workplace
from tests import keyboard

GROUPS = (("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("ŘS", GroupKind.STEERING))
MINUTES = {
    "Zápis PS Péče 10. 1. 2020.txt": "Pečovatelská služba má volná místa.",
    "Zápis PS Péče 16. 1. 2020.txt": "Jednalo se o odlehčovací službě a o dluzích klientů.",
    "Pozvánka PS Prevence 7. 2. 2020.txt": "Zveme vás na jednání o dluhové poradně.",
    "Zápis PS Péče a Prevence 6. 3. 2020.txt": "Společné jednání o katalogu služeb.",
    "Zápis ŘS 5. 5. 2019.txt": "Řídící skupina schválila plán.",
}

Opening = Callable[[], Workplace]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """The theme a test may count on; the test leaves no key held, or a later one would feel it."""
    theme.apply(qapp, "light")
    yield
    assert not keyboard.held()


def write_minutes(folder: Path, minutes: dict[str, str]) -> list[Path]:
    """Files as a clerk has them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in minutes.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in minutes]


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Minutes that are not in any archive yet."""
    return write_minutes(tmp_path / "zdroj", MINUTES)


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """The folder of an archive with groups and no documents."""
    create_archive(tmp_path / "Archiv KPSS", GROUPS).close()
    return tmp_path / "Archiv KPSS"


@pytest.fixture
def folder(empty_folder: Path, sources: list[Path]) -> Path:
    """The folder of an archive in which the minutes are filed and read."""
    with open_archive(empty_folder) as archive:
        file_intake(archive, plan_intake(archive, sources, silent), silent)
        index_pending(archive, silent)
    return empty_folder


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on its start page."""
    made = MainWindow()
    made.show()
    qtbot.waitExposed(made)
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.reject()
    made.entry.shut()
    made._closing = True
    made.close()
    made.deleteLater()


def enter(qtbot: QtBot, window: MainWindow, folder: Path) -> Workplace:
    """Open an archive in the window and wait until its rows are shown."""
    window.entry.go(folder)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.entry.workplace.overview is not None)
    place = window.desk.place
    qtbot.waitUntil(lambda: not any(place.jobs._under_way))
    return place


@pytest.fixture
def place(qtbot: QtBot, window: MainWindow, folder: Path) -> Workplace:
    """The workplace of the window with the filed minutes."""
    return enter(qtbot, window, folder)
