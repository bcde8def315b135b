"""The `kpss` command run here, and what it said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kpss_desktop.cli import main
from kpss_desktop.resources import resource


@dataclass(frozen=True)
class Said:
    """What a run of the command gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON lines of a good run."""
        assert self.err == ""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Kpss:
    """The command with its archive."""

    folder: Path
    run: Callable[..., Said]

    def __call__(self, *arguments: object) -> Said:
        return self.run("--archive", self.folder, *arguments)

    def json(self, *arguments: object) -> list[dict[str, Any]]:
        """The lines of a run that must go well."""
        said = self("--json", *arguments)
        assert said.code == 0, said
        return said.lines

    def refuses(self, *arguments: object) -> str:
        """The one sentence of a run that cannot do what is asked."""
        said = self(*arguments)
        assert said.code == 1, said
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert "Traceback" not in said.err
        return said.err.strip()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the command in this process."""

    def ran(*arguments: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as error:
            code = int(str(error.code))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return ran


@pytest.fixture
def kpss(tmp_path: Path, run: Callable[..., Said]) -> Kpss:
    """The command with an empty archive of the groups Péče, Prevence and ŘS."""
    made = Kpss(tmp_path / "Archiv", run)
    assert made("init", "--group", "Péče", "--group", "Prevence", "--steering", "ŘS").code == 0
    return made


@pytest.fixture
def page() -> Path:
    """A folder with four real minutes, as a town has them on its page."""
    return resource("sample") / "Zápisy 2020"


@pytest.fixture
def filled(kpss: Kpss, page: Path) -> Kpss:
    """The same with the four minutes of the town's page."""
    kpss.json("import", page)
    return kpss
