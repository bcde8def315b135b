"""The preview and the text of a document number its lists alike, as Word and LibreOffice do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.formats.read import read
from kpss_desktop.formats.structure import structure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.formats.conftest import MakeZip

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
ODF = 'xmlns:office="o" xmlns:text="t" xmlns:style="s"'


def docx(make_zip: MakeZip, body: str, numbering: str) -> Path:
    link = f'<Relationship Id="n" Type="{RELATIONS}/numbering" Target="numbering.xml"/>'
    members: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{link}</Relationships>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
    }
    return make_zip("a.docx", members)


def item(text: str, level: int = 0, number: int = 1) -> str:
    about = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{about}<w:r><w:t>{text}</w:t></w:r></w:p>"


def level(depth: int, form: str, template: str, more: str = "") -> str:
    about = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{template}"/>{more}'
    return f'<w:lvl w:ilvl="{depth}">{about}</w:lvl>'


def odt(make_zip: MakeZip, styles: str, body: str) -> Path:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return make_zip("a.odt", {"mimetype": ODT, "content.xml": content})


def test_legal_numbers_and_a_new_beginning_in_a_docx(make_zip: MakeZip) -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        '</w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item("Péče") + item("Prevence") + item("úkoly", 1) + item("Závěr", number=2) + item("různé", 1, number=2)
    path = docx(make_zip, body, numbering)
    assert read(path).text == "I. Péče\nII. Prevence\n2.1 úkoly\nI. Závěr\n1.1 různé"
    assert structure(path, DOCX) == (
        '<ul type="none"><li>I.&nbsp; Péče</li><li>II.&nbsp; Prevence<ul type="none"><li>2.1&nbsp; úkoly</li></ul></li>'
        '<li>I.&nbsp; Závěr<ul type="none"><li>1.1&nbsp; různé</li></ul></li></ul>'
    )


def test_an_empty_item_of_a_docx_counts(make_zip: MakeZip) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    path = docx(make_zip, item("Péče") + item("") + item("Závěr"), numbering)
    assert read(path).text == "1. Péče\n2. \n3. Závěr"
    assert structure(path, DOCX) == '<ol><li>Péče</li></ol><ol start="3"><li>Závěr</li></ol>'


def test_a_list_within_a_list_may_have_a_style_of_its_own_in_an_odt(make_zip: MakeZip) -> None:
    styles = (
        '<text:list-style style:name="Čísla"><text:list-level-style-number text:level="1" style:num-format="1"'
        ' style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1"'
        ' style:num-suffix="."/></text:list-style><text:list-style style:name="Písmena">'
        '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
    )
    letters = (
        '<text:list text:style-name="Písmena"><text:list-item><text:p>byt</text:p></text:list-item></text:list>'
        "<text:list><text:list-item><text:p>klub</text:p></text:list-item></text:list>"
    )
    body = (
        f'<text:list text:style-name="Čísla"><text:list-item><text:p>Péče</text:p>{letters}</text:list-item>'
        "<text:list-item><text:p/></text:list-item><text:list-item><text:p>Závěr</text:p></text:list-item></text:list>"
    )
    path = odt(make_zip, styles, body)
    assert read(path).text == "1. Péče\na) byt\n2. klub\n2. \n3. Závěr"
    assert structure(path, ODT) == (
        '<ol><li>Péče<ul type="none"><li>a)&nbsp; byt</li></ul><ol start="2"><li>klub</li></ol></li></ol>'
        '<ol start="3"><li>Závěr</li></ol>'
    )


def test_a_numbered_heading_of_an_odt(make_zip: MakeZip) -> None:
    styles = (
        '<text:list-style style:name="Části"><text:list-level-style-number text:level="1" style:num-format="I"'
        ' style:num-suffix="."/></text:list-style>'
    )
    heads = [f'<text:h text:outline-level="2">{text}</text:h>' for text in ("Péče", "Závěr")]
    body = "".join(f"<text:list-item>{head}</text:list-item>" for head in heads)
    path = odt(make_zip, styles, f'<text:list text:style-name="Části">{body}</text:list>')
    assert read(path).text == "I. Péče\nII. Závěr"
    assert structure(path, ODT) == "<h2>I. Péče</h2><h2>II. Závěr</h2>"
