"""What is taken in: a line for each file, a dry run that says the same, and what a text is made of."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss, Said
JOINT = "Péče/2020/Zápis PS Péče a Prevence 6 3.doc"


def drop_ids(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in line.items() if name != "id"} for line in lines]


def test_init_tells_what_it_made(tmp_path: Path, run: Callable[..., Said]) -> None:
    said = run("--archive", tmp_path / "A", "--json", "init", "--group", "Péče", "--steering", "ŘS")
    (line,) = said.lines
    assert line["archive"] == str(tmp_path / "A")
    assert line["groups"] == ["Péče", "ŘS"]
    again = run("--archive", tmp_path / "A", "init")
    assert (again.code, again.out, again.err.count("\n")) == (1, "", 1)


def test_import_says_a_line_for_each_file(kpss: Kpss, page: Path) -> None:
    lines = kpss.json("import", page)
    assert [line["state"] for line in lines] == ["filed"] * 4
    by_path = {line["path"]: line for line in lines}
    assert by_path[JOINT]["groups"] == ["Péče", "Prevence"]
    assert (by_path[JOINT]["date"], by_path[JOINT]["date_inferred"]) == ("2020-03-06", True)
    assert {(line["date"], line["date_inferred"]) for line in lines if line["path"] != JOINT} == {
        ("2020-01-10", False), ("2020-01-16", False), ("2020-02-07", False),
    }  # fmt: skip
    assert all(line.keys() >= {"source", "id", "kind", "year", "reason"} for line in lines)
    again = kpss.json("import", page)
    assert [line["state"] for line in again] == ["duplicate"] * 4
    assert {line["id"] for line in again} == {line["id"] for line in lines}
    assert len(kpss.json("list")) == 4


def test_a_dry_run_says_the_same_and_does_nothing(kpss: Kpss, page: Path) -> None:
    said = kpss.json("import", "--dry-run", page)
    assert [line["state"] for line in said] == ["filed"] * 4
    assert {line["date"] for line in said} == {"2020-01-10", "2020-01-16", "2020-02-07", "2020-03-06"}
    assert kpss.json("list") == []


def test_a_dry_run_tells_a_reader_what_to_look_at(kpss: Kpss, tmp_path: Path) -> None:
    for name in ("6. 3. 2020", "7 5", "bez data"):
        (tmp_path / f"Zápis PS Péče {name}.txt").write_text(name, encoding="utf-8")
    (tmp_path / "Zápis PS Senioři 8. 4. 2020.txt").write_text("x", encoding="utf-8")
    sure, inferred, undated, unknown = sorted(kpss("import", "--dry-run", *tmp_path.glob("*.txt")).out.splitlines())
    assert sure.endswith("→ zápis, Péče, 6. 3. 2020")
    assert inferred.endswith("→ zápis, Péče, 7. 5. 2020 (odvozené datum)")
    assert undated.endswith("→ zápis, Péče (bez data)")
    assert unknown.endswith("→ zápis, Senioři, 8. 4. 2020 (nová skupina)")
    assert all(line.startswith("bude zařazen: ") for line in (sure, inferred, undated, unknown))


def test_group_and_year_can_be_said(kpss: Kpss, tmp_path: Path) -> None:
    (tmp_path / "Zápis 6 3.txt").write_text("zápis", encoding="utf-8")
    (line,) = kpss.json("import", "--group", "prevence", "--year", "2015", tmp_path / "Zápis 6 3.txt")
    assert (line["path"], line["date"]) == ("Prevence/2015/Zápis 6 3.txt", "2015-03-06")
    assert "Nikdo" in kpss.refuses("import", "--group", "Nikdo", tmp_path / "Zápis 6 3.txt")


def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(kpss: Kpss, tmp_path: Path) -> None:
    (tmp_path / "dobrý.txt").write_text("a", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "zlý.zip", "w") as packed:
        packed.writestr("../venku.txt", "evil")
        packed.writestr("uvnitř.txt", "good")
    said = kpss("--json", "import", tmp_path / "dobrý.txt", tmp_path / "není.doc", tmp_path / "zlý.zip")
    assert said.code == 1
    lines = {line["source"].rpartition("/")[2]: line for line in map(json.loads, said.out.splitlines())}
    assert {name: line["state"] for name, line in lines.items()} == {
        "dobrý.txt": "filed", "není.doc": "failed", "venku.txt": "failed", "zlý.zip!uvnitř.txt": "filed",
        "zlý.zip": "filed",
    }  # fmt: skip
    assert lines["není.doc"]["reason"]
    assert lines["venku.txt"]["reason"]
    assert said.err.count("\n") == 2
    assert kpss("verify").code == 0


def test_recognise(run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Zápis PS Péče a Prevence 6 3 2020.doc"
    (line,) = run("--json", "recognise", "--groups", "Péče,Prevence", name).lines
    assert (line["name"], line["kind"], line["groups"], line["date"]) == (
        name,
        "minutes",
        ["Péče", "Prevence"],
        "2020-03-06",
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("Pozvánka ŘS 6 3.doc\nlogo.png\n"))
    first, second = run("--json", "recognise", "--groups", "ŘS", "-").lines
    assert (first["kind"], first["groups"], first["date"]) == ("invitation", ["ŘS"], "--03-06")
    assert (second["kind"], second["date"]) == ("logo", None)


def test_text(run: Callable[..., Said], page: Path, tmp_path: Path) -> None:
    minutes = page / "Zápis PS Péče 16 1 2020.doc"
    (line,) = run("--json", "text", minutes).lines
    assert line["mime"] == "application/msword"
    assert "Péče" in line["text"]
    assert line["error"] is None
    (tmp_path / "empty.doc").write_bytes(b"")
    said = run("text", minutes, tmp_path / "empty.doc", tmp_path / "nowhere.doc")
    assert said.code == 1
    assert said.err.count("\n") == 2
    assert "Péče" in said.out


def test_a_file_that_could_not_be_read_is_tried_again_when_asked(kpss: Kpss, tmp_path: Path) -> None:
    (tmp_path / "dobrý.txt").write_text("čitelný", encoding="utf-8")
    (tmp_path / "zlý.docx").write_bytes(b"PK\x03\x04 nothing more")
    kpss.json("import", tmp_path / "dobrý.txt", tmp_path / "zlý.docx")
    assert [line["text_state"] for line in kpss.json("read-again", "dobrý")] == ["ready"]
    said = kpss("read-again", "zlý")
    assert said.code == 1
    assert "zlý.docx: " in said.err
    assert said.err.count("\n") == 1
