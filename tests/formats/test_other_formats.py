"""Sheets, slides and letters."""

from __future__ import annotations

import email.message
import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats.mail.attachments import take_apart
from kpss_desktop.formats.mail.msg import unpack_rtf
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.read import read
from kpss_desktop.model import TextState

if TYPE_CHECKING:
    from pathlib import Path

    from tests.formats.conftest import MakeCompound, MakeZip

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(make_zip: MakeZip, rows: str, **parts: str) -> Path:
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Péče" sheetId="1" '
        'r:id="r"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return make_zip("a.xlsx", members | {f"xl/{name}.xml": content for name, content in parts.items()})


def test_xlsx(make_zip: MakeZip) -> None:
    row = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Říhová</t></is></c><c r="B1"><v>2020</v></c><c r="C1"><v>1.5</v></c>'
        "</row>"
    )
    assert read(xlsx(make_zip, row)).text == "Péče\nŘíhová\t2020\t1,5"


def test_stray_cell_in_the_last_corner_costs_the_grid_only(make_zip: MakeZip) -> None:
    """The reader of the grid dies of it (memory); a fresh process asks the other one."""
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2020</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>konec</t></is></c></row>'
    )
    strings = f'<sst xmlns="{MAIN}"><si><r><t>Hájková</t></r><r><t xml:space="preserve"> Hana</t></r></si></sst>'
    path = xlsx(make_zip, rows, sharedStrings=strings)
    with Sandbox(1) as sandbox:
        extract = sandbox.read(path)
    assert (extract.state, extract.text) == (TextState.READY, "Hájková Hana\t2020\nkonec")


def test_pptx(make_zip: MakeZip) -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    members = {f"ppt/slides/slide{n}.xml": slide.format(f"Snímek {n}") for n in (10, 2, 1)}
    members |= {"ppt/notesSlides/notesSlide1.xml": slide.format("Poznámka"), "ppt/presentation.xml": "<a/>"}
    assert read(make_zip("a.pptx", members)).text == "Snímek 1\n\nSnímek 2\n\nSnímek 10\n\nPoznámka"


def record(kind: int, content: bytes, version: int = 0) -> bytes:
    return struct.pack("<HHI", version, kind, len(content)) + content


def test_ppt(make_compound: MakeCompound) -> None:
    wide, narrow = "Řídící skupina\rPéče".encode("utf-16-le"), "Místo".encode("latin-1")
    texts = record(0x0FA0, wide) + record(0x0FA8, narrow)
    master = record(0x03F8, record(0x0FA8, b"Click to edit Master title style"), 0xF)
    path = make_compound("a.ppt", {"PowerPoint Document": record(0x03E8, texts, 0xF) + master})
    assert read(path).text == "Řídící skupina\nPéče\nMísto"


def test_eml(tmp_path: Path) -> None:
    letter = email.message.EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Pozvánka na jednání", "Říhová <r@mesto.cz>", "ps@mesto.cz"
    letter["Date"] = "Thu, 16 Jan 2020 08:30:00 +0100"
    letter.set_content("Zveme Vás.\n")
    letter.add_alternative("<p>Zveme Vás.</p>", subtype="html")
    letter.add_attachment(b"abc", maintype="application", subtype="msword", filename="Program jednání.doc")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(letter))
    extract = read(path)
    assert extract.text.split("\n")[0] == "Pozvánka na jednání"
    assert extract.text.count("Zveme Vás.") == 1
    assert (extract.title, extract.created) == ("Pozvánka na jednání", "2020-01-16T08:30:00+01:00")
    assert take_apart(path, path.parent)["attached"] == [["Program jednání.doc", 3]]
    assert (path.parent / "0").read_bytes() == b"abc"


def test_msg(make_compound: MakeCompound) -> None:
    streams = {
        "__properties_version1.0": bytes(32) + struct.pack("<IIQ", 0x3FFD0003, 0, 1250),
        "__substg1.0_0037001F": "Pozvánka".encode("utf-16-le"),
        "__substg1.0_0C1A001E": "Říhová".encode("cp1250"),
        "__substg1.0_1000001F": "Zveme Vás.".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "Zápis.doc".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": b"abc".ljust(5000, b"\1"),
    }
    path = make_compound("a.msg", streams)
    extract = read(path)
    assert extract.text == "Pozvánka\nŘíhová\nZveme Vás.\nZápis.doc"
    assert take_apart(path, path.parent)["attached"] == [["Zápis.doc", 5000]]


def test_compressed_body() -> None:
    """The example of [MS-OXRTFCP] 3.1.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpack_rtf(packed[:40]).startswith(b"{\\rtf1\\ansi")
    assert unpack_rtf(b"") == b""


def test_shared_samples_are_read(samples: Path) -> None:
    for path in [samples / "xls" / "Employee.xls", samples / "msg" / "keywords.msg"]:
        assert read(path).state is TextState.READY
