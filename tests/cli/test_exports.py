"""What leaves the archive: a year, a bundle, a list, in the language of the settings."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop import settings

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss


def test_export_year(filled: Kpss, tmp_path: Path) -> None:
    (pece,) = filled.json("export", "year", "Péče", "2020", "--output", tmp_path / "ven")
    (prevence,) = filled.json("export", "year", "PS Prevence", "2020", "--output", tmp_path / "ven" / "p.zip")
    assert Path(pece["output"]).name == "Pracovní skupina Péče - 2020.zip"
    assert (pece["files"], prevence["files"]) == (3, 2)
    for made in (pece, prevence):
        with zipfile.ZipFile(made["output"]) as packed:
            assert "Zápis PS Péče a Prevence 6 3.doc" in packed.namelist()
    (again,) = filled.json("export", "year", "Péče", "2020", "--output", tmp_path / "znovu")
    assert again["sha256"] == pece["sha256"]
    filled.refuses("export", "year", "Péče", "1999")
    filled.refuses("export", "year", "Nikdo", "2020")


@pytest.mark.parametrize("name", ["b.zip", "l.csv"])
def test_what_a_killed_export_left_is_removed_by_the_next_one(filled: Kpss, tmp_path: Path, name: str) -> None:
    out = tmp_path / "ven"
    out.mkdir()
    left, running = (out / f".{digit * 32}.part" for digit in "ab")
    foreign = out / ".stahování.part"
    for path in (left, running, foreign):
        path.write_bytes(b"half")
    for path in (left, foreign):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    filled.json("export", "bundle" if name == "b.zip" else "list", "Péče", "--output", out / name)
    assert {path.name for path in out.iterdir()} == {name, running.name, foreign.name}


def test_a_bundle_is_named_by_its_title_as_far_as_a_file_can_be(filled: Kpss, tmp_path: Path) -> None:
    (made,) = filled.json("export", "bundle", "skupina:Péče", "--output", tmp_path, "--title", "Rada 1/2020")
    assert Path(made["output"]) == tmp_path / "Rada 1_2020.zip"


def test_what_is_exported_speaks_the_language_of_the_settings(filled: Kpss, tmp_path: Path) -> None:
    settings.save(settings.Settings(language="en"))
    filled.json("export", "bundle", "skupina:Péče", "--output", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        contents = packed.read("Contents.html").decode()
    assert '<html lang="en">' in contents
    assert "<th>Groups</th>" in contents
    filled.json("export", "list", "skupina:Péče", "--output", tmp_path / "l.html")
    listed = (tmp_path / "l.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in listed
    assert "<td>minutes</td>" in listed
    settings.save(settings.Settings(language="cs"))
    filled.json("export", "list", "skupina:Péče", "--output", tmp_path / "l.html")
    assert '<html lang="cs">' in (tmp_path / "l.html").read_text(encoding="utf-8")


def test_export_bundle(filled: Kpss, tmp_path: Path) -> None:
    (made,) = filled.json("export", "bundle", "skupina:Péče", "--output", tmp_path / "b.zip", "--title", "Pro radu")
    assert made["files"] == 3
    with zipfile.ZipFile(made["output"]) as packed:
        assert packed.namelist()[0] == "Obsah.html"
    filled.refuses("export", "bundle", "nic takového tu není", "--output", tmp_path / "c.zip")
    assert not (tmp_path / "c.zip").exists()
