from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from PIL import Image

from kpss_desktop.formats.pdf import tolerant
from kpss_desktop.formats.pdf.pdfium import clean, iso_date
from kpss_desktop.formats.read import read
from kpss_desktop.formats.source import Source
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from pathlib import Path


def test_picture_of_a_page_is_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "sken.pdf"
    Image.new("L", (200, 300), 240).save(path)
    extract = read(path)
    assert (extract.state, extract.reason) == (TextState.EMPTY, Reason.SCAN)


def test_blank_page_is_no_scan(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(path)
    extract = read(path)
    assert (extract.state, extract.reason) == (TextState.EMPTY, Reason.NO_TEXT)


@pytest.mark.parametrize(("user", "state"), [("heslo", TextState.ENCRYPTED), ("", TextState.READY)])
def test_password(data: Path, tmp_path: Path, user: str, state: TextState) -> None:
    """A file that only forbids changes has an empty user password and opens."""
    path = tmp_path / "a.pdf"
    writer = pypdf.PdfWriter(data / "zapis.pdf")
    writer.encrypt(user, "vlastník", algorithm="RC4-128")
    writer.write(path)
    assert read(path).state is state


def test_both_readers_find_the_same_words(data: Path) -> None:
    first, second = read(data / "zapis.pdf"), tolerant.read(Source(data / "zapis.pdf"))
    assert first.text.split() == second.text.split()


def test_table_of_objects_missing(data: Path, tmp_path: Path) -> None:
    content = (data / "zapis.pdf").read_bytes()
    path = tmp_path / "a.pdf"
    path.write_bytes(b"\n\n" + content[: content.rindex(b"xref")])
    assert "Přítomni: dle prezenční listiny" in read(path).text


def test_no_pdf_after_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\n" + bytes(3000))
    extract = read(path)
    assert (extract.state, extract.reason) == (TextState.DAMAGED, Reason.BROKEN)


def test_words_broken_at_the_end_of_a_line_are_whole() -> None:
    assert clean("pečova\ufffe\r\ntelská ofi\x02\r\nciální ﬁnance") == "pečovatelská oficiální finance"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("D:20200116083000+01'00'", "2020-01-16T08:30:00"),
        ("20200116", "2020-01-16"),
        ("D:2020", "2020"),
        ("16. 1. 2020", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert iso_date(text) == date
