from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.rtf import told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1250 P\'f8\'edtomni: \'d8\'edhov\'e1\par dal\'9a\'ed}", "Přítomni: Říhová\ndalší"),
        (rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}\f1 \'f8\f0\'e9}", "řé"),
        (rb"{\rtf1\ansi\ansicpg1250 \u345?\u283\'ec{\uc0\u382}{\uc2\u233ab}k}", "řěžék"),
        (rb"{\rtf1 \u-10179?\u-8704?}", "😀"),
        (b"{\\rtf1\\ansi\\ansicpg1250 P\xf8\xedloha}", "Příloha"),
        (rb"{\rtf1 a{\*\neznamy skryto}{\pict 0102}{\info{\title t}}b{\v skryto}c\emdash\~d}", "abc—\u00a0d"),
        (rb"{\rtf1 {\upr{P?loha}{\*\ud{P\u345?loha}}}}", "Přloha"),
        (rb"{\rtf1\trowd a\cell b\cell\row c\cell d\cell\row}", "a\tb\nc\td"),
        (rb"{\rtf1 a{\footnote pozn}{\header hlava}{\*\annotation kom}b}", "ab\npozn\nhlava\nkom"),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt odkaz}}\{\}\\}", "odkaz{}\\"),
        (b"{\\rtf1 a\\bin4 }}}}b{\\pict\\bin3 }}}}c}", "abc"),
        (rb"{\rtf1 {\listtext 1.\tab}bod{\deleted pryc}}", "1.\tbod"),
        (rb"{\rtf1 neuzavreno {\b tucne", "neuzavreno tucne"),
        (b"{\\rtf1 roz\r\nd\x00eleno}}}}", "rozděleno".replace("ě", "e")),
    ],
)
def test_words(rtf: bytes, text: str) -> None:
    assert told(rtf).text == text


def test_information() -> None:
    found = told(
        rb"{\rtf1\ansi\ansicpg1250{\info{\title Z\'e1pis}{\author \u344?\'edhov\'e1}{\creatim\yr2020\mo1\dy16}"
        rb"{\revtim\yr2021\mo2\dy3}{\nofpages4}}a}"
    )
    assert (found.title, found.author, found.created, found.text) == ("Zápis", "Říhová", "2020-01-16", "a")
    assert found.pages == 4


def test_a_paragraph_of_a_million_letters_fits_into_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "long.rtf"
    path.write_bytes(rb"{\rtf1\ansicpg1250 " + rb"a\'e1" * 500_000 + b"}")
    with Sandbox(1) as sandbox:
        assert len(sandbox.read(path).text) == 1_000_000
