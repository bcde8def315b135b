"""Recognition of characters, where tesseract is installed; and what is said where it is not."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import psutil
import pypdfium2
import pytest
from PIL import Image

from kpss_desktop.formats.helpers import installed, tesseract
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.read import read, read_with_help
from kpss_desktop.model import Extract, Reason, TextState
from kpss_desktop.progress import Cancelled
from tests import scans


def recognised(path: Path) -> Extract:
    asked: list[float] = []
    extract = read_with_help(path, "", "ocr", asked.append)
    assert all(seconds > tesseract.PAGE_SECONDS for seconds in asked)
    assert len(asked) == (extract.pages or 1)
    return extract


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.usefixtures("with_tesseract")
@pytest.mark.parametrize("name", ["sken.png", "sken.jpg", "sken.pdf", "sken.tif"])
def test_a_grainy_scan_is_read_whole(scan: Image.Image, name: str, tmp_path: Path) -> None:
    scan.save(tmp_path / name, dpi=(200, 200))
    assert read(tmp_path / name).reason is Reason.SCAN
    extract = recognised(tmp_path / name)
    assert (extract.state, extract.reason, extract.machine_read) == (TextState.READY, Reason.NONE, True)
    missing = set(words(scans.TEXT)) - set(words(extract.text))
    assert len(missing) <= 1, missing


@pytest.mark.usefixtures("with_tesseract")
def test_a_page_that_lies_on_its_side(scan: Image.Image, tmp_path: Path) -> None:
    scan.rotate(90, expand=True).save(tmp_path / "a.png", dpi=(200, 200))
    assert "nedostatek pracovníků" in recognised(tmp_path / "a.png").text


@pytest.mark.usefixtures("with_tesseract")
def test_every_page_of_a_fax(scan: Image.Image, tmp_path: Path) -> None:
    other = scan.crop((0, 0, 1654, 400))
    scan.save(tmp_path / "a.tif", save_all=True, append_images=[other], dpi=(200, 200))
    extract = recognised(tmp_path / "a.tif")
    assert extract.pages == 2
    assert extract.text.count("Zápis z jednání") == 2


@pytest.mark.usefixtures("with_tesseract")
def test_pages_with_a_text_of_their_own_keep_it(scan: Image.Image, data: Path, tmp_path: Path) -> None:
    scan.save(tmp_path / "sken.pdf", resolution=200)
    with pypdfium2.PdfDocument(data / "zapis.pdf") as document, pypdfium2.PdfDocument(tmp_path / "sken.pdf") as page:
        document.import_pages(page)
        document.save(tmp_path / "a.pdf")
    before = read(tmp_path / "a.pdf")
    assert (before.state, before.reason) == (TextState.READY, Reason.SCANNED_PAGES)
    after = read_with_help(tmp_path / "a.pdf", "", "ocr", lambda _seconds: None)
    assert (after.state, after.reason) == (TextState.READY, Reason.NONE)
    assert before.text.strip() in after.text
    assert "Květoslava Říhová" in after.text


@pytest.mark.usefixtures("with_tesseract")
def test_a_logo_stays_without_text(tmp_path: Path) -> None:
    logo = Image.linear_gradient("L").resize((600, 400))
    logo.paste(Image.radial_gradient("L"), (100, 60))
    logo.save(tmp_path / "logo.png")
    assert recognised(tmp_path / "logo.png").reason is Reason.SCAN


@pytest.mark.usefixtures("with_tesseract")
def test_a_long_scan_gets_its_time_page_by_page(scan: Image.Image, tmp_path: Path) -> None:
    scan.save(tmp_path / "a.tif", save_all=True, append_images=[scan] * 3, dpi=(200, 200))
    with Sandbox(1, seconds=1.0) as sandbox:
        [(_index, extract)] = sandbox.read_many([(tmp_path / "a.tif", "")], "ocr")
    assert extract.state is TextState.READY
    assert extract.seconds > 1.0


@pytest.mark.usefixtures("with_tesseract")
def test_tesseract_ends_with_the_reader_that_started_it(scan: Image.Image, tmp_path: Path) -> None:
    scan.resize((4900, 6900)).save(tmp_path / "a.tif", save_all=True, append_images=[scan] * 20)
    with Sandbox(1) as sandbox:
        asking = threading.Thread(target=_ask, args=(sandbox, tmp_path / "a.tif"))
        asking.start()
        started: list[psutil.Process] = []
        while not started:
            started = [child for pid in sandbox.pids for child in psutil.Process(pid).children()]
            time.sleep(0.01)
    asking.join()
    assert psutil.wait_procs(started, timeout=10)[1] == []


def _ask(sandbox: Sandbox, path: Path) -> None:
    with pytest.raises(Cancelled):
        list(sandbox.read_many([(path, "")], "ocr"))


def test_without_tesseract_a_scan_says_so(monkeypatch: pytest.MonkeyPatch, scan: Image.Image, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(tesseract, "_PLACES", ())
    monkeypatch.delenv(installed.SWITCH)
    scan.save(tmp_path / "a.png")
    assert installed.HelperName.OCR not in [helper.name for helper in installed.available()]
    assert read_with_help(tmp_path / "a.png", "", "ocr", lambda _seconds: None).reason is Reason.SCAN


def test_a_tesseract_without_czech_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert tesseract.find() is None
