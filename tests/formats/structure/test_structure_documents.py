"""What a reader sees of real minutes and of documents that Word and LibreOffice wrote."""

from __future__ import annotations

import contextlib
import re
import struct
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from lxml.etree import XMLSyntaxError

from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.read import read
from kpss_desktop.formats.structure import NotStructured, structure

DATA = Path(__file__).parent / "data"
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def words(fragment: str, tag: str) -> list[str]:
    root = html.fragment_fromstring(fragment, create_parent="main")
    return [" ".join("".join(element.itertext()).split()) for element in root.iter(tag)]


def table(fragment: str, index: int = 0) -> list[list[str]]:
    found = list(html.fragment_fromstring(fragment, create_parent="main").iter("table"))[index]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found.iter("tr")]


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """A document with the body; parts are headers, footers, numbering and the like, by their kind."""
    links = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
        if kind != "extra_relations"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
        package.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{links}{parts.pop('extra_relations', '')}</Relationships>"
        )
        for kind, content in parts.items():
            package.writestr(f"word/{kind}.xml", content)
    return path


@pytest.mark.parametrize(
    ("name", "mime", "title_tag", "subject", "agenda"),
    [
        ("zapis.doc", DOC, "h1", "Prevence", ["Raná péče", "Katalog služeb", "Nízkoprahová zařízení", "Různé"]),
        ("zapis.docx", DOCX, "h1", "Prevence", ["Dobrovolnictví", "Nízkoprahová zařízení", "Doprava a bezbariérovost"]),
        ("zapis.odt", ODT, "b", "Péče", ["Plnění komunitního plánu", "Protidrogová prevence"]),
        ("zapis.rtf", RTF, "h1", "Péče", ["Protidrogová prevence", "Nízkoprahová zařízení", "Odlehčovací služba"]),
    ],
)
def test_minutes_have_title_headings_and_agenda(
    name: str, mime: str, title_tag: str, subject: str, agenda: list[str]
) -> None:
    shown = structure(DATA / name, mime)
    assert words(shown, title_tag)[0] == f"Zápis z jednání pracovní skupiny {subject}"
    assert words(shown, "h3")[:2] == [f"Ad 1) {agenda[0]}", f"Ad 2) {agenda[1]}"]
    assert words(shown, "li")[: len(agenda)] == agenda
    assert len(words(shown, "ol")) == 1
    assert "Program jednání:" in words(shown, "b")


def test_the_labels_of_minutes_are_bold_and_the_rest_is_not() -> None:
    shown = structure(DATA / "zapis.doc", DOC)
    assert words(shown, "b") == ["Datum:", "Místo:", "Přítomni:", "Omluveni:", "Program jednání:"]
    assert "Omluveni: MUDr. Jitka Kučerová, Ludmila Žďárská" in words(shown, "p")


def test_the_tasks_of_a_doc_are_a_table_with_a_header() -> None:
    shown = structure(DATA / "zapis.doc", DOC)
    assert words(shown, "th") == ["Úkol", "Zodpovídá", "Termín"]
    assert table(shown)[1:] == [
        ["Připravit podklady pro řídící skupinu", "Čápová", "27.02.2020"],
        ["Domluvit exkurzi do domova seniorů", "Zelená", "11.2.2020"],
        ["Připravit podklady pro řídící skupinu", "Čápová", "24.02.2020"],
    ]


def test_the_list_of_attendance_is_a_table() -> None:
    shown = table(structure(DATA / "prezencni_listina.doc", DOC))
    assert shown[0] == ["Jméno", "Organizace", "Podpis"]
    assert shown[1] == ["Mgr. Pavel Toman", "Naděje", ""]
    assert shown[-1] == ["Věra Žďárská", "Úřad práce ČR", ""]
    assert {len(row) for row in shown} == {3}


def test_the_tasks_of_an_odt_are_a_table() -> None:
    assert table(structure(DATA / "zapis.odt", ODT)) == [
        ["Úkol", "Zodpovídá", "Termín"],
        ["Připravit podklady pro řídící skupinu", "Hájková", "29. září 2020"],
        ["Zaslat aktualizované údaje do katalogu", "Hájková", "10.11.2020"],
    ]


def test_lists_of_word_keep_their_levels_and_numbers(shared: Path) -> None:
    shown = structure(shared / "samples/documents/doc/Lists.doc", DOC)
    assert "<ul><li>Unordered list 1</li><li>UL 2</li><li>UL 3</li></ul>" in shown
    assert "<ol><li>Ordered list 1</li><li>OL 2</li><li>OL 3</li></ol>" in shown
    assert '<ul type="none"><li>2.2.1.&nbsp; OL 2.2.1</li><li>2.2.2.&nbsp; OL 2.2.2' in shown


def test_pictures_of_word_are_shown(shared: Path) -> None:
    shown = structure(shared / "samples/documents/doc/FloatingPictures.doc", DOC)
    assert 'src="data:image/' in shown


def test_header_and_footer_of_a_doc_surround_its_body(shared: Path) -> None:
    shown = words(structure(shared / "samples/documents/doc/61911.doc", DOC), "p")
    assert shown[0] == "Ich bin die Kopfzeile"
    assert shown[-1] == "Ich bin die Fußzeile page 1"


def test_checkboxes_of_a_form_show_whether_they_are_checked(shared: Path) -> None:
    name = "au.edu.utas.www___data_assets_word_doc_0003_154335_International-Travel-Approval-Request-Form.doc"
    shown = structure(shared / "samples/documents/doc" / name, DOC)
    assert (shown.count("☐"), shown.count("☒")) == (12, 5)


def test_merged_cells_of_word_become_spans(shared: Path) -> None:
    shown = structure(shared / "samples/documents/doc/Bug51834.doc", DOC)
    assert '<td colspan="3">${customer.name}</td>' in shown
    assert '<td colspan="2" rowspan="7">${fault.description}' in shown


def test_a_piece_that_promises_more_than_the_file_holds_ends_with_the_file(tmp_path: Path) -> None:
    whole = (DATA / "zapis.doc").read_bytes()
    one_piece = b"\x02\x10\0\0\0\0\0\0\0\xaa\x03\0\0"
    assert whole.count(one_piece) == 1
    path = tmp_path / "a.doc"
    path.write_bytes(whole.replace(one_piece, one_piece[:-4] + b"\xff\xff\xff\x7f"))
    shown = structure(path, DOC)
    assert shown.startswith("<h1>Zápis z jednání")
    assert len(shown) < 2 * len(structure(DATA / "zapis.doc", DOC))


def test_every_minutes_document_shows_exactly_the_words_of_its_text(shared: Path) -> None:
    found = [
        path for path in sorted((shared / "minutes").rglob("*")) if path.suffix in {".doc", ".docx", ".odt", ".rtf"}
    ]
    assert found
    for path in found:
        mime = {".doc": DOC, ".docx": DOCX, ".odt": ODT, ".rtf": RTF}[path.suffix]
        shown = html.fragment_fromstring(structure(path, mime).replace("<", " <"), create_parent="main")
        text = "".join(shown.itertext())
        # Qt itself writes the numbers of an agenda, so they are no words of the fragment.
        assert _words_of(text) == _words_of(read(path).text), path.name


def _words_of(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"\w+", text) if not word.isdigit())


@pytest.mark.parametrize("name", ["Word6.doc", "Word95.doc", "word2.doc"])
def test_older_word_has_no_structure(shared: Path, name: str) -> None:
    with pytest.raises((NotStructured, Unreadable)):
        structure(shared / "samples/documents/doc" / name, DOC)


def test_letterhead_and_foot_of_a_docx_surround_its_body(tmp_path: Path) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
    section += '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    path = write_docx(
        tmp_path / "a.docx",
        f"<w:p><w:r><w:t>Tělo</w:t></w:r></w:p>{section}",
        header=f"<w:hdr {W}><w:p><w:r><w:t>Město Nový Bor</w:t></w:r></w:p></w:hdr>",
        footer=f"<w:ftr {W}><w:p><w:r><w:t>Komunitní plánování</w:t></w:r></w:p><w:p/></w:ftr>",
    )
    assert structure(path, DOCX) == "<p>Město Nový Bor</p><hr><p>Tělo</p><hr><p>Komunitní plánování</p>"


def test_labels_of_a_docx_list_are_those_of_word(tmp_path: Path) -> None:
    def item(text: str, level: int) -> str:
        about = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        return f"<w:p>{about}<w:r><w:t>{text}</w:t></w:r></w:p>"

    levels = '<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    levels += '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    body = item("Zahájení", 0) + item("přivítání", 1) + item("program", 1) + item("Závěr", 0) + item("různé", 1)
    shown = structure(write_docx(tmp_path / "a.docx", body, numbering=numbering), DOCX)
    assert [text.replace("\xa0", " ").split()[0] for text in words(shown, "li")] == ["II.", "a)", "b)", "III.", "a)"]
    assert words(shown, "li")[1] == "a) přivítání"


def test_merged_cells_of_a_docx_become_spans(tmp_path: Path) -> None:
    def cell(text: str, about: str = "") -> str:
        return f"<w:tc><w:tcPr>{about}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = [
        cell("Den", '<w:vMerge w:val="restart"/>') + cell("Hodiny", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("od") + cell("do"),
    ]
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert structure(write_docx(tmp_path / "a.docx", body), DOCX) == (
        '<table><tr><td rowspan="2">Den</td><td colspan="2">Hodiny</td></tr><tr><td>od</td><td>do</td></tr></table>'
    )


def test_deleted_text_and_field_codes_of_a_docx_are_not_shown(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>6. 3. 2020</w:t></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = f"<w:p><w:del><w:r><w:delText>pryč</w:delText></w:r></w:del><w:ins>{field}</w:ins></w:p>"
    assert structure(write_docx(tmp_path / "a.docx", body), DOCX) == "<p>6. 3. 2020</p>"


def test_rtf_of_wordpad_keeps_czech_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\fnil\fcharset238 Arial;}}"
        rb"\pard\qc\b P\'f8\'edtomni\b0 : \u381?\u271?\'e1rsk\'e1\par}"
    )
    assert structure(path, RTF) == '<p align="center"><b>Přítomni</b>: Žďárská</p>'


def test_tables_of_rtf_keep_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\trowd\clvmgf\cellx2000\cellx4000\cellx6000\pard\intbl Den\cell od\cell do\cell\row"
        rb"\trowd\clvmrg\cellx2000\cellx6000\pard\intbl\cell cel\'fd\cell\row\pard konec\par}"
    )
    assert structure(path, RTF) == (
        '<table><tr><td rowspan="2">Den</td><td>od</td><td>do</td></tr>'
        '<tr><td colspan="2">celý</td></tr></table><p>konec</p>'
    )


def test_a_type_without_structure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x")
    with pytest.raises(NotStructured):
        structure(path, "application/octet-stream")


@pytest.mark.parametrize("name", ["zapis.doc", "zapis.docx", "zapis.odt", "zapis.rtf"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_cut_document_gives_a_part_of_its_words_or_a_normal_failure(tmp_path: Path, name: str, kept: float) -> None:
    whole = (DATA / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: int(len(whole) * kept)])
    mime = {"doc": DOC, "docx": DOCX, "odt": ODT, "rtf": RTF}[name.rpartition(".")[2]]
    shown = ""
    with contextlib.suppress(NotStructured, Unreadable, OSError, XMLSyntaxError, struct.error):
        shown = structure(path, mime)
    assert set(words(shown, "h3")[:-1]) <= set(words(structure(DATA / name, mime), "h3"))
