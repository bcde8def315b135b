"""Every verb of the contract, its JSON line, and its one sentence when it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.archive import open_archive

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss, Said

JOINT = "Péče/2020/Zápis PS Péče a Prevence 6 3.doc"
FIRST = "Péče/2020/Zápis PS Péče 16 1 2020.doc"
DOCUMENT = {
    "id", "path", "title", "kind", "groups", "date", "date_inferred", "year", "tags", "size", "sha256",
}  # fmt: skip


# --- looking ---


def test_list_gives_the_fields_of_the_contract(filled: Kpss) -> None:
    lines = filled.json("list")
    assert all(line.keys() >= DOCUMENT for line in lines)
    assert [line["date"] for line in lines] == ["2020-03-06", "2020-02-07", "2020-01-16", "2020-01-10"]
    assert [line["path"] for line in filled.json("list", "skupina:Prevence", "rok:2020")] == [
        JOINT, "Prevence/2020/Zápis PS Prevence 2020 01 10.doc",
    ]  # fmt: skip
    assert filled("list").out.count("\n") == 4


def test_search_gives_snippet_and_score(filled: Kpss) -> None:
    lines = filled.json("search", "zápis", "--limit", "2")
    assert len(lines) == 2
    assert all("ápis" in line["snippet"] for line in lines)
    assert [line["score"] for line in lines] == sorted((line["score"] for line in lines), reverse=True)
    assert filled.json("search", "slovo které nikde není") == []


# --- changing ---


def test_set_moves_the_file(filled: Kpss) -> None:
    (line,) = filled.json(
        "set", FIRST, "groups=Prevence", "date=4. 5. 2019", "title=Jiný", "kind=příloha", "note=Pozor"
    )
    assert line["path"] == "Prevence/2019/Zápis PS Péče 16 1 2020.doc"
    assert (line["groups"], line["date"], line["title"], line["kind"]) == (
        ["Prevence"],
        "2019-05-04",
        "Jiný",
        "attachment",
    )
    assert line["note"] == "Pozor"
    assert (filled.folder / line["path"]).is_file()
    (line,) = filled.json("set", line["path"], "date=", "groups=")
    assert (line["date"], line["groups"], line["path"]) == (None, [], "Společné/Zápis PS Péče 16 1 2020.doc")


def test_set_of_all_that_a_query_finds(filled: Kpss) -> None:
    assert len(filled.json("set", "skupina:Péče", "note=x")) == 3
    assert len([line for line in filled.json("list") if line["note"] == "x"]) == 3


@pytest.mark.parametrize(
    "fields",
    [
        ["date=31. 2. 2020"],
        ["kind=román"],
        ["groups=Nikdo"],
        ["colour=red"],
        ["title"],
        ["title="],
        ["note=x", "date=x"],
    ],
)
def test_set_of_what_makes_no_sense_changes_nothing(filled: Kpss, fields: list[str]) -> None:
    before = filled.json("list")
    filled.refuses("set", FIRST, *fields)
    assert filled.json("list") == before


def test_tags(filled: Kpss) -> None:
    assert len(filled.json("tag", "skupina:Péče", "dluhové poradenství")) == 3
    assert len(filled.json("list", 'štítek:"dluhové poradenství"')) == 3
    filled.json("untag", FIRST, "dluhové poradenství")
    assert len(filled.json("list", 'štítek:"dluhové poradenství"')) == 2


@pytest.mark.parametrize(
    "query",
    [
        "skupina:P", "skupina:Péče,Pre", "skupina:", "Péče skupina:", "Péče -skupina:P", "druh:zá",
        "stav:neč", "štítek:nás", "rok:202", "rok:2020..21", "Péče -rok:loni", "datum:2020..kdysi",
        "Péče -datum:kdysi", "uložené:nic", "Péče -uložené:nic", "uložené:Půl", "Péče -uložené:Půl",
        "", "(((", "Péče " * 300,
    ],
)  # fmt: skip
def test_what_could_mean_more_than_it_says_changes_and_gives_away_nothing(
    filled: Kpss, tmp_path: Path, query: str
) -> None:
    filled.json("tag", FIRST, "následuje")
    filled.json("save-search", "Půl", "skupina:P")
    before = filled.json("list")
    filled.refuses("tag", query, "nový")
    filled.refuses("untag", query, "následuje")
    filled.refuses("set", query, "kind=other")
    if query:
        filled.refuses("export", "bundle", query, "--output", tmp_path / "b.zip")
    assert filled.json("list") == before


@pytest.mark.parametrize(
    "query",
    ["skupina:PECE", "skupina:péče,prevence", "druh:zápisy", "rok:2019..", "datum:..2020", "datum:leden 2020", "Péče"],
)
def test_what_says_what_it_means_may_be_written_in_many_ways(filled: Kpss, query: str) -> None:
    assert filled.json("tag", query, "nový")


def test_a_name_that_the_archive_does_not_know_is_said_when_nothing_is_found(filled: Kpss) -> None:
    for verb in ("list", "search"):
        said = filled(verb, "uložené:nic")
        assert (said.code, said.out, said.err.count("\n")) == (0, "", 1)
        assert "„nic“" in said.err
        assert filled(verb, "skupina:Pé").err == ""
        assert filled(verb, "skupina:Péče rok:1999").err == ""


def test_rename_trash_and_restore(filled: Kpss) -> None:
    (line,) = filled.json("rename", FIRST, "Leden")
    assert line["path"] == "Péče/2020/Leden.doc"
    (line,) = filled.json("trash", line["path"])
    assert len(filled.json("list")) == 3
    (line,) = filled.json("restore-trash", line["path"])
    assert line["path"] == "Péče/2020/Leden.doc"
    assert filled("verify").code == 0


def test_undo_and_redo_of_everything(kpss: Kpss, page: Path) -> None:
    states = [kpss.json("list")]

    def step(*arguments: object) -> None:
        kpss.json(*arguments)
        states.append(kpss.json("list"))

    step("import", page)
    step("set", FIRST, "date=2018", "groups=ŘS")
    step("tag", "skupina:Péče", "a")
    step("rename", JOINT, "Společný")
    step("untag", "skupina:Péče", "a")
    step("trash", "Péče/2020/Společný.doc")
    labels = []
    for before in reversed(states[:-1]):
        labels.append(kpss.json("undo")[0]["label"])
        assert kpss.json("list") == before
        assert kpss("verify").code == 0
    assert labels == ["trash", "untag", "rename", "tag", "edit", "import"]
    kpss.refuses("undo")
    for after in states[1:]:
        kpss.json("redo")
        assert kpss.json("list") == after
        assert kpss("verify").code == 0
    kpss.refuses("redo")


# --- side by side ---

STAYING = """
import sys
from pathlib import Path
from kpss_desktop.archive.archive import open_archive
with open_archive(Path(sys.argv[1])):
    print("here", flush=True)
    sys.stdin.read()
"""


def test_a_writer_that_leaves_soon_is_waited_for_and_one_that_stays_is_named(filled: Kpss) -> None:
    with open_archive(filled.folder) as other:
        assert filled("list").code == 0
        assert other.holder is not None
        assert other.holder.host in filled.refuses("tag", FIRST, "spěchá")
    command = [sys.executable, "-c", STAYING, str(filled.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as leaving:
        assert leaving.stdin is not None
        assert leaving.stdout is not None
        leaving.stdout.readline()
        threading.Timer(0.5, leaving.stdin.close).start()
        (line,) = filled.json("tag", FIRST, "spěchá")
    assert line["tags"] == ["spěchá"]


# --- trust ---


def test_verify_names_what_is_wrong(filled: Kpss) -> None:
    assert filled.json("verify") == []
    (filled.folder / FIRST).unlink()
    (filled.folder / JOINT).write_bytes(b"changed")
    (filled.folder / "Péče" / "cizí.doc").write_bytes(b"stranger")
    said = filled("--json", "verify")
    assert said.code == 1
    found = {(line["kind"], line["path"]) for line in map(json.loads, said.out.splitlines())}
    assert found == {("missing", FIRST), ("changed", JOINT), ("orphaned", "Péče/cizí.doc")}
    assert filled("verify").code == 1


def test_rebuild_gives_the_same_list(filled: Kpss, data_dir: Path) -> None:
    filled.json("tag", FIRST, "a")
    before = filled.json("list")
    assert filled.json("rebuild") == [{"documents": 4}]
    assert filled.json("list") == before
    assert data_dir.is_dir()


# --- what goes wrong ---


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["fly"], ["import"], ["set", "x"], ["tag", "x"], ["export"], ["export", "year", "Péče"],
        ["export", "year", "Péče", "loni"], ["search"], ["search", "x", "--limit", "many"], ["--archive"],
        ["list", "--odd"],
    ],
)  # fmt: skip
def test_wrong_usage_is_2(run: Callable[..., Said], arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["trash", "nikde.doc"], ["rename", "nikde.doc", "x"], ["rename", FIRST, "a/b"],
        ["rename", FIRST, "Zápis PS Péče 7 2 2020"], ["tag", "nic takového tu není", "x"], ["tag", FIRST, " "],
        ["trash", "../../etc/passwd"], ["trash", "/etc/passwd"], ["untag", "nikde.doc", "x"], ["undo"], ["redo"],
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(filled: Kpss, arguments: list[str]) -> None:
    if arguments == ["undo"]:
        filled.json("undo")
    assert filled.refuses(*arguments)


def test_without_an_archive(tmp_path: Path, run: Callable[..., Said]) -> None:
    for folder in (tmp_path, tmp_path / "nikde"):
        for verb in (["list"], ["verify"], ["undo"], ["rebuild"], ["export", "year", "Péče", "2020"]):
            said = run("--archive", folder, *verb)
            assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    none = run("list")
    assert (none.code, none.out, none.err.count("\n")) == (1, "", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query", ['"', "skupina:", "rok:loni", "(((", "a OR", "*", "-", "druh:nic", "NEAR(", "\0", "rok:9..1"]
)
def test_no_query_is_an_error(filled: Kpss, query: str) -> None:
    assert filled("search", query).code == 0
    assert filled("list", query).code == 0
