from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpss_desktop.formats.binary_dump import is_binary_dump
from kpss_desktop.formats.read import read
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from pathlib import Path

MINUTES = {
    "zapis.doc": ("Zápis z jednání pracovní skupiny Péče", "Mgr. Šárka Kučerová", "1. Dobrovolnictví"),
    "zapis.docx": ("Zápis z jednání pracovní skupiny Prevence", "Žďárská", "1. Dobrovolnictví"),
    "zapis.odt": ("Zápis z jednání pracovní skupiny Péče", "1. Plnění komunitního plánu", "29. září 2020"),
    "zapis.pdf": ("Přítomni: dle prezenční listiny", "Mgr. Petra Dvořáková", "Zjistit možnosti financování"),
    "pozvanka.rtf": ("Pozvánka na jednání PS Prevence", "Zveme Vás", "26. 10. 2020 ve 14:00"),
    "prezencni_listina.docx": ("Jméno\tOrganizace\tPodpis",),
}


@pytest.mark.parametrize("name", sorted(MINUTES))
def test_czech_minutes_are_read_in_every_format(data: Path, name: str) -> None:
    extract = read(data / name)
    assert extract.state is TextState.READY
    for words in MINUTES[name]:
        assert words in extract.text


def test_the_document_says_its_title(data: Path) -> None:
    assert read(data / "zapis.doc").title == "Zápis z jednání pracovní skupiny Péče"
    assert read(data / "zapis.pdf").pages == 1


@pytest.mark.parametrize("name", sorted(MINUTES))
def test_a_wrong_name_does_not_matter(data: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "soubor.xls"
    copy.write_bytes((data / name).read_bytes())
    assert read(copy, "dopis.jpg").text == read(data / name).text


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.doc").touch()
    extract = read(tmp_path / "a.doc")
    assert (extract.state, extract.reason) == (TextState.EMPTY, Reason.EMPTY_FILE)


def test_missing_file(tmp_path: Path) -> None:
    extract = read(tmp_path / "neni.doc")
    assert (extract.state, extract.reason) == (TextState.FAILED, Reason.MISSING)


def test_folder_is_no_file(tmp_path: Path) -> None:
    assert read(tmp_path).reason is Reason.MISSING


def test_unknown_bytes_have_no_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * 8)
    extract = read(path)
    assert (extract.state, extract.reason) == (TextState.UNSUPPORTED, Reason.NO_READER)


def test_dump_of_a_binary_doc_is_not_indexed(tmp_path: Path) -> None:
    text = (
        "Zápis z jednání komise\nPYítomni: dle prezenční listiny, pYtomna nadpolovi ní vtaina lenk\n"
        "Komise projednala ~ádosti a doporu uje sdru~ení pYíspvek, v ~ádném pYípad vaak nepYekro it rozpo et.\n"
    ).replace("č", "\r")
    path = tmp_path / "zapis.doc"
    path.write_text(text, "cp1250", errors="ignore")
    extract = read(path)
    assert (extract.state, extract.reason) == (TextState.DAMAGED, Reason.BINARY_DUMP)
    assert extract.text == ""


@pytest.mark.parametrize(
    "text", ["getYear maxHeight copyYear " * 20, "Přítomni byli všichni členové, žádost byla přijata. " * 20, ""]
)
def test_other_text_is_no_dump(text: str) -> None:
    assert not is_binary_dump(text)


def test_lone_surrogates_and_nuls_are_not_handed_on(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi A\u-10000?B\'00C}")
    text = read(path).text
    assert text.encode()
    assert "\0" not in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(MINUTES)),
    cut=st.floats(0, 1),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=40),
)
def test_damaged_files_end_in_a_state_and_never_raise(
    data: Path, tmp_path: Path, name: str, cut: float, flips: list[tuple[float, int]]
) -> None:
    content = bytearray((data / name).read_bytes())
    for place, byte in flips:
        content[int(place * len(content))] = byte
    path = tmp_path / name
    path.write_bytes(content[: int(cut * len(content))])
    extract = read(path)
    assert (extract.state is TextState.READY) == bool(extract.text)
    assert (extract.state is TextState.READY) == (extract.reason is Reason.NONE)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.4\n", b"{\\rtf1", b"<html>"]
    ),
    rest=st.binary(max_size=3000),
)
def test_any_bytes_end_in_a_state(tmp_path: Path, head: bytes, rest: bytes) -> None:
    path = tmp_path / "soubor"
    path.write_bytes(head + rest)
    extract = read(path)
    assert (extract.state is TextState.READY) == (extract.reason is Reason.NONE)
