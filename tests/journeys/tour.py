"""The journey of a first day, played on the real window: `python -m tests.journeys.tour FOLDER`.

A new archive, the sample dropped onto it and reviewed, a search, a preview, a year exported. It leaves a picture of
each station and the exported ZIP in FOLDER and says where. `make run` plays it where there is no screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QPointF, QRectF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from kpss_desktop import settings
from kpss_desktop.app import make_application
from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import create_archive, open_archive
from kpss_desktop.archive.sample import GROUPS
from kpss_desktop.archive.search import searching
from kpss_desktop.resources import resource
from kpss_desktop.settings import Settings, Theme
from kpss_desktop.ui.dialogs.export_year import ExportYearDialog
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.theme import strong
from kpss_desktop.ui.verbs import exporting
from kpss_desktop.ui.workplace import Workplace
from tests.journeys import hands

_TITLE_BAR = 32
"""Height of the title bar drawn over a dialog, in device-independent pixels."""

Look = Callable[[str, QWidget], None]


def at_rest(place: Workplace) -> bool:
    """Whether nothing is being done for the window, in front or behind."""
    return not place.jobs.busy


class Tour:
    """The stations, each a few real events; `look` is called at each with its name and what is to be seen."""

    def __init__(self, window: MainWindow, folder: Path, look: Look) -> None:
        self.window = window
        self.folder = folder
        self.look = look

    @property
    def place(self) -> Workplace:
        """The workplace of the open archive."""
        place = self.window.entry.workplace
        assert place is not None
        return place

    def start(self) -> None:
        """The first page, then an empty archive."""
        self.look("1-start", self.window)
        create_archive(self.folder / "Archiv KPSS", GROUPS).close()
        self.window.entry.go(self.folder / "Archiv KPSS")
        hands.wait_until(lambda: self.window.entry.workplace is not None, "the archive opens")
        hands.wait_until(lambda: self.place.overview is not None, "the navigator is filled")
        self.settle()

    def take_in(self, paths: list[Path]) -> IntakeSheet:
        """Drop files onto the window and wait for the review sheet to be filled."""
        hands.drop(self.window, paths)
        sheet = hands.shown(IntakeSheet, self.window)
        hands.wait_until(lambda: bool(sheet.plan.items) and not sheet.busy, "the sheet is filled")
        hands.pause(100)
        self.look("2-intake", sheet)
        return sheet

    def accept(self, sheet: IntakeSheet) -> None:
        """File what the sheet says; wait until all is filed, read and shown."""
        hands.click(hands.main_button(sheet))
        self.settle()
        hands.wait_until(self.all_read, "the documents are filed and read")
        self.settle()

    def all_read(self) -> bool:
        """Whether the navigator knows documents and none of them waits for a reader."""
        now = self.place.overview
        return now is not None and now.counts.all > 0 and now.counts.unread == 0

    def browse(self) -> None:
        """Choose a group in the navigator and a document in the table."""
        assert self.place.navigator.choose("group/pece")
        self.settle()
        self.select("Zápis PS Péče a Prevence 6 3")
        self.place.table.setFocus()
        self.look("3-documents", self.window)

    def describe(self, tag: str, note: str) -> None:
        """Give a document a tag and a note, typed into the details."""
        hands.press(self.window.search, Qt.Key.Key_Escape)
        assert self.place.navigator.choose("group/pece")
        self.settle()
        self.select("Zápis PS Péče a Prevence 6 3")
        details = self.place.inspector
        hands.type_text(details.tags.line, tag)
        hands.press(details.tags.line, Qt.Key.Key_Return)
        hands.wait_until(lambda: self.place.selection[0].tags == (tag,), "the tag is there")
        hands.type_text(details.note, note)
        self.place.table.setFocus()
        hands.wait_until(lambda: self.place.selection[0].note == note, "the note is there")
        self.settle()
        self.look("6-details", self.window)

    def select(self, title: str) -> None:
        """Select the document of a title in the table and wait for its preview."""
        with open_archive(self.place.archive.folder, writable=False) as archive:
            ids = [d.id for d in looking.documents(archive, searching.ids_of(archive)) if d.title == title]
        self.place.table.select_ids(tuple(ids))
        hands.wait_until(lambda: [d.id for d in self.place.selection] == ids, title)
        hands.wait_until(lambda: self.is_previewed(ids[0]), "the preview shows it")
        self.settle()

    def is_previewed(self, document_id: str) -> bool:
        """Whether the preview shows this document."""
        preview = self.place.preview.preview
        return preview is not None and preview.document.id == document_id

    def search(self, text: str) -> None:
        """Type into the search box and open the first hit."""
        self.place.navigator.choose("all")
        self.settle()
        hands.press(self.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        self.window.search.setFocus()
        self.window.search.selectAll()
        hands.type_text(self.window.search, text)
        hands.wait_until(lambda: self.place.table.rows.listing.text == text, "the search is asked")
        self.settle()
        hands.press(self.window.search, Qt.Key.Key_Down)
        self.place.table.selectRow(0)
        hands.wait_until(lambda: bool(self.place.selection), "a hit is selected")
        hands.wait_until(lambda: self.is_previewed(self.place.selection[0].id), "the hit is shown")
        self.settle()
        self.look("4-search", self.window)

    def export_year(self, group: str, year: int) -> Path:
        """Export a group's year into the tour's folder; where the ZIP lies."""
        exporting.export_year(self.window.desk)
        dialog = hands.shown(ExportYearDialog, self.window)
        dialog.choose(group, year)
        dialog.folder.line.setText(str(self.folder))
        hands.wait_until(lambda: bool(dialog.documents), "the list of what goes in")
        self.look("5-export", dialog)
        hands.click(hands.main_button(dialog))
        hands.wait_until(lambda: any(self.folder.glob("*.zip")), "the ZIP is made")
        self.settle()
        dialog.close()
        return next(self.folder.glob("*.zip"))

    def settle(self) -> None:
        """Wait until the window has nothing more to do."""
        hands.pause(150)
        hands.wait_until(lambda: at_rest(self.place), "the work ends")
        hands.pause(150)


def shot(window: QWidget, widget: QWidget) -> QPixmap:
    """What is to be seen; a dialog in the middle of its window, under a title bar such as a desktop gives it."""
    picture = window.grab()
    if widget is window:
        return picture
    above = widget.grab()
    size = above.deviceIndependentSize()
    frame = QRectF(0, 0, size.width() + 2, size.height() + _TITLE_BAR + 1)
    frame.moveCenter(QRectF(window.rect()).center())
    painter = QPainter(picture)
    painter.fillRect(QRectF(window.rect()), QColor(0, 0, 0, 70))
    painter.fillRect(frame, widget.palette().color(QPalette.ColorRole.Mid))
    bar = QRectF(frame.left() + 1, frame.top() + 1, size.width(), _TITLE_BAR - 1)
    painter.fillRect(bar, widget.palette().color(QPalette.ColorRole.Midlight))
    painter.setPen(widget.palette().color(QPalette.ColorRole.WindowText))
    painter.setFont(strong(widget.font()))
    painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, widget.windowTitle())
    painter.drawPixmap(QPointF(bar.left(), bar.bottom()), above)
    painter.end()
    return picture


def play(folder: Path, theme: Theme = "light", size: tuple[int, int] = (1280, 800)) -> Path:
    """Play the whole journey in `folder`, which is emptied first; where the exported ZIP lies."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["KPSS_DATA_DIR"] = str(folder / "data")
    settings.save(Settings(theme=theme, language="cs"))
    application = make_application(["kpss-desktop"])
    window = MainWindow()
    window.resize(*size)
    window.show()

    def look(name: str, widget: QWidget) -> None:
        hands.pause(200)
        shot(window, widget).save(str(folder / f"{name}.png"))

    tour = Tour(window, folder, look)
    tour.start()
    tour.accept(tour.take_in(sorted(resource("sample").iterdir())))
    tour.browse()
    tour.search("pecovatelska sluzba")
    made = tour.export_year("pece", 2020)
    tour.describe("dotace", "Usnesení předat radě města do 15. dubna.")
    window.close()
    hands.wait_until(lambda: not window.isVisible(), "the window closes")
    application.quit()
    return made


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """What Qt says, but for what the screenless platform lacks: it says that for each window."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def main(arguments: list[str]) -> int:
    """Play the journey and say where everything lies."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_pass_on)
    parser = argparse.ArgumentParser(prog="tests.journeys.tour")
    parser.add_argument("folder", nargs="?", default="build/tour")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1280x800", help="of the window")
    wanted = parser.parse_args(arguments)
    folder = Path(wanted.folder).absolute()
    width, height = (int(length) for length in wanted.size.split("x"))
    made = play(folder, wanted.theme, (width, height))
    pictures = ", ".join(path.name for path in sorted(folder.glob("*.png")))
    print("Ukázka proběhla bez obrazovky. / The journey was played without a screen.")
    print(f"Obrázky / Pictures: {folder} ({pictures})")
    print(f"Exportovaný ZIP / The exported ZIP: {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
