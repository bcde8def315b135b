"""A list of documents as a table."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.exporting.listing import ListWords, export_list
from kpss_desktop.archive.search import searching
from kpss_desktop.errors import NothingToExport
from kpss_desktop.model import Kind

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


@pytest.fixture
def filled(desk: Desk, inbox: Path) -> Desk:
    for name in ("Zápis PS Péče 16. 1. 2020.txt", "Zápis PS Prevence 2. 2. 2019.txt"):
        (inbox / name).write_text(name, encoding="utf-8")
    desk.take(inbox)
    return desk


def test_a_table_that_calculates_nothing(filled: Desk, tmp_path: Path) -> None:
    document = filled.one("Zápis PS Péče 16. 1. 2020.txt")
    editing.edit(filled.archive, [document.id], Edit(title='=HYPERLINK("x";"y")', note="-1\nřádka; druhá"))
    editing.tag(filled.archive, [document.id], "@tag")
    ids = searching.ids_of(filled.archive)
    words = ListWords(kinds={Kind.MINUTES: "zápis"})
    made = export_list(filled.archive, ids, tmp_path / "seznam.csv", words=words)
    data = (tmp_path / "seznam.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfDatum;")
    assert (made.files, made.bytes) == (2, len(data))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1] == [
        "16. 1. 2020", "'=HYPERLINK(\"x\";\"y\")", "zápis", "Péče", "'@tag", "'-1\nřádka; druhá",
        "Péče/2020/Zápis PS Péče 16. 1. 2020.txt",
    ]  # fmt: skip
    assert rows[2][:4] == ["2. 2. 2019", "Zápis PS Prevence 2. 2. 2019", "zápis", "Prevence"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(filled: Desk, tmp_path: Path, sign: str) -> None:
    document = filled.one("Zápis PS Péče 16. 1. 2020.txt")
    editing.edit(filled.archive, [document.id], Edit(title=f"{sign}1+1", note=f"{sign}cmd|' /C calc'!A0"))
    export_list(filled.archive, [document.id], tmp_path / "seznam.csv")
    text = (tmp_path / "seznam.csv").read_text(encoding="utf-8-sig")
    assert f";{sign}" not in text
    assert text.count(f";'{sign}") == 2


def test_a_page_is_only_text(filled: Desk, tmp_path: Path) -> None:
    document = filled.one("Zápis PS Péče 16. 1. 2020.txt")
    editing.edit(filled.archive, [document.id], Edit(title="<script>alert(1)</script>"))
    export_list(filled.archive, [document.id], tmp_path / "seznam.HTML", title="Dotace & dluhy")
    page = (tmp_path / "seznam.HTML").read_text(encoding="utf-8")
    assert "<h1>Dotace &amp; dluhy</h1>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page


def test_nothing_is_no_list(filled: Desk, tmp_path: Path) -> None:
    with pytest.raises(NothingToExport):
        export_list(filled.archive, ["nikdo"], tmp_path / "seznam.csv")
    assert not (tmp_path / "seznam.csv").exists()
