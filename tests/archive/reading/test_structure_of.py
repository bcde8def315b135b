"""The preview's HTML is kept by document and by the language of the words it adds."""

from __future__ import annotations

from pathlib import Path

from kpss_desktop.archive.archive import create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import structure_of
from kpss_desktop.archive.search import searching
from kpss_desktop.formats.structure.words import Words
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent
from kpss_desktop.ui.preview.words import preview_words


def test_each_language_has_its_own(tmp_path: Path) -> None:
    letter = tmp_path / "Pozvánka PS Péče 16 1 2020.eml"
    letter.write_bytes("From: a@b.cz\nTo: c@d.cz\nSubject: Pozvánka\nDate: 1 Jan 2020\n\nZveme.\n".encode())
    with create_archive(tmp_path / "Archiv", [("Péče", GroupKind.WORKING)]) as archive:
        file_intake(archive, plan_intake(archive, [letter], silent), silent)
        file = searching.find(archive).found[0].document.file
        english = structure_of(archive, file, Words())
        czech = structure_of(archive, file, preview_words())
        assert "<th>From</th><td>a@b.cz</td>" in english
        assert "<th>Od</th><td>a@b.cz</td>" in czech
        archive.reader.close()
        assert structure_of(archive, file, preview_words()) == czech
