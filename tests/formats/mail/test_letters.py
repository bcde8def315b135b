from __future__ import annotations

import email.message
import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats.mail.attachments import take_apart
from kpss_desktop.formats.mail.msg import unpack_rtf
from kpss_desktop.formats.read import read
from kpss_desktop.model import TextState

if TYPE_CHECKING:
    from pathlib import Path

    from tests.formats.conftest import MakeCompound


def test_eml(tmp_path: Path) -> None:
    letter = email.message.EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Pozvánka na jednání", "Říhová <r@mesto.cz>", "ps@mesto.cz"
    letter["Date"] = "Thu, 16 Jan 2020 08:30:00 +0100"
    letter.set_content("Zveme Vás.\n")
    letter.add_alternative("<p>Zveme Vás.</p>", subtype="html")
    letter.add_attachment(b"abc", maintype="application", subtype="msword", filename="Program jednání.doc")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(letter))
    extract = read(path)
    assert extract.text.split("\n")[0] == "Pozvánka na jednání"
    assert extract.text.count("Zveme Vás.") == 1
    assert (extract.title, extract.created) == ("Pozvánka na jednání", "2020-01-16T08:30:00+01:00")
    assert take_apart(path, path.parent)["attached"] == [["Program jednání.doc", 3]]
    assert (path.parent / "0").read_bytes() == b"abc"


def test_msg(make_compound: MakeCompound) -> None:
    streams = {
        "__properties_version1.0": bytes(32) + struct.pack("<IIQ", 0x3FFD0003, 0, 1250),
        "__substg1.0_0037001F": "Pozvánka".encode("utf-16-le"),
        "__substg1.0_0C1A001E": "Říhová".encode("cp1250"),
        "__substg1.0_1000001F": "Zveme Vás.".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "Zápis.doc".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": b"abc".ljust(5000, b"\1"),
    }
    path = make_compound("a.msg", streams)
    extract = read(path)
    assert extract.text == "Pozvánka\nŘíhová\nZveme Vás.\nZápis.doc"
    assert take_apart(path, path.parent)["attached"] == [["Zápis.doc", 5000]]


def test_compressed_body() -> None:
    """The example of [MS-OXRTFCP] 3.1.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpack_rtf(packed[:40]).startswith(b"{\\rtf1\\ansi")
    assert unpack_rtf(b"") == b""


def test_a_shared_sample_is_read(samples: Path) -> None:
    assert read(samples / "msg" / "keywords.msg").state is TextState.READY
