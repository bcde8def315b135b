from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.formats.odf import odt
from kpss_desktop.formats.read import read
from kpss_desktop.formats.source import Source
from kpss_desktop.model import TextState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.formats.conftest import MakeZip

NAMES = 'xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="tb" xmlns:dc="dc" xmlns:meta="m" xmlns:xml2="x"'
MIME = "application/vnd.oasis.opendocument.text"
STYLES = (
    f'<office:document-styles {NAMES}><text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/>'
    '</text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"'
    ' text:bullet-char="\uf0b7"/></text:list-style>'
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/></text:outline-style>'
    "<style:master-page><style:header><text:p>Město</text:p></style:header><style:footer><text:p>strana</text:p>"
    "</style:footer></style:master-page></office:document-styles>"
)


def document(make_zip: MakeZip, body: str, styles: str = "", **members: str) -> Path:
    content = (
        f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    parts = {"mimetype": MIME, "content.xml": content} | ({"styles.xml": styles} if styles else {})
    return make_zip("a.odt", parts | {name.replace("_", "."): content for name, content in members.items()})


def test_spaces_tabs_and_breaks(make_zip: MakeZip) -> None:
    body = '<text:p>a<text:s text:c="2"/>b\n  <text:span>c</text:span><text:tab/>d<text:line-break/>e</text:p> mimo'
    assert odt.read(Source(document(make_zip, body))).text == "a  b c\td\ne"


def test_an_entity_that_is_not_known_costs_no_words_and_adds_none(make_zip: MakeZip) -> None:
    body = "<text:p>před&nbsp;za</text:p><text:tracked-changes>&x;</text:tracked-changes><text:p>dál</text:p>"
    assert odt.read(Source(document(make_zip, body))).text == "předza\ndál"


def test_a_damaged_declaration_of_a_prefix_costs_no_words(make_zip: MakeZip) -> None:
    path = document(make_zip, "", content_xml="<office:text><text:p>Zápis</text:p></office:text>")
    assert odt.read(Source(path)).text == "Zápis"


def test_words_before_and_after_a_damaged_place_are_found(make_zip: MakeZip) -> None:
    path = document(make_zip, "<text:p>Zápis</text:p><text:p>škod<a< </text:p><text:p>Usnesení</text:p>")
    lines = odt.read(Source(path)).text.split("\n")
    assert lines[0] == "Zápis"
    assert lines[-1] == "Usnesení"


def test_lists_headings_and_margins(make_zip: MakeZip) -> None:
    body = (
        '<text:h text:outline-level="1">Úvod</text:h><text:list text:style-name="L1"><text:list-item><text:p>a</text:p>'
        "<text:p>ještě a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>c</text:p>'
        '</text:list-item><text:list-item text:start-value="7"><text:p>d</text:p></text:list-item></text:list>'
        '<text:list text:style-name="L2"><text:list-item><text:p>e</text:p></text:list-item></text:list>'
        '<text:h text:outline-level="1">Závěr</text:h>'
    )
    text = odt.read(Source(document(make_zip, body, STYLES))).text
    assert text == "I Úvod\n1. a\nještě a\n1.a) b\n2. c\n7. d\n• e\nII Závěr\nMěsto\nstrana"


def test_deleted_text_is_gone_and_notes_stay(make_zip: MakeZip) -> None:
    body = (
        "<text:tracked-changes><text:p>smazáno</text:p></text:tracked-changes><text:p>slovo<text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>poznámka</text:p></text:note-body></text:note>"
        " dál<office:annotation><dc:creator>Já</dc:creator><text:p>komentář</text:p></office:annotation></text:p>"
    )
    assert odt.read(Source(document(make_zip, body))).text == "poznámka\nkomentář\nslovo dál"


def test_table(make_zip: MakeZip) -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('Úkol')}{cell.format('Termín')}</table:table-row>"
    assert (
        odt.read(Source(document(make_zip, f"<table:table>{row}{row}</table:table>"))).text
        == "Úkol\tTermín\nÚkol\tTermín"
    )


def test_password(make_zip: MakeZip) -> None:
    path = document(make_zip, "")
    members: dict[str, str | bytes] = {
        "mimetype": MIME,
        "META-INF/manifest.xml": "<a><encryption-data/></a>",
        "content.xml": b"\x00\x01",
    }
    assert read(path).state is TextState.EMPTY
    assert read(make_zip("b.odt", members)).state is TextState.ENCRYPTED


def test_meta_and_flat_file(tmp_path: Path) -> None:
    path = tmp_path / "a.fodt"
    path.write_text(
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{MIME}"><office:meta>'
        "<dc:title>Zápis</dc:title><meta:initial-creator>Říhová</meta:initial-creator><meta:creation-date>2020-01-16</meta:creation-date>"
        '<meta:document-statistic meta:page-count="2"/></office:meta><office:body><office:text><text:p>Text</text:p>'
        "</office:text></office:body></office:document>",
        "utf-8",
    )
    extract = read(path)
    assert (extract.text, extract.title, extract.author) == ("Text", "Zápis", "Říhová")
    assert (extract.created, extract.pages) == ("2020-01-16", 2)


def test_what_is_broken_beside_the_text_costs_no_text(
    make_zip: MakeZip, break_member: Callable[[Path, str], None]
) -> None:
    path = document(
        make_zip,
        "<text:p>Zápis</text:p>",
        STYLES,
        meta_xml="<office:document-meta/>",
        **{"META-INF/manifest.xml": "<manifest/>"},
    )
    for member in ("styles.xml", "meta.xml", "META-INF/manifest.xml"):
        break_member(path, member)
    assert read(path).text == "Zápis"
