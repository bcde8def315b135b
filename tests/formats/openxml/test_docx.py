from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.formats.openxml import docx
from kpss_desktop.formats.read import read
from kpss_desktop.formats.source import Source
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.formats.conftest import MakeZip

    MakeDocx = Callable[..., Path]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, list_id: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(depth: int, form: str, text: str, more: str = "") -> str:
    number = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    return f'<w:lvl w:ilvl="{depth}">{number}{more}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%1.%2)")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + level(1, "upperRoman", "%2", '<w:pStyle w:val="Bod"/>')
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    + "</w:lvlOverride></w:num>"
    + '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)
STYLES = (
    '<w:style w:styleId="Zaklad"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Bod"><w:basedOn w:val="Zaklad"/></w:style>'
)


def test_tabs_breaks_and_hyphens(make_docx: MakeDocx) -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr><w:r><w:t>Karlovy</w:t><w:noBreakHyphen/>'
        "<w:t>Vary</w:t>"
        "<w:tab/><w:t>dne</w:t><w:br/><w:t>16. 1.</w:t></w:r></w:p>"
    )
    assert docx.read(Source(make_docx(body))).text == "Karlovy-Vary\tdne\n16. 1."


def test_table(make_docx: MakeDocx) -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = f"<w:tbl>{row.format(p('Jméno'), p('Podpis'))}{row.format(p('Říhová'), p(''))}</w:tbl>{p('Konec')}"
    assert docx.read(Source(make_docx(body))).text == "Jméno\tPodpis\nŘíhová\t\nKonec"


def test_text_box_is_told_once(make_docx: MakeDocx) -> None:
    box = f"<w:txbxContent>{p('Rámeček')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Před</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>"
        f"{box}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent>"
        "</w:r><w:r><w:t>lohy</w:t></w:r></w:p>"
    )
    assert docx.read(Source(make_docx(body))).text == "Rámeček\nPředlohy"


def test_deleted_and_moved_text_is_gone(make_docx: MakeDocx) -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>nové</w:t></w:r></w:ins><w:del><w:r><w:delText>staré</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>odsud</w:t></w:r></w:moveFrom></w:p>"
    )
    assert docx.read(Source(make_docx(body))).text == "nové"


def test_notes_comments_and_headers_follow_the_body(make_docx: MakeDocx) -> None:
    path = make_docx(
        p("Tělo"),
        header1=p("Město Liberec"),
        header2=p("Město Liberec"),
        footer1=p("strana"),
        footnotes=f"<w:footnote>{p('poznámka')}</w:footnote>",
        comments=f"<w:comment>{p('komentář')}</w:comment>",
    )
    assert docx.read(Source(path)).text == "Tělo\npoznámka\nkomentář\nMěsto Liberec\nstrana"


def test_list_numbers(make_docx: MakeDocx) -> None:
    body = item("a") + item("b", level=1) + item("c", level=1) + item("d") + item("e", level=1)
    body += item("f", list_id=2) + item("g", list_id=3) + p("h", '<w:pStyle w:val="Bod"/>') + item("i", list_id=0)
    text = docx.read(Source(make_docx(body, numbering=NUMBERING, styles=STYLES))).text
    assert text == "1. a\n1.a) b\n1.b) c\n2. d\n2.a) e\n5. f\n• g\nI h\ni"


def test_strict_namespace(make_zip: MakeZip) -> None:
    document = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r>'
        "<w:t>Zápis</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(make_zip("a.docx", {"word/document.xml": document})).text == "Zápis"


def test_properties(make_zip: MakeZip) -> None:
    core = (
        '<a xmlns:dc="dc" xmlns:t="t"><dc:title>Zápis</dc:title><dc:creator>Říhová</dc:creator>'
        "<t:created>2020-01-16T08:00:00Z</t:created></a>"
    )
    members = {"word/document.xml": "<a><p><t>x</t></p></a>", "docProps/core.xml": core,
               "docProps/app.xml": "<a><Pages>3</Pages></a>"}  # fmt: skip
    found = docx.read(Source(make_zip("a.docx", members)))
    assert (found.title, found.author, found.created, found.pages) == ("Zápis", "Říhová", "2020-01-16T08:00:00Z", 3)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("tajemství")
    path = tmp_path / "b.docx"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = (
        f'<!DOCTYPE a [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY l0 "haha">{laughs}]>'
        "<a><p><t>před &f; &l11; po</t></p><p><t>konec</t></p></a>"
    )
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("word/document.xml", xml)
    extract = read(path)
    assert "tajemství" not in extract.text
    assert len(extract.text) < 1000


def test_cut_off_package_keeps_what_is_there(data: Path, tmp_path: Path) -> None:
    content = (data / "zapis.docx").read_bytes()
    with zipfile.ZipFile(data / "zapis.docx") as opened:
        member = opened.getinfo("word/document.xml")
    path = tmp_path / "a.docx"
    path.write_bytes(content[: member.header_offset + member.compress_size * 3 // 4])
    extract = read(path)
    assert extract.state is TextState.READY
    assert extract.text.startswith("Zápis z jednání pracovní skupiny Prevence\nDatum: 15. května 2020")


def test_a_directory_that_points_outside_of_the_file_is_passed_over(data: Path, tmp_path: Path) -> None:
    content = bytearray((data / "zapis.docx").read_bytes())
    place = content.rindex(b"PK\x05\x06") + 16  # where the directory begins
    content[place : place + 4] = (int.from_bytes(content[place : place + 4], "little") + 5000).to_bytes(4, "little")
    path = tmp_path / "shifted.docx"
    path.write_bytes(content)
    assert read(path).text == read(data / "zapis.docx").text != ""


def test_broken_checksum_costs_nothing(data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(data / "zapis.docx") as opened:
        member = opened.getinfo("word/document.xml")
    content = bytearray((data / "zapis.docx").read_bytes())
    crc = member.CRC.to_bytes(4, "little")
    for place in range(len(content) - 4):
        if content[place : place + 4] == crc:
            content[place] ^= 0xFF
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert read(path).text == read(data / "zapis.docx").text


@pytest.mark.parametrize("depth", [200, 100_000])
def test_nesting(make_docx: MakeDocx, depth: int) -> None:
    extract = read(make_docx(p("Začátek") + "<w:tbl><w:tr><w:tc>" * (depth // 3) + p("Hluboko")))
    assert extract.text.startswith("Začátek")


def test_flat_xml_of_word_2003(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>'
        "<w:t>Zápis řídící skupiny</w:t></w:r></w:p></w:body></w:wordDocument>",
        "utf-8",
    )
    assert read(path).text == "Zápis řídící skupiny"


def test_document_without_words(make_docx: MakeDocx) -> None:
    extract = read(make_docx("<w:p/>"))
    assert (extract.state, extract.reason) == (TextState.EMPTY, Reason.NO_TEXT)


def test_what_is_broken_beside_the_text_costs_no_text(
    make_docx: Callable[..., Path], break_member: Callable[[Path, str], None]
) -> None:
    path = make_docx("<w:p><w:r><w:t>Zápis</w:t></w:r></w:p>", numbering=NUMBERING, styles=STYLES)
    break_member(path, "word/numbering.xml")
    break_member(path, "word/styles.xml")
    assert read(path).text == "Zápis"
