from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.formats.detect import detect
from kpss_desktop.formats.table import FORMATS, Family, by_extension, by_mime
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.formats.conftest import MakeCompound, MakeZip

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_docx_whose_zip_starts_with_other_parts(make_docx: Callable[..., Path]) -> None:
    detected = detect(make_docx("<w:p/>", name="a.zip"))
    assert (detected.mime, detected.family, detected.state) == (DOCX, Family.DOCX, None)


def test_docm_is_told_by_its_content_type(make_zip: MakeZip) -> None:
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    path = make_zip("a.docx", {"[Content_Types].xml": types, "word/document.xml": "<a/>"})
    assert detect(path).mime == "application/vnd.ms-word.document.macroenabled.12"


def test_stored_zip_without_content_types(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("word/document.xml", "<a/>")
    assert detect(path).mime == DOCX


@pytest.mark.parametrize("kind", ["text", "spreadsheet", "presentation", "text-template"])
def test_open_document(make_zip: MakeZip, kind: str) -> None:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    assert detect(make_zip("a.bin", {"mimetype": mime, "content.xml": "<a/>"})).mime == mime


def test_plain_zip(make_zip: MakeZip) -> None:
    assert detect(make_zip("a.docx", {"a.txt": "a"})).mime == "application/zip"


@pytest.mark.parametrize(
    ("stream", "mime"),
    [
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
        ("__properties_version1.0", "application/vnd.ms-outlook"),
    ],
)
def test_compound_files_by_their_root(make_compound: MakeCompound, stream: str, mime: str) -> None:
    assert detect(make_compound("a.xyz", {stream: b"a"})).mime == mime


def test_an_embedded_sheet_does_not_make_a_sheet(make_compound: MakeCompound) -> None:
    path = make_compound("a.doc", {"ObjectPool/Workbook": b"a", "WordDocument": b"b"})
    assert detect(path).mime == "application/msword"


def test_password_is_a_state(data: Path) -> None:
    detected = detect(data / "heslo.docx")
    assert (detected.mime, detected.state, detected.reason) == (DOCX, TextState.ENCRYPTED, Reason.PASSWORD)


def test_encrypted_workbook(make_compound: MakeCompound) -> None:
    records = b"\x09\x08\x04\x00abcd" + b"\x2f\x00\x02\x00\x01\x00"
    assert detect(make_compound("a.xls", {"Workbook": records})).state is TextState.ENCRYPTED


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"{\\rtf1\\ansi a}", "application/rtf"),
        (b"junk\n%PDF-1.7\n", "application/pdf"),
        (b"<!DOCTYPE html><html><body>a</body></html>", "text/html"),
        (b"\xef\xbb\xbf\n<HTML><p>a", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "text/html"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="a"/>', "application/vnd.ms-wordml"),
        (b'<?xml version="1.0"?><a/>', "application/xml"),
        (b"From: a@b.cz\r\nTo: c@d.cz\r\nSubject: x\r\n\r\nText", "message/rfc822"),
        ("Zápis z jednání".encode("cp1250"), "text/plain"),
        ("Zápis".encode("utf-16"), "text/plain"),
        (b"\x89PNG\r\n\x1a\n0000", "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"II*\0\0\0\0\0", "image/tiff"),
        (b"MZ\x90\0", "application/vnd.microsoft.portable-executable"),
    ],
)
def test_content_named_doc(tmp_path: Path, content: bytes, mime: str) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(content)
    assert detect(path).mime == mime


def test_the_name_tells_tables_from_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("jméno;obec\n", "utf-8")
    assert detect(path, "seznam.CSV").mime == "text/csv"
    assert detect(path, "seznam.doc").mime == "text/plain"


def test_a_letter_is_more_than_a_colon(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Datum: 1. 2. 2020\nMísto: Liberec\nDate: dnes\n", "utf-8")
    assert detect(path).mime == "text/plain"


def test_truncated_compound_file_is_still_a_doc(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes((data / "zapis.doc").read_bytes()[:3000])
    assert detect(path, "zapis.doc").family is Family.DOC


def test_bomb_is_told_from_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("word/document.xml", bytes(30_000_000))
    detected = detect(path)
    assert (detected.mime, detected.reason) == (DOCX, Reason.TOO_BIG)


def test_the_table_knows_each_mime_once() -> None:
    assert len({one.mime for one in FORMATS}) == len(FORMATS)
    assert by_mime("application/x-unknown").family is Family.OTHER
    extension = by_extension(".DOC")
    assert extension is not None
    assert extension.mime == "application/msword"
    assert by_extension("") is None


def test_without_libmagic_the_name_tells_unknown_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: importing magic fails there."""
    path = tmp_path / "a"
    path.write_bytes(bytes([7, 0, 1, 255]) * 200)
    monkeypatch.setitem(sys.modules, "magic", None)
    assert detect(path, "a.doc").mime == "application/msword"
    assert detect(path).mime == "application/octet-stream"
