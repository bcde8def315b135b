from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats.read import read

if TYPE_CHECKING:
    from tests.formats.conftest import MakeCompound, MakeZip


def test_pptx(make_zip: MakeZip) -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    members = {f"ppt/slides/slide{n}.xml": slide.format(f"Snímek {n}") for n in (10, 2, 1)}
    members |= {"ppt/notesSlides/notesSlide1.xml": slide.format("Poznámka"), "ppt/presentation.xml": "<a/>"}
    assert read(make_zip("a.pptx", members)).text == "Snímek 1\n\nSnímek 2\n\nSnímek 10\n\nPoznámka"


def record(kind: int, content: bytes, version: int = 0) -> bytes:
    return struct.pack("<HHI", version, kind, len(content)) + content


def test_ppt(make_compound: MakeCompound) -> None:
    wide, narrow = "Řídící skupina\rPéče".encode("utf-16-le"), "Místo".encode("latin-1")
    texts = record(0x0FA0, wide) + record(0x0FA8, narrow)
    master = record(0x03F8, record(0x0FA8, b"Click to edit Master title style"), 0xF)
    path = make_compound("a.ppt", {"PowerPoint Document": record(0x03E8, texts, 0xF) + master})
    assert read(path).text == "Řídící skupina\nPéče\nMísto"
