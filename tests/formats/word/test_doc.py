from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.read import read
from kpss_desktop.formats.source import Source
from kpss_desktop.formats.word import doc
from kpss_desktop.formats.word.text import _visible
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from pathlib import Path

    from tests.formats.conftest import MakeCompound

CZECH, ENGLISH = 0x0405, 0x0409


def word_97(pieces: list[tuple[str, str]], stories: tuple[int, ...] = (), flags: int = 0, language: int = CZECH,
            ) -> dict[str, bytes]:  # fmt: skip
    """The streams of a document of (text, encoding) pieces; 8-bit encodings make compressed pieces."""
    main = bytearray(1024)
    places, positions = [], [0]
    for text, encoding in pieces:
        raw = text.encode(encoding)
        wide = encoding == "utf-16-le"
        places.append(len(main) if wide else len(main) * 2 | 0x40000000)
        positions.append(positions[-1] + (len(raw) // 2 if wide else len(raw)))
        main += raw
    plc = struct.pack(f"<{len(positions)}I", *positions) + b"".join(struct.pack("<HIH", 0, at, 0) for at in places)
    table = b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<HHHHHH", main, 0, 0xA5EC, 193, 0, language, 0, flags)
    struct.pack_into("<II", main, 0x18, 1024, len(main))
    struct.pack_into("<H", main, 0x20, 14)
    struct.pack_into("<H", main, 0x3E, 22)
    lengths = stories or (positions[-1],)
    struct.pack_into(f"<{len(lengths)}I", main, 0x4C, *lengths)
    struct.pack_into("<H", main, 0x98, 93)
    struct.pack_into("<II", main, 0x9A + 8 * 33, 0, len(table))
    return {"WordDocument": bytes(main), "0Table": table}


def word_6(text: str, encoding: str, language: int, ident: int = 0xA5DC) -> bytes:
    raw = text.encode(encoding)
    main = bytearray(768) + raw
    struct.pack_into("<HHHH", main, 0, ident, 104, 0, language)
    struct.pack_into("<II", main, 0x18, 768, len(main))
    struct.pack_into("<I", main, 0x34, len(raw))
    return bytes(main)


def test_wide_and_narrow_pieces(make_compound: MakeCompound) -> None:
    streams = word_97([("Zápis: př", "utf-16-le"), ("íloha é\r", "cp1252"), ("žluťoučký 😀\r", "utf-16-le")])
    assert doc.read(Source(make_compound("a.doc", streams))).text == "Zápis: příloha é\nžluťoučký 😀"


def test_narrow_pieces_of_other_programs_in_czech_code_page(make_compound: MakeCompound) -> None:
    streams = word_97([("Přítomni: Říhová, Dvořák, Kučerová, řešení úkolů\r", "cp1250")])
    assert "Říhová, Dvořák, Kučerová, řešení úkolů" in doc.read(Source(make_compound("a.doc", streams))).text


def test_notes_come_after_the_body_and_headers_last_and_once(make_compound: MakeCompound) -> None:
    body, notes, headers = "Tělo\r", "poznámka\r", "Město\rMěsto\r"
    streams = word_97([(body + notes + headers, "utf-16-le")], (len(body), len(notes), len(headers)))
    assert doc.read(Source(make_compound("a.doc", streams))).text == "Tělo\npoznámka\nMěsto"


def test_fields_cells_and_marks(make_compound: MakeCompound) -> None:
    text = (
        "Strana \x13PAGE \x141\x15\rbez\x1fpečnost Karlovy\x1eVary\x0bdále\r"
        "Jméno\x07Podpis\x07\x07Hájková\x07\x01\x07\x07"
    )
    streams = word_97([(text, "utf-16-le")])
    assert doc.read(Source(make_compound("a.doc", streams))).text == (
        "Strana 1\nbezpečnost Karlovy-Vary\ndále\nJméno\tPodpis\nHájková"
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x13IF \x13DATE\x141. 1.\x15 = 2\x14ano\x15b", "aanob"),
        ("a\x13XE heslo\x15b", "ab"),
        ("a\x13nekonečné pole", "anekonečné pole"),
        ("a\x13x\x15b\x15\x14c", "abc"),
        ("\x13MACROBUTTON M Klepněte sem\x15", "Klepněte sem"),
    ],
)
def test_codes_of_fields_are_no_text(text: str, seen: str) -> None:
    visible = _visible(text)
    assert visible.replace("\0", "") == seen
    assert len(visible) == len(text)


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [
        ("Přítomni: Říhová, Žďárská\rÚkol: řešit\r", "cp1250", CZECH),
        ("Přítomni: Říhová, Žďárská, Kučerová\r", "cp1250", ENGLISH),
        ("Été à Genève\r", "cp1252", 0x040C),
        ("Установка и запуск\r", "cp1251", ENGLISH),
    ],
)
@pytest.mark.parametrize("ident", [0xA5DC, 0xA699])
def test_word_6(make_compound: MakeCompound, text: str, encoding: str, language: int, ident: int) -> None:
    streams = {"WordDocument": word_6(text, encoding, language, ident)}
    assert doc.read(Source(make_compound("a.doc", streams))).text == text.strip().replace("\r", "\n")


def test_word_2_is_no_compound_file(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(word_6("Zápis z roku 1993: přítomni\r", "cp1250", CZECH, 0xA5DB))
    extract = read(path)
    assert (extract.mime, extract.text) == ("application/msword", "Zápis z roku 1993: přítomni")


def test_password(make_compound: MakeCompound) -> None:
    path = make_compound("a.doc", word_97([("tajné", "utf-16-le")], flags=0x100))
    extract = read(path)
    assert (extract.state, extract.reason) == (TextState.ENCRYPTED, Reason.PASSWORD)


def test_table_rows_and_list_numbers_of_a_real_document(data: Path) -> None:
    text = doc.read(Source(data / "zapis.doc")).text
    assert "1. Dobrovolnictví\n2. Katalog služeb\n3. Pečovatelská služba" in text


@pytest.mark.parametrize("size", [12_000, 9000])
def test_cut_off_document_keeps_its_beginning(data: Path, tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes((data / "zapis.doc").read_bytes()[:size])
    extract = read(path)
    assert extract.state is TextState.READY
    assert "jednání pracovní skupiny Péče" in extract.text


def test_document_without_its_head_is_searched_for_text(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    content = (data / "zapis.doc").read_bytes()
    path.write_bytes(content[:512] + bytes(1024) + content[1536:])
    assert "Zapsala: Mgr. Šárka Kučerová" in read(path).text


def test_no_word_document_inside(make_compound: MakeCompound) -> None:
    path = make_compound("a.doc", {"WordDocument": bytes(5000)})
    with pytest.raises(Unreadable):
        doc.read(Source(path))
    assert read(path).reason is Reason.BROKEN
