"""Nothing unsafe comes out, and nothing is fetched, whatever a stranger wrote."""

from __future__ import annotations

import base64
import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from kpss_desktop.formats.structure import STYLESHEET, NotStructured, structure
from kpss_desktop.formats.structure.cleaning import ATTRIBUTES, TAGS, clean

DATA = Path(__file__).parent / "data"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>').decode()

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="http://127.0.0.1/a.png">',
    '<img src="//127.0.0.1/a.png">',
    r'<img src="\\server\share\a.png">',
    '<img src="file:///etc/passwd">',
    '<img src="qrc:/a.png">',
    '<img srcset="http://127.0.0.1/a.png 2x">',
    f'<img src="data:image/svg+xml;base64,{SVG}">',
    f'<img src="data:image/png;base64,{SVG}">',
    '<img src="data:text/html,<script>alert(1)</script>">',
    '<a href="file:///etc/passwd">soubor</a>',
    '<a href="javascript:alert(1)">odkaz</a>',
    '<a href=" java\nscript:alert(1)">odkaz</a>',
    '<body onload="alert(1)">text</body>',
    '<p onclick="alert(1)" style="background:url(http://127.0.0.1/a.png)">text</p>',
    "<style>p { background: url(http://127.0.0.1/a.png) }</style>",
    '<link rel="stylesheet" href="http://127.0.0.1/a.css">',
    '<base href="http://127.0.0.1/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1/">',
    '<iframe src="http://127.0.0.1/"></iframe><object data="http://127.0.0.1/"></object><embed src="http://x/">',
    '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<math><mtext><table><mglyph><style><img src="http://127.0.0.1/a.png">',
    '<table background="http://127.0.0.1/a.png"><tr><td background="http://127.0.0.1/a.png">x</td></tr></table>',
    '<form action="http://127.0.0.1/"><input type="image" src="http://127.0.0.1/a.png"></form>',
    '<!--[if IE]><img src="http://127.0.0.1/a.png"><![endif]-->',
    '<noscript><p title="</noscript><img src=http://127.0.0.1/a.png>"></noscript>',
]


def assert_harmless(fragment: str) -> None:
    # Around it, and not by `create_parent`: that one cannot begin with a control character.
    root = html.fragment_fromstring(f"<main>{fragment}</main>")
    for element in list(root.iter())[1:]:
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES.get(str(element.tag), set())
        if element.tag == "img":
            assert re.match(r"data:image/(png|jpeg|gif);base64,", element.get("src") or "")


@pytest.mark.parametrize("page", HOSTILE)
def test_a_hostile_page_is_harmless(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>před</p>{page}<p>po</p>", "utf-8")
    shown = structure(path, "text/html")
    assert_harmless(shown)
    assert_harmless(clean(page))
    assert not re.search(r"127\.0\.0\.1|javascript|alert|passwd|onload|onclick|url\(", shown)
    assert shown.startswith("<p>před</p>")


def test_an_honest_picture_stays() -> None:
    assert clean(f'<p><img src="data:image/png;base64,{PIXEL}" width="10" onerror="x()"></p>') == (
        f'<p><img src="data:image/png;base64,{PIXEL}" width="10"></p>'
    )


@given(
    st.sampled_from(["data:image/png;base64,", "data:", "http://", "//", "file:///", "cid:", " data:", "DATA:", ""]),
    st.text(max_size=60) | st.just(PIXEL),
    st.sampled_from(['"', "'", ""]),
    st.sampled_from(["src", "SRC", "srcset", "xlink:href", "href", "data-src", "style", "background", "onerror"]),
    st.sampled_from(["img", "IMG", "image", "p", "td", "a", "svg"]),
)
def test_no_address_but_a_picture_gets_through(scheme: str, rest: str, quote: str, name: str, tag: str) -> None:
    assert_harmless(clean(f"<{tag} {name}={quote}{scheme}{rest}{quote}>x"))


@given(st.text(alphabet=st.sampled_from("<>/='\" \nimgsrcptdhef:&;!-[]"), max_size=200))
def test_broken_markup_is_harmless(text: str) -> None:
    assert_harmless(clean(text))


def test_spans_of_thousands_of_cells_are_dropped() -> None:
    assert clean('<table><tr><td colspan="99999999">x</td></tr></table>') == "<table><tr><td>x</td></tr></table>"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port of this computer and what was asked of it."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(200).decode("latin-1"))

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], asked
        server.shutdown(socket.SHUT_RDWR)


def test_a_remote_picture_of_a_docx_is_not_asked_for(
    tmp_path: Path, listener: tuple[int, list[str]], qtbot: QtBot
) -> None:
    port, asked = listener
    address = f"http://127.0.0.1:{port}/a.png"
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    names += ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    names += ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    body = '<w:p><w:r><w:t>Text</w:t><w:drawing><a:blip r:link="rId1" r:embed="rId1"/></w:drawing>'
    body += f'<w:pict><v:imagedata r:id="rId1" src="{address}"/></w:pict></w:r></w:p>'
    link = f'<Relationship Id="rId1" Type="x/image" Target="{address}" TargetMode="External"/>'
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{link}</Relationships>")
    shown = structure(path, DOCX)
    assert "Text" in shown
    assert address not in shown
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.setHtml(shown)
    browser.show()
    browser.grab()
    with socket.create_connection(("127.0.0.1", port)) as probe:
        probe.sendall(b"probe")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["probe"]


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_xml_with_a_document_type_is_refused(tmp_path: Path, document_type: str) -> None:
    for name, part, mime in (("a.docx", "word/document.xml", DOCX), ("a.odt", "content.xml", ODT)):
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr(part, f"{document_type}<document><body><text><p>&x;</p></text></body></document>")
        with pytest.raises(NotStructured):
            structure(tmp_path / name, mime)


def test_the_stylesheet_is_understood_and_names_nothing_outside(qtbot: QtBot) -> None:
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.document().setDefaultStyleSheet(STYLESHEET)
    browser.setHtml(structure(DATA / "zapis.doc", "application/msword"))
    first = browser.document().firstBlock()
    assert first.blockFormat().headingLevel() == 1
    assert first.blockFormat().topMargin() == 12
    assert "url" not in STYLESHEET
