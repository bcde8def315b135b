"""A real archive with one document of each sort, and a pane to show them in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import searching
from kpss_desktop.model import Document, GroupKind
from kpss_desktop.progress import silent
from kpss_desktop.ui.preview import PreviewPane

DATA = Path(__file__).resolve().parents[2] / "formats" / "data"

Named = Callable[[str], Document]


def make_sources(folder: Path) -> None:
    """Files a clerk could drop: of every view, and some that cannot be shown."""
    folder.mkdir()
    for name in ("zapis.doc", "zapis.pdf", "zapis.docx", "heslo.docx"):
        (folder / f"Zápis PS Péče 16 1 2020 {name}").write_bytes((DATA / name).read_bytes())
    pages = [Image.new("RGB", (300, 200), colour) for colour in ("#aabbcc", "#ccbbaa")]
    pages[0].save(folder / "Sken 2020.tiff", save_all=True, append_images=pages[1:])
    (folder / "Poškozený 2020.pdf").write_bytes(b"%PDF-1.7\nnic")
    (folder / "Prázdný 2020.doc").write_bytes(b"")
    (folder / "Neznámý 2020.xyz").write_bytes(bytes(range(256)) * 8)
    (folder / "Poznámky 2020.txt").write_text("Sociální služby a služba.\n" * 5, encoding="utf-8")
    with zipfile.ZipFile(folder / "Pracovní skupina Péče - 2019.zip", "w") as packed:
        packed.writestr("Zápis PS Péče 1 2 2019.txt", "první")
        packed.writestr("Zápis PS Péče 5 6 2019.txt", "druhý a delší")


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive in which all of `make_sources` is filed and read; the tests only look at it."""
    folder = tmp_path_factory.mktemp("preview")
    make_sources(folder / "zdroj")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPSS_DATA_DIR", str(folder / "data"))
        opened = create_archive(folder / "Archiv", [("Péče", GroupKind.WORKING)])
    with opened:
        file_intake(opened, plan_intake(opened, [folder / "zdroj"], silent), silent)
        index_pending(opened, silent)
        yield opened


@pytest.fixture
def named(archive: Archive) -> Named:
    """Finds a document by the end of its file's name."""

    def find(ending: str) -> Document:
        ids = [found.document.id for found in searching.find(archive, "", limit=100).found]
        return next(one for one in looking.documents(archive, ids) if one.file.path.endswith(ending))

    return find


@pytest.fixture
def pane(qtbot: QtBot) -> PreviewPane:
    """A pane of the usual size, on the screen."""
    made = PreviewPane()
    qtbot.addWidget(made)
    made.resize(520, 640)
    with qtbot.waitActive(made):
        made.show()
    return made
