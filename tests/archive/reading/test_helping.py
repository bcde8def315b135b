"""Scans are found by their words where tesseract is, and wait for it where it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from kpss_desktop import cli
from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading import helping
from kpss_desktop.archive.reading.indexer import index_pending, read_again, read_files
from kpss_desktop.archive.search import searching
from kpss_desktop.formats.helpers import installed
from kpss_desktop.model import GroupKind, Reason, TextState
from kpss_desktop.progress import silent


def fill(folder: Path, scan: Image.Image) -> Archive:
    """An archive with a scan and a text."""
    source = folder / "zdroj"
    source.mkdir()
    scan.save(source / "Zápis PS Péče 16 1 2020.pdf", resolution=200)
    (source / "Zápis PS Péče 5 2 2020.txt").write_text("Výtah v domě opravili.", encoding="utf-8")
    archive = create_archive(folder / "Archiv", [("Péče", GroupKind.WORKING)])
    file_intake(archive, plan_intake(archive, [source], silent), silent)
    return archive


@pytest.mark.usefixtures("with_tesseract")
def test_a_scan_is_found_by_the_command(scan: Image.Image, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path, scan).close()
    assert cli.main(["--archive", str(tmp_path / "Archiv"), "--json", "search", "nedostatek pracovníků"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(one["path"]).name for one in found] == ["Zápis PS Péče 16 1 2020.pdf"]
    assert "pracovníků" in found[0]["snippet"]


def test_a_scan_waits_and_is_read_once_tesseract_is_there(
    scan: Image.Image, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with fill(tmp_path, scan) as archive:
        index_pending(archive)
        assert index_pending(archive) == 0
        [waiting] = searching.find(archive, "stav:sken").found
        file = waiting.document.file
        assert (file.text_state, file.text_reason) == (TextState.EMPTY, Reason.SCAN)
        assert looking.counts(archive).without_text == 1
        request.getfixturevalue("with_tesseract")
        assert helping.helpable_count(archive) == 1
        assert index_pending(archive) == 1
        assert [one.document.id for one in searching.find(archive, "pracovníků").found] == [waiting.document.id]
        assert looking.is_machine_read(archive, file)
        assert looking.counts(archive).without_text == 0
        assert index_pending(archive) == 0


@pytest.mark.usefixtures("with_tesseract")
def test_a_picture_without_words_is_asked_about_once_and_again_on_demand(tmp_path: Path) -> None:
    with fill(tmp_path, Image.linear_gradient("L")) as archive:
        index_pending(archive)
        assert index_pending(archive) == 0
        [found] = searching.find(archive, "stav:sken").found
        assert found.document.file.text_reason is Reason.SCAN
        read_again(archive, [found.document.id])
        assert index_pending(archive) == 2


@pytest.mark.usefixtures("with_tesseract")
def test_texts_are_told_in_the_order_of_the_files(scan: Image.Image, tmp_path: Path) -> None:
    scan.save(tmp_path / "a.png", dpi=(200, 200))
    (tmp_path / "b.txt").write_text("Druhý", encoding="utf-8")
    extracts = list(read_files([str(tmp_path / name) for name in ("a.png", "b.txt", "c.txt")]))
    assert [extract.state for extract in extracts] == [TextState.READY, TextState.READY, TextState.FAILED]
    assert [extract.machine_read for extract in extracts] == [True, False, False]


def test_the_switch_turns_helpers_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(installed.SWITCH, "")
    assert installed.available() == ()
