"""Pages, plain text, Markdown, tables, letters and spreadsheets."""

from __future__ import annotations

import base64
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from kpss_desktop.formats.structure import Words, structure

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def shown(tmp_path: Path, name: str, content: str | bytes, mime: str, words: Words | None = None) -> str:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return structure(path, mime, words or Words())


def write_ods(path: Path, rows: str) -> Path:
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    names += ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    names += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    sheet = f'<table:table table:name="Účast">{rows}</table:table>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", ODS)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{sheet}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
    return path


def test_containers_of_a_page_become_paragraphs(tmp_path: Path) -> None:
    page = "<div><div>První</div><div>Druhý <strong>tučně</strong></div></div><center>Nadpis</center>"
    assert shown(tmp_path, "a.html", page, "text/html") == (
        '<p>První</p><p>Druhý <b>tučně</b></p><p align="center">Nadpis</p>'
    )


def test_a_page_in_windows_1250_is_read(tmp_path: Path) -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><h2>Žádost o příspěvek</h2>'
    assert shown(tmp_path, "a.html", page.encode("cp1250"), "text/html") == "<h2>Žádost o příspěvek</h2>"


def test_plain_text_is_paragraphs_and_drawn_columns_stay_drawn(tmp_path: Path) -> None:
    text = "Zápis\n\nPřítomni: Nová\nOmluveni: Malá\n\nJméno     Podpis\nNová      ano\nMalá      ne\n"
    assert shown(tmp_path, "a.txt", text.encode("cp1250"), "text/plain") == (
        "<p>Zápis</p><p>Přítomni: Nová<br>Omluveni: Malá</p><pre>Jméno     Podpis\nNová      ano\nMalá      ne</pre>"
    )


def test_markdown(tmp_path: Path) -> None:
    text = "# Zápis\n**Místo:** *klub* a [web](http://x.cz)\n\n- první\n  - vnořený\n1. jedna\n\n---\n```\na  b\n```\n"
    assert shown(tmp_path, "a.md", text, "text/markdown") == (
        "<h1>Zápis</h1><p><b>Místo:</b> <i>klub</i> a web</p><ul><li>první<ul><li>vnořený</li></ul></li></ul>"
        "<ol><li>jedna</li></ol><hr><pre>a  b</pre>"
    )


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separated_values_are_a_table(tmp_path: Path, separator: str) -> None:
    lines = [["Jméno", "Obec"], ["Nová", '"Bor, Nový; Česká Lípa"'], ["Malá", ""]]
    text = "\r\n".join(separator.join(line) for line in lines)
    assert shown(tmp_path, "a.csv", text.encode("cp1250"), "text/csv") == (
        "<table><tr><td>Jméno</td><td>Obec</td></tr><tr><td>Nová</td><td>Bor, Nový; Česká Lípa</td></tr>"
        "<tr><td>Malá</td><td></td></tr></table>"
    )


def test_a_long_table_says_how_much_more_there_is(tmp_path: Path) -> None:
    text = "\n".join(";".join(f"{row}x{column}" for column in range(53)) for row in range(507))
    words = Words(more_rows="Dalších řádků: {count}", more_columns="Dalších sloupců: {count}")
    html = shown(tmp_path, "a.csv", text, "text/csv", words)
    assert html.count("<tr>") == 500
    assert html.count("<td") == 500 * 50
    assert html.endswith("<p><i>Dalších řádků: 7</i></p><p><i>Dalších sloupců: 3</i></p>")


def test_columns_of_a_wide_table_have_a_width_and_those_of_a_narrow_one_none(tmp_path: Path) -> None:
    wide = shown(tmp_path, "a.csv", ";".join(["sociální služby"] * 20) + "\n" + ";".join("x" * 20), "text/csv")
    assert wide.count('<td width="136">sociální služby</td>') == 20
    assert wide.count("<td>x</td>") == 20
    assert "width" not in shown(tmp_path, "b.csv", "a;b\nc;d", "text/csv")


def test_a_letter_has_its_head_body_picture_and_attachments(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Jana Nová <j@x.cz>", "m@x.cz", "Zápis ze skupiny Péče"
    letter.set_content("prostý text")
    letter.add_alternative('<p>Dobrý den</p><img src="cid:logo@x"><img src="http://x.cz/a.png">', subtype="html")
    parts = letter.get_payload()
    assert isinstance(parts, list)
    assert isinstance(parts[1], EmailMessage)
    parts[1].add_related(PIXEL, "image", "png", cid="<logo@x>")
    letter.add_attachment(b"x", maintype="application", subtype="pdf", filename="zápis.pdf")
    html = shown(tmp_path, "a.eml", letter.as_bytes(), "message/rfc822", Words(sender="Od", attachments="Přílohy"))
    assert html.startswith("<table><tr><th>Od</th><td>Jana Nová &lt;j@x.cz&gt;</td></tr>")
    assert "<th>Přílohy</th><td>zápis.pdf</td>" in html
    assert "<td>Zápis ze skupiny Péče</td>" in html
    assert "<p>Dobrý den</p><img" in html
    assert html.count('src="data:image/png') == html.count("<img") == 1
    assert "prostý text" not in html


def test_a_plain_letter_in_an_old_code_page(tmp_path: Path) -> None:
    letter = b"From: a@x.cz\r\nContent-Type: text/plain; charset=iso-8859-2\r\n\r\n" + "Příští čtvrtek".encode(
        "iso8859-2"
    )
    assert shown(tmp_path, "a.eml", letter, "message/rfc822").endswith("</table><p>Příští čtvrtek</p>")


def test_a_spreadsheet_is_a_table_under_the_name_of_its_sheet(tmp_path: Path) -> None:
    cells = '<table:table-cell office:value-type="string"><text:p>Jméno</text:p></table:table-cell>'
    cells += '<table:table-cell office:value-type="float" office:value="1.5"/>'
    cells += '<table:table-cell office:value-type="float" office:value="12"/>'
    path = write_ods(tmp_path / "a.ods", f"<table:table-row>{cells}</table:table-row>")
    assert structure(path, ODS) == (
        '<h2>Účast</h2><table><tr><td>Jméno</td><td align="right">1,5</td><td align="right">12</td></tr></table>'
    )


def test_sheets_of_excel_are_read(shared: Path) -> None:
    for name, mime in (("49156.xlsx", SHEET), ("Employee.xls", "application/vnd.ms-excel")):
        html = structure(shared / "samples/documents" / name.rpartition(".")[2] / name, mime)
        assert html.startswith("<h2>")
        assert "<td" in html


def test_a_letter_of_outlook_has_its_head_and_attachments(shared: Path) -> None:
    path = shared / "samples/documents/msg/attachment_test_msg.msg"
    shown = structure(path, "application/vnd.ms-outlook", Words(sender="Od", attachments="Přílohy"))
    assert "<th>Od</th><td>Nicolas1 23456" in shown
    assert "test-unicode.doc, pj1.txt" in shown
    assert shown.endswith("<p>contenu</p>")
