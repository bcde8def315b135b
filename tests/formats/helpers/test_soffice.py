"""LibreOffice: real documents become PDFs, and what is hidden in a document reaches nobody and runs nowhere."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.helpers import soffice
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.read import read, read_with_help
from kpss_desktop.model import Reason, TextState
from kpss_desktop.progress import Cancelled

ODF = "application/vnd.oasis.opendocument"
SECRET = "Tajemství souseda"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for prefix, name in {
        "office": "office:1.0", "text": "text:1.0", "draw": "drawing:1.0", "script": "script:1.0", "table": "table:1.0",
        "svg": "svg-compatible:1.0", "of": "of:1.2", "manifest": "manifest:1.0",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'  # fmt: skip


class Listener(socketserver.ThreadingTCPServer):
    """A server on this computer that writes down what is asked of it and answers nothing."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Note)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Note(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.asked.append(self.rfile.readline())


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.05,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1) as opened:
        yield opened


@pytest.fixture
def make_odt(make_zip: Callable[..., Path]) -> Callable[..., Path]:
    """An ODT with this in its text, perhaps scripts, and further parts."""

    def make(body: str, name: str, scripts: str = "", **parts: str) -> Path:
        content = (
            f'<office:document-content {NAMESPACES} office:version="1.2"><office:scripts>{scripts}</office:scripts>'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )
        members = {path.replace("__", "/") + ".xml": text for path, text in parts.items()}
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="text/xml"/>'
            for path in ("content.xml", *members)
        )
        manifest = (
            f'<manifest:manifest {NAMESPACES} manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{ODF}.text"/>{entries}</manifest:manifest>'
        )
        found = {"mimetype": f"{ODF}.text", "content.xml": content, "META-INF/manifest.xml": manifest, **members}
        return make_zip(name, found)

    return make


def picture(address: str) -> str:
    link = f'xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    return (
        '<text:p>Obrázek <draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm">'
        f"<draw:image {link}/></draw:frame></text:p>"
    )


def converted(sandbox: Sandbox, path: Path) -> str:
    """The text of the PDF that LibreOffice makes."""
    made = path.with_name("made.pdf")
    sandbox.convert(path, path.name, made)
    return read(made).text


@pytest.mark.usefixtures("with_libreoffice")
@pytest.mark.parametrize("name", ["zapis.doc", "zapis.docx", "zapis.odt", "pozvanka.rtf"])
def test_a_document_becomes_a_pdf(sandbox: Sandbox, data: Path, tmp_path: Path, name: str) -> None:
    sandbox.convert(data / name, "", tmp_path / "made.pdf")
    made, own = read(tmp_path / "made.pdf"), read(data / name)
    assert made.pages
    lost = set(own.text.split()) - set(made.text.split())
    assert len(lost) <= len(set(own.text.split())) / 10, lost


@pytest.mark.usefixtures("with_libreoffice")
def test_a_wrong_name_does_not_mislead(sandbox: Sandbox, data: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "zapis.xls"
    wrong.write_bytes((data / "zapis.doc").read_bytes())
    assert "Žďársk" in converted(sandbox, wrong)


@pytest.mark.usefixtures("with_libreoffice")
def test_pictures_from_elsewhere_are_not_fetched(
    sandbox: Sandbox, listener: Listener, make_odt: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "soused.txt").write_text(SECRET, encoding="utf-8")
    near = (tmp_path / "soused.txt").as_uri()
    section = (
        f'<text:section text:name="a"><text:section-source xlink:href="{near}" xlink:type="simple"/></text:section>'
    )
    share = "file://127.0.0.1/share/a.png"
    path = make_odt(picture(f"{listener.address}/a.png") + picture(share) + section, "a.odt")
    text = converted(sandbox, path)
    assert "Obrázek" in text
    assert SECRET not in text
    assert sandbox.structure(path)
    assert listener.asked == []


@pytest.mark.usefixtures("with_libreoffice")
def test_linked_pictures_of_word_and_rtf_are_not_fetched(
    sandbox: Sandbox, listener: Listener, make_zip: Callable[..., Path], tmp_path: Path
) -> None:
    word = make_zip("a.docx", _word_with_links(listener.address))
    rtf = tmp_path / "a.rtf"
    field = rf'{{\*\fldinst INCLUDEPICTURE "{listener.address}/c.png"}}{{\fldrslt Obrázek}}'
    rtf.write_bytes(rf"{{\rtf1\ansi\ansicpg1250 Dopis {{\field\flddirty{field}}}}}".encode("cp1250"))
    for path, word_of_it in ((word, "Zápis"), (rtf, "Dopis")):
        assert word_of_it in converted(sandbox, path)
        assert word_of_it in sandbox.structure(path)
    assert listener.asked == []


def _word_with_links(address: str) -> dict[str, str]:
    """A DOCX with a picture that lies on a server, and a field that includes another."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    package = "http://schemas.openxmlformats.org/package/2006"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:r="{office}/relationships" xmlns:a="{drawing}/main" xmlns:pic="{drawing}/picture" '
        f'xmlns:wp="{drawing}/wordprocessingDrawing"'
    )
    graphic = (
        f'<wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="a"/><a:graphic><a:graphicData '
        f'uri="{drawing}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:link="rId1"/><a:stretch/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="900000" '
        'cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    )
    asked = f"INCLUDEPICTURE &quot;{address}/b.png&quot;"
    field = f'<w:fldSimple w:instr="{asked}" w:dirty="true"><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    text = f"<w:p><w:r><w:t>Zápis</w:t></w:r><w:r><w:drawing>{graphic}</w:drawing></w:r>{field}</w:p>"
    rels = f'<Relationships xmlns="{package}/relationships">'
    rel = '<Relationship Id="rId1" Type="{}/relationships/{}" Target="{}"{}/></Relationships>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{word}"/></Types>',
        "_rels/.rels": rels + rel.format(office, "officeDocument", "word/document.xml", ""),
        "word/_rels/document.xml.rels": rels
        + rel.format(office, "image", f"{address}/a.png", ' TargetMode="External"'),
        "word/document.xml": f"<w:document {namespaces}><w:body>{text}</w:body></w:document>",
    }


@pytest.mark.usefixtures("with_libreoffice")
def test_formulas_that_ask_the_network_are_not_worked_out(sandbox: Sandbox, listener: Listener, tmp_path: Path) -> None:
    formula = f"of:=WEBSERVICE(&quot;{listener.address}/d&quot;)"
    path = tmp_path / "a.fods"
    path.write_text(
        f'<?xml version="1.0"?><office:document {NAMESPACES} office:version="1.2" office:mimetype="{ODF}.spreadsheet">'
        f'<office:body><office:spreadsheet><table:table table:name="a"><table:table-row>'
        f'<table:table-cell table:formula="{formula}"/><table:table-cell><text:p>Tabulka</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document>",
        encoding="utf-8",
    )
    assert "Tabulka" in converted(sandbox, path)
    assert listener.asked == []


@pytest.mark.usefixtures("with_libreoffice")
def test_macros_do_not_run(sandbox: Sandbox, make_odt: Callable[..., Path], tmp_path: Path) -> None:
    ran = tmp_path / "ran.txt"
    script = f'Sub Main\nOpen "{ran}" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub'
    library = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
    doctype = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">'
    path = make_odt(
        "<text:p>Makro</text:p>",
        "a.odt",
        scripts='<office:event-listeners><script:event-listener script:language="ooo:script" '
        'script:event-name="dom:load" xlink:type="simple" '
        'xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"/>'
        "</office:event-listeners>",
        **{
            "Basic__script-lc": doctype.format("library:libraries", "libraries")
            + f'<library:libraries {library}><library:library library:name="Standard" library:link="false"/>'
            "</library:libraries>",
            "Basic__Standard__script-lb": doctype.format("library:library", "library")
            + f'<library:library {library} library:name="Standard" library:readonly="false" '
            'library:passwordprotected="false"><library:element library:name="Module1"/></library:library>',
            "Basic__Standard__Module1": doctype.format("script:module", "module")
            + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
            f'script:language="StarBasic">{script}</script:module>',
        },
    )
    assert "Makro" in converted(sandbox, path)
    assert not ran.exists()


def test_a_page_with_scripts_asks_nobody(sandbox: Sandbox, listener: Listener, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f'<html><head><link rel="stylesheet" href="{listener.address}/a.css"><script src="{listener.address}/a.js">'
        f'</script></head><body onload="x()"><p>Stránka</p><img src="{listener.address}/a.png">'
        f'<iframe src="{listener.address}/b"></iframe><script>fetch("{listener.address}/c")</script></body></html>',
        encoding="utf-8",
    )
    html = sandbox.structure(path)
    assert "Stránka" in html
    assert "script" not in html
    assert listener.address not in html
    assert listener.asked == []


@pytest.mark.usefixtures("with_libreoffice")
def test_what_our_readers_give_up_is_read_by_way_of_a_pdf(data: Path) -> None:
    extract = read_with_help(data / "zapis.doc", "", "office", lambda _seconds: None)
    assert extract.state is TextState.READY
    assert not extract.machine_read
    assert "Žďársk" in extract.text


@pytest.mark.usefixtures("with_libreoffice")
def test_bytes_it_takes_for_text_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(range(1, 256)) * 40)
    extract = read_with_help(path, "", "office", lambda _seconds: None)
    assert (extract.text, extract.state is TextState.READY) == ("", False)


@pytest.mark.usefixtures("with_libreoffice")
def test_a_stopped_conversion_leaves_no_process(sandbox: Sandbox, data: Path, tmp_path: Path) -> None:
    started: list[psutil.Process] = []

    def watch(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # as a Progress is called
        started.extend(child for pid in sandbox.pids for child in psutil.Process(pid).children(recursive=True))
        if started:
            raise Cancelled

    with pytest.raises(Cancelled):
        sandbox.convert(data / "zapis.doc", "", tmp_path / "made.pdf", watch)
    assert psutil.wait_procs(started, timeout=10)[1] == []
    assert not (tmp_path / "made.pdf").exists()


@pytest.mark.usefixtures("with_libreoffice")
def test_a_conversion_that_takes_too_long_is_ended(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "CONVERSION_SECONDS", 0.3)
    with pytest.raises(Unreadable) as caught:
        soffice.convert(data / "zapis.doc", "application/msword", tmp_path / "a.pdf", lambda _seconds: None)
    assert caught.value.reason is Reason.TIMEOUT
    own = psutil.Process().children(recursive=True)
    assert not [child for child in own if child.is_running() and "soffice" in " ".join(child.cmdline())]


def test_without_libreoffice_there_is_no_pdf(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(soffice, "_PLACES", ())
    with pytest.raises(Unreadable) as caught:
        soffice.convert(data / "zapis.doc", "application/msword", tmp_path / "a.pdf", lambda _seconds: None)
    assert caught.value.reason is Reason.NO_READER
