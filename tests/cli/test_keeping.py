"""Backups by the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss, Said


@pytest.fixture
def filled(kpss: Kpss, tmp_path: Path) -> Kpss:
    """One document, tagged."""
    source = tmp_path / "Zápis PS Péče 16 1 2020.txt"
    source.write_text("pečovatelská služba", encoding="utf-8")
    kpss.json("import", source)
    kpss.json("tag", "služba", "důležité")
    return kpss


def test_a_backup_is_made_and_restored(filled: Kpss, run: Callable[..., Said], tmp_path: Path) -> None:
    (made,) = filled.json("backup", "--output", tmp_path / "Záloha")
    assert (made["generation"], made["copied"]) == (1, made["files"])
    (again,) = filled.json("backup", "--output", tmp_path / "Záloha")
    assert (again["generation"], again["copied"]) == (2, 0)
    (back,) = run("--json", "restore", tmp_path / "Záloha", "--output", tmp_path / "Zpět").lines
    assert (back["archive"], back["files"]) == (str(tmp_path / "Zpět"), made["files"])
    listed = run("--json", "--archive", tmp_path / "Zpět", "list").lines
    assert listed == filled.json("list")
    assert run("--archive", tmp_path / "Zpět", "verify").code == 0


def test_restore_says_what_differs(filled: Kpss, tmp_path: Path) -> None:
    filled.json("backup", "--output", tmp_path / "Záloha")
    filled.json("set", "služba", "title=Jinak")
    _, differs = filled.json("restore", tmp_path / "Záloha", "--output", tmp_path / "Zpět")
    assert (differs["difference"], differs["fields"]) == ("changed", ["title"])


def test_what_cannot_be_done_is_one_sentence(filled: Kpss, tmp_path: Path) -> None:
    assert "Záloha" in filled.refuses("restore", tmp_path / "Záloha", "--output", tmp_path / "Zpět")
    assert str(filled.folder) in filled.refuses("backup", "--output", filled.folder / "v archivu")
    filled.json("backup", "--output", tmp_path / "Záloha")
    assert str(filled.folder) in filled.refuses("restore", tmp_path / "Záloha", "--output", filled.folder)
    (listing,) = (tmp_path / "Záloha" / "data" / "Péče" / "2020").iterdir()
    listing.write_bytes(b"rotten")
    assert listing.name in filled.refuses("restore", tmp_path / "Záloha", "--output", tmp_path / "Zpět")
    assert not (tmp_path / "Zpět").exists()
    assert filled("backup").code == 2


def test_verify_repairs_when_it_is_asked_to(filled: Kpss, tmp_path: Path) -> None:
    filled.json("backup", "--output", tmp_path / "Záloha")
    (document,) = filled.json("list")
    path = filled.folder / document["path"]
    path.rename(filled.folder / "jinam.txt")
    assert "jinam.txt" in filled("verify").out
    (repaired,) = filled.json("verify", "--repair")
    assert (repaired["kind"], repaired["other"], repaired["repair"]) == ("moved", "jinam.txt", "relink")
    (filled.folder / "jinam.txt").unlink()
    (found,) = filled("--json", "verify").out.splitlines()
    assert '"missing"' in found
    (repaired,) = filled.json("verify", "--repair", "--backup", tmp_path / "Záloha")
    assert repaired["repair"] == "restore"
    assert filled("verify").code == 0
