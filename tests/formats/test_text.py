from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpss_desktop.formats.archives import read_zip
from kpss_desktop.formats.encodings import characters, decode, encoding_of
from kpss_desktop.formats.html import told
from kpss_desktop.formats.read import read
from kpss_desktop.formats.source import Source
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = [
    "Zápis z jednání pracovní skupiny Péče konaného dne 16. ledna 2020",
    "Přítomni: Hájková, Říhová, Žďárská; omluvena Šárka Kučerová",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "ŽÁDOST O PŘÍSPĚVEK",
    "Jiří Novák;Liberec;Košická 12",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859-2", "cp852"]
)
def test_encodings_are_told_by_czech_letters(sentence: str, encoding: str) -> None:
    assert decode(sentence.encode(encoding)).lstrip("\ufeff") == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_code_page_of_kamenicky(sentence: str) -> None:
    raw = bytes(characters(bytes(range(256)), "kamenicky").index(char) for char in sentence)
    assert encoding_of(raw) == "kamenicky"
    assert decode(raw) == sentence


def test_text602(tmp_path: Path) -> None:
    path = tmp_path / "ZAPIS.602"
    text = "@CT 1\r\n@LM 8\r\n@HE Město\r\n\x02Zápis\x02 z jednání\r\n.PA\r\nPřítomni: \x0b\r\n".encode("cp852")
    path.write_bytes(text.replace(b"\x0b", b"H\xa0jkov\xa0, \x8d\nNov\xa0kov\xa0") + b"\x1a\0\0")
    extract = read(path)
    assert extract.mime == "application/x-t602"
    assert extract.text == "Zápis z jednání\nPřítomni: Hájková, Nováková\nMěsto"


def test_cut_off_letter_is_still_utf8() -> None:
    raw = ("Příloha k zápisu. " * 20).encode() + "ř".encode()[:1]
    assert encoding_of(raw) == "utf-8"


def test_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("jedna\r\ndvě\rtři\n".encode("cp1250"))
    assert read(path).text == "jedna\ndvě\ntři\n"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<html><head><title>T</title><style>x</style></head><body><p>Péče</p><script>y</script>a<br>b", "Péče\na\nb"),
        ("<table><tr><td>Jméno</td><td>Obec</td></tr><tr><td>a</td></tr></table>", "Jméno\tObec\na"),
        ("<p>jedno&nbsp;slovo &amp; <b>dru</b>hé\n  dál", "jedno\u00a0slovo & druhé dál"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1250"])
def test_pages(page: str, text: str, encoding: str) -> None:
    assert told(page.encode(encoding)).text == text


@pytest.mark.parametrize("declared", ["windows-1250", "utf-8", "iso-8859-1", "neexistuje"])
def test_a_page_that_declares_its_encoding_wrong(declared: str) -> None:
    page = f'<meta charset="{declared}"><title>Zápis</title><p>Přítomni: Říhová, Žďárská</p>'
    found = told(page.encode("cp1250"))
    assert (found.title, found.text) == ("Zápis", "Přítomni: Říhová, Žďárská")


def test_html_named_doc(tmp_path: Path) -> None:
    path = tmp_path / "Zápis.doc"
    path.write_bytes('<html><body><p class="MsoNormal">Zápis č. 5</p></body></html>'.encode("cp1250"))
    extract = read(path)
    assert (extract.mime, extract.text) == ("text/html", "Zápis č. 5")


def test_pictures_are_scans(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    extract = read(path)
    assert (extract.mime, extract.state, extract.reason) == ("image/png", TextState.EMPTY, Reason.SCAN)


@pytest.mark.parametrize("encoding", ["cp852", "cp1250", "utf-8"])
def test_names_in_a_zip(tmp_path: Path, encoding: str) -> None:
    """Written by hand: Python itself marks such names as UTF-8."""
    names = ["Zápis PS Péče 26. 2. 2019.doc", "Zápis ŘS 9. 11. 2019.doc", "Pozvánka.doc"]
    local, central = b"", b""
    for name in names:
        raw = name.encode(encoding)
        size = len(raw).to_bytes(2, "little")
        central += b"PK\x01\x02\x14\0\x14\0" + bytes(20) + size + bytes(12) + len(local).to_bytes(4, "little") + raw
        local += b"PK\x03\x04\x14\0" + bytes(20) + size + bytes(2) + raw
    count = len(names).to_bytes(2, "little")
    end = b"PK\x05\x06" + bytes(4) + count * 2 + len(central).to_bytes(4, "little") + len(local).to_bytes(4, "little")
    path = tmp_path / "a.zip"
    path.write_bytes(local + central + end + bytes(2))
    assert read_zip(Source(path)).text.split("\n") == names
