"""Pictures of the preview of different real files: `python -m tests.journeys.previews [FOLDER]`.

The files lie beside the checkout; a page, a table and a scan are made here. LibreOffice is not asked, but for the last.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kpss_desktop.app import make_application
from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import searching
from kpss_desktop.formats.helpers.installed import SWITCH
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent
from kpss_desktop.settings import Settings, save
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.preview import PreviewFeed, PreviewPane
from tests import scans
from tests.journeys import hands

SHARED = Path(__file__).resolve().parents[3] / "shared"
MINUTES = SHARED / "minutes"
DISK = MINUTES / "drive" / "disk"
SAMPLES = SHARED / "samples" / "documents"
FORM = "au.edu.utas.www___data_assets_word_doc_0003_154335_International-Travel-Approval-Request-Form.doc"
SIZE = (560, 620)
COLOURS = 128

PAGE = """<html><head><meta charset="windows-1250"><title>Komunitní plánování</title><script>alert(1)</script></head>
<body><h1>Komunitní plánování sociálních služeb</h1><p>Město <b>plánuje</b> sociální služby společně s těmi, kdo je
poskytují, užívají a platí. Jednání jsou veřejná.</p><h2>Pracovní skupiny</h2><table border="1"><tr><th>Skupina</th>
<th>Vedoucí</th><th>Příští jednání</th></tr><tr><td>Péče</td><td>Žaneta Šťastná</td><td>16. 1. 2020</td></tr><tr>
<td>Prevence</td><td>Vojtěch Čížek</td><td>23. 1. 2020</td></tr></table><ul><li>zápisy jsou ke stažení</li>
<li>pozvánky chodí poštou</li></ul><img src="http://127.0.0.1/logo.png" alt="Znak města"></body></html>"""
TABLE = "Služba;Poskytovatel;Kapacita;Sociální lůžka\n" + "".join(
    f"{service};{owner};{10 * (number + 1)};{number}\n"
    for number, (service, owner) in enumerate(
        [("Pečovatelská služba", "Město"), ("Odlehčovací služba", "Charita"), ("Raná péče", "Středisko Žďár")] * 4
    )
)


@dataclass(frozen=True)
class Sight:
    """One picture: its name, the file, what is searched for, and whether LibreOffice may be asked."""

    name: str
    file: Path
    query: str = ""
    faithful: bool = False


def sights(made: Path) -> list[Sight]:
    """What is to be seen; `made` holds the files made here."""
    return [
        Sight("doc", MINUTES / "seed-page" / "Zápis PS Péče 16 1 2020.doc", "zařízení"),
        Sight("docx", DISK / "Pracovní skupina Prevence" / "Prezenční listina PS Prevence 19. 9. 2020.docx"),
        Sight("odt", DISK / "Pracovní skupina Péče" / "Zápis PS Péče 2020 09 13.odt"),
        Sight("rtf", DISK / "Pracovní skupina Prevence" / "Pozvánka PS Prevence 2020 10 26.rtf"),
        Sight("pdf", DISK / "Řídící skupina" / "Zápis ŘS 2020 05 02.pdf", "péče"),
        Sight("xls", made / "Ceník pobytů.xls"),
        Sight("html", made / "Komunitní plánování.html"),
        Sight("msg", SAMPLES / "msg" / "attachment_test_msg.msg"),
        Sight("scan", made / "Zápis PS Péče 16 1 2020 sken.png"),
        Sight("zip", MINUTES / "drive" / "zip" / "Pracovní skupina Péče - 2019.zip"),
        Sight("csv", made / "Katalog služeb 2020.csv"),
        Sight("pptx", SAMPLES / "pptx" / "table-with-no-theme.pptx"),
        Sight("doc-form", SAMPLES / "doc" / FORM),
        Sight("doc-word95", SAMPLES / "doc" / "Word95.doc"),
        Sight("docx-headings", SAMPLES / "docx" / "heading123.docx"),
        Sight("faithful", SAMPLES / "docx" / "VariousPictures.docx", faithful=True),
    ]


def make_files(folder: Path) -> None:
    """A page, a table, a scan, and a workbook under a name that can be read."""
    workbook = SAMPLES / "xls" / "com.aida-tour.www_SPO_files_maldives%20august%20october.xls"
    shutil.copyfile(workbook, folder / "Ceník pobytů.xls")
    (folder / "Komunitní plánování.html").write_bytes(PAGE.encode("cp1250"))
    (folder / "Katalog služeb 2020.csv").write_bytes(TABLE.encode("cp1250"))
    # A whole grainy page would make a heavy picture that shows little.
    page = scans.draw_scan(grain=0.02).crop((0, 0, 1654, 900))
    page.save(folder / "Zápis PS Péče 16 1 2020 sken.png", dpi=(200, 200))


def take(archive: Archive, sight: Sight, pane: PreviewPane, feed: PreviewFeed, target: Path) -> None:
    """File the document, show it and save what is seen."""
    os.environ[SWITCH] = "office" if sight.faithful else "ocr"
    file_intake(archive, plan_intake(archive, [sight.file], silent), silent)
    index_pending(archive)
    documents = [found.document for found in searching.find(archive, "", limit=100).found]
    document = next(one for one in documents if one.file.original_name == sight.file.name)
    feed.select(document.id, sight.query)
    hands.wait_until(lambda: pane.preview is not None and pane.preview.document.id == document.id, sight.name)
    if sight.faithful:
        hands.wait_until(pane.views.pdf.isVisible, "the faithful view")
    hands.pause(700)
    pane.grab().save(str(target))
    small = Image.open(target).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(target, optimize=True)
    feed.select(None)


def main(arguments: list[str]) -> int:
    """Make the pictures and say how large they are."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target = Path(arguments[0] if arguments else "docs/pictures").absolute()
    target.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="kpss-"))
    os.environ["KPSS_DATA_DIR"] = str(work / "data")
    save(Settings(language="cs", theme="light"))
    application = make_application(["kpss-desktop"])
    make_files(work)
    with create_archive(work / "Archiv", [("Péče", GroupKind.WORKING)]) as archive:
        jobs, pane = Jobs(archive), PreviewPane()
        feed = PreviewFeed(pane, jobs)
        pane.resize(*SIZE)
        pane.show()
        for sight in sights(work):
            picture = target / f"preview-{sight.name}.png"
            take(archive, sight, pane, feed, picture)
            print(f"{picture.name} {picture.stat().st_size // 1024} kB")
        jobs.close()
        pane.close()
    application.quit()
    shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
