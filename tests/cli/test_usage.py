"""Wrong and helpless calls are answered in the clerk's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop import settings

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss, Said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "chybí tyto argumenty: PŘÍKAZ"),
        (("najdi",), "neplatná volba 'najdi'"),
        (("import",), "chybí tyto argumenty: CESTA"),
        (("search",), "chybí tyto argumenty: DOTAZ"),
        (("search", "a", "--limit"), "argument --limit: očekává se jedna hodnota"),
        (("search", "a", "--limit", "-1"), "argument --limit: „-1“ není celé číslo větší než 0"),
        (("search", "a", "--limit", "0"), "„0“ není celé číslo větší než 0"),
        (("export", "year", "Péče", "loni"), "„loni“ není celé číslo větší než 0"),
        (("list", "--in", "sklep"), "neplatná volba 'sklep'"),
        (("undo", "--dvakrát"), "neznámé argumenty: --dvakrát"),
        (("backup", "--output"), "očekává se jedna hodnota"),
        (("list", "--json=ano"), "hodnota 'ano' sem nepatří"),
    ],
)
def test_wrong_usage_is_told_in_czech(run: Callable[..., Said], arguments: tuple[str, ...], sentence: str) -> None:
    said = run(*arguments)
    assert (said.code, said.out) == (2, "")
    usage, error = said.err.rstrip("\n").rsplit("\n", 1)
    assert usage.startswith("použití: kpss")
    assert ": chyba: " in error
    assert sentence in error


def test_the_help_is_in_the_language_of_the_settings(run: Callable[..., Said]) -> None:
    assert "volby:" in run("--help").out
    settings.save(settings.Settings(language="en"))
    english = run("import", "--help")
    assert english.code == 0
    assert "usage: kpss import" in english.out
    assert "PATH" in english.out
    assert "CESTA" not in english.out


def test_every_verb_explains_itself(run: Callable[..., Said]) -> None:
    listed = run("--help").out.split("PŘÍKAZ\n")[1].split("\n\n")[0]
    verbs = [line.split()[0] for line in listed.splitlines()]
    assert len(verbs) > 20
    for verb in verbs:
        said = run(verb, "--help")
        assert said.code == 0
        assert f"použití: kpss {verb}" in said.out
        assert "None" not in said.out


def test_json_and_the_archive_may_be_said_behind_the_verb_too(
    kpss: Kpss, run: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "Zápis PS Péče 16 1 2020.txt").write_text("zápis", encoding="utf-8")
    kpss.json("import", tmp_path / "Zápis PS Péče 16 1 2020.txt")
    behind = run("list", "--json", "--archive", kpss.folder)
    assert behind.lines == kpss.json("list")
    assert len(behind.lines) == 1


def test_no_option_can_be_shortened_so_scripts_outlive_new_ones(run: Callable[..., Said]) -> None:
    assert run("--arch", "x", "list").code == 2
    assert run("import", "--dry", "x").code == 2


def test_the_archive_of_the_window_is_used_unless_another_is_named(kpss: Kpss, run: Callable[..., Said]) -> None:
    assert "--archive" in run("list").err
    settings.save(settings.Settings(archive=str(kpss.folder)))
    assert run("--json", "status").lines[0]["archive"] == str(kpss.folder)
