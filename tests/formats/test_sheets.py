from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.read import read
from kpss_desktop.model import TextState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.formats.conftest import MakeCompound, MakeZip

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = (
    f'xmlns:office="{SPACES}:office:1.0" xmlns:table="{SPACES}:table:1.0" xmlns:text="{SPACES}:text:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


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


def ods(make_zip: MakeZip) -> Path:
    cell = '<table:table-cell office:value-type="string"><text:p>Říhová</text:p></table:table-cell>'
    content = f'<table:table table:name="Péče"><table:table-row>{cell}</table:table-row></table:table>'
    return make_zip(
        "a.ods",
        {
            "mimetype": ODS,
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content {NAMES}><office:body><office:spreadsheet>{content}"
            "</office:spreadsheet></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {NAMES}><office:meta><dc:title>Rozpočet</dc:title></office:meta>"
            "</office:document-meta>",
        },
    )


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def workbook(text: str) -> bytes:
    """One sheet "Data" with one cell ([MS-XLS] 2.4: BOF, BOUNDSHEET, EOF; BOF, DIMENSIONS, LABEL, EOF)."""
    wide = text.encode("utf-16-le")
    label = struct.pack("<HHHHB", 0, 0, 0, len(text), 1) + wide
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6))
    sheet += record(0x0200, struct.pack("<IIHHH", 0, 1, 0, 1, 0)) + record(0x0204, label) + record(0x000A, b"")
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x05, 0, 0, 0, 6))
    name = b"Data"
    place = len(head) + 4 + 8 + len(name) + 4
    return head + record(0x0085, struct.pack("<IHBB", place, 0, len(name), 0) + name) + record(0x000A, b"") + sheet


def test_what_an_ods_says_of_itself(make_zip: MakeZip) -> None:
    extract = read(ods(make_zip))
    assert (extract.text, extract.title) == ("Péče\nŘíhová", "Rozpočet")


def test_a_broken_title_costs_no_cells(make_zip: MakeZip, break_member: Callable[[Path, str], None]) -> None:
    path = ods(make_zip)
    break_member(path, "meta.xml")
    extract = read(path)
    assert (extract.state, extract.text, extract.title) == (TextState.READY, "Péče\nŘíhová", "")


def test_a_workbook_that_only_calamine_opens_keeps_its_cells(make_compound: MakeCompound) -> None:
    path = make_compound("a.xls", {"Workbook": workbook("Říhová")})
    assert read(path).text == "Data\nŘíhová"
    path.write_bytes(path.read_bytes()[:-300])  # the table of sectors, which comes last, is not whole
    extract = read(path)
    assert (extract.state, extract.text) == (TextState.READY, "Data\nŘíhová")


def test_a_shared_sample_is_read(samples: Path) -> None:
    assert read(samples / "xls" / "Employee.xls").state is TextState.READY
