"""Where the window is put together and started."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from kpss_desktop import __version__, i18n, settings
from kpss_desktop.archive.places import APP_NAME, data_dir
from kpss_desktop.archive.temporary import private_folder
from kpss_desktop.i18n import _
from kpss_desktop.messages import usage
from kpss_desktop.ui import garbage, icons, theme
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.only_one import Doorbell, hand_over
from kpss_desktop.ui.verbs import house

_LOG = logging.getLogger("kpss_desktop")


def main(arguments: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; the exit code."""
    wanted = _parser().parse_args(arguments)
    application = make_application(sys.argv[:1])
    archive, paths = meant(wanted.paths, settings.load().archive)
    if wanted.sample:
        archive = house.sample_folder()
    if archive is not None and hand_over(archive, paths):
        return 0
    _keep_log()
    sys.excepthook = _tell_bug
    with private_folder():
        window = MainWindow()
        answer_the_door(window)
        window.show()
        take_in = partial(window.take_in, paths) if paths else None
        if wanted.sample:
            house.open_sample(window.desk)
        elif archive is not None:
            window.entry.go(archive, then=take_in)
        elif take_in is not None:
            take_in()
        code = application.exec()
    if window.is_abandoned:
        os._exit(code)  # a worker that cannot be stopped would keep the process alive without a window
    return code


def meant(given: Sequence[str], last: str | None) -> tuple[Path | None, tuple[Path, ...]]:
    """What paths given at the start mean: the archive to open (else the last one), and what to take into it."""
    paths = tuple(Path(path).absolute() for path in given)
    archives = [path for path in paths if (path / ".kpss").is_dir()]
    remembered = Path(last) if last and Path(last, ".kpss").is_dir() else None
    archive = archives[0] if archives else remembered
    return archive, tuple(path for path in paths if path != archive)


def answer_the_door(window: MainWindow) -> Doorbell:
    """Let a second start with the same archive come to this window."""
    bell = Doorbell(window)

    def come(paths: tuple[Path, ...]) -> None:
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        if paths:
            window.take_in(paths)

    bell.rung.connect(come)
    window.entry.entered.connect(lambda place: bell.listen(place.archive.folder))
    window.entry.left.connect(bell.close)
    return bell


def make_application(arguments: list[str]) -> QApplication:
    """The application in the clerk's language and theme; Qt's own words too."""
    # The window asks Python for every cell it paints; with the usual 5 ms each could wait so long for a worker.
    sys.setswitchinterval(0.0005)
    chosen = settings.load()
    language = i18n.activate(chosen.language)
    QLocale.setDefault(QLocale(QLocale.Language.Czech if language == "cs" else QLocale.Language.English))
    application = QApplication(arguments)
    garbage.collect_unseen(application)
    application.setApplicationName(APP_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("kpss-desktop")
    application.setWindowIcon(icons.program_icon())
    translate_qt(application, language)
    theme.apply(application, chosen.theme)
    return application


def translate_qt(application: QApplication, language: str) -> None:
    """Load Qt's own catalogue, so that its buttons and menus speak the language too."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en" and translator.load(f"qtbase_{language}", folder):
        application.installTranslator(translator)


def _parser() -> argparse.ArgumentParser:
    i18n.activate(settings.load().language)
    usage.translate()
    parser = argparse.ArgumentParser(
        prog="kpss-desktop", description=_("Keeps, finds and publishes the minutes of KPSS."), allow_abbrev=False
    )
    parser.add_argument(
        "paths", nargs="*", metavar=_("PATH"), help=_("the folder of an archive to open; other files are taken in")
    )
    parser.add_argument(
        "--sample", action="store_true", help=_("open the sample archive, making it when it is missing")
    )
    version = f"kpss-desktop {__version__}"
    parser.add_argument("--version", action="version", version=version, help=_("print the version and exit"))
    return parser


def _keep_log() -> None:
    folder = data_dir()
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "kpss.log", maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler, logging.StreamHandler()])


def _tell_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug: into the log, and one dialog with what to send to those who can mend it."""
    details = "".join(traceback.format_exception(kind, error, trace))
    _LOG.critical("unexpected error\n%s", details)
    if QApplication.instance() is None or QApplication.activeModalWidget() is not None:
        return
    box = QMessageBox(QMessageBox.Icon.Critical, APP_NAME, _("Something unexpected happened."))
    box.setInformativeText(
        _("What is filed is safe. The details are in the log: {path}").format(path=data_dir() / "kpss.log")
    )
    box.setDetailedText(details)
    box.exec()
