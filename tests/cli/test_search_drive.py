"""Show 4: the search finds what is said of the drive, whatever the form of the words."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from kpss_desktop.cli import main
from tests.cli.conftest import Kpss, Said


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A folder with the drive in an archive and the program's data of it, made once: the tests here only read."""
    root = tmp_path_factory.mktemp("drive")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        patch.setenv("KPSS_DATA_DIR", str(root / "data"))
        command = ["--archive", str(root / "Archiv")]
        assert main([*command, "init", "--group", "Péče", "--group", "Prevence", "--steering", "ŘS"]) == 0
        assert main([*command, "import", str(shared / "minutes" / "drive")]) == 0
    return root


@pytest.fixture
def drive(imported: Path, run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> Kpss:
    monkeypatch.setenv("KPSS_DATA_DIR", str(imported / "data"))
    return Kpss(imported / "Archiv", run)


@pytest.fixture
def told(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "minutes" / "drive.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def names(lines: list[dict[str, Any]]) -> set[str]:
    """Title and date, which every copy of a document shares."""
    return {f"{line['date']} {line['title']}" for line in lines}


def wanted(told: list[dict[str, Any]], topic: str) -> set[str]:
    return {
        f"{line['date']} {Path(line['file'].rpartition('!')[2]).stem}"
        for line in told
        if topic in line.get("topics", ())
    }


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("pecovatelska sluzba", "pecovatelska"),
        ("pečovatelské služby", "pecovatelska"),
        ('"odlehčovací služby"', "odlehcovaci"),
        ('"odlehcovaci sluzba"', "odlehcovaci"),
    ],
)
def test_every_document_of_a_topic_is_found(drive: Kpss, told: list[dict[str, Any]], query: str, topic: str) -> None:
    found = names(drive.json("search", query, "--limit", "200"))
    assert len(wanted(told, topic)) > 5
    assert wanted(told, topic) - found == set()


def test_filters_narrow_what_the_words_find(drive: Kpss) -> None:
    lines = drive.json("search", "dluhy skupina:Péče rok:2019", "--limit", "200")
    joint = [line for line in lines if line["groups"] == ["Péče", "Prevence"] and line["date"] == "2019-10-07"]
    assert len(joint) == 1
    assert all("Péče" in line["groups"] and line["year"] == 2019 for line in lines)
    assert len(drive.json("search", "dluhy", "--limit", "200")) > len(lines)


def test_each_filter_alone(drive: Kpss) -> None:
    everything = drive.json("list")
    for query, fits in (
        ("rok:2018", lambda line: line["year"] == 2018),
        ("rok:2018..2019", lambda line: line["year"] in (2018, 2019)),
        ("skupina:rs", lambda line: line["groups"] == ["ŘS"]),
        ("druh:pozvánka", lambda line: line["kind"] == "invitation"),
        ("-druh:zápis", lambda line: line["kind"] != "minutes"),
        ("skupina:péče druh:zápis rok:2020", lambda line: (
            "Péče" in line["groups"] and line["kind"] == "minutes" and line["year"] == 2020
        )),
    ):  # fmt: skip
        found = drive.json("list", "--", query)
        assert found == [line for line in everything if fits(line)], query
        assert found, query
