"""Show 2, 3, 5 and 7 as a script would live them: the `kpss` command in processes of its own, on real files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-c", "import sys; from kpss_desktop.cli import main; sys.exit(main(sys.argv[1:]))"]


class Shell:
    """A place to type `kpss` in. The old code page of the shell must not matter."""

    def __init__(self, home: Path) -> None:
        self.home = home
        # Python 3.11 cannot start in the plain C locale from a folder with accents: it reads .pth files as ASCII.
        locale = "C" if sys.prefix.isascii() else "C.UTF-8"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "QT_", "PYTHONIOENCODING", "PYTHONUTF8", "DISPLAY", "WAYLAND"))
        } | {"LC_ALL": locale, "PYTHONWARNINGS": "error"}

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            capture_output=True, text=True, encoding="utf-8", timeout=110, check=False, cwd=self.home,
            env=self.environment,
        )  # fmt: skip

    def json(self, *arguments: object) -> list[dict[str, Any]]:
        """The JSON lines of a run that must go well."""
        done = self.run("--archive", "A", "--json", *arguments)
        assert (done.returncode, done.stderr) == (0, ""), done
        return [json.loads(line) for line in done.stdout.splitlines()]

    def refused(self, *arguments: object) -> str:
        """The one sentence of a run that could not do what was asked."""
        done = self.run(*arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_the_first_day_of_a_coordinator(shell: Shell, shared: Path, data_dir: Path) -> None:
    assert (
        shell.run("--archive", "A", "init", "--group", "Péče", "--group", "Prevence", "--steering", "ŘS").returncode
        == 0
    )
    lines = shell.json("import", shared / "minutes" / "seed-page")
    assert [line["state"] for line in lines] == ["filed"] * 4
    dates = {line["date"]: line["date_inferred"] for line in lines}
    assert dates == {"2020-01-10": False, "2020-01-16": False, "2020-02-07": False, "2020-03-06": True}
    (joint,) = (line for line in lines if line["date_inferred"])
    assert joint["groups"] == ["Péče", "Prevence"]
    assert [line["state"] for line in shell.json("import", shared / "minutes" / "seed-page")] == ["duplicate"] * 4
    assert len(list((shell.home / "A").rglob("*.doc"))) == 4

    (pece,) = shell.json("export", "year", "Péče", "2020")
    (prevence,) = shell.json("export", "year", "Prevence", "2020")
    assert (pece["files"], prevence["files"]) == (3, 2)
    assert Path(pece["output"]) == shell.home / "Pracovní skupina Péče - 2020.zip"
    before = Path(pece["output"]).read_bytes()
    assert shell.json("export", "year", "Péče", "2020")[0]["sha256"] == pece["sha256"]
    assert Path(pece["output"]).read_bytes() == before
    for made in (pece, prevence):
        with zipfile.ZipFile(made["output"]) as packed:
            assert joint["path"].rpartition("/")[2] in packed.namelist()

    listed = shell.json("list")
    shutil.rmtree(data_dir)
    assert shell.json("list") == listed
    shutil.copytree(shell.home / "A", shell.home / "jinde" / "B")
    copied = shell.run("--archive", shell.home / "jinde" / "B", "--json", "list")
    assert [json.loads(line) for line in copied.stdout.splitlines()] == listed
    assert shell.json("verify") == []


def test_the_drive_of_years(shell: Shell, shared: Path) -> None:
    assert (
        shell.run("--archive", "A", "init", "--group", "Péče", "--group", "Prevence", "--steering", "ŘS").returncode
        == 0
    )
    done = shell.run("--archive", "A", "import", shared / "minutes" / "drive")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(shell.json("list")) > 100
    assert len(shell.json("search", "pecovatelska sluzba")) > 5
    assert shell.json("verify") == []
    assert [line["label"] for line in shell.json("undo")] == ["import"]
    assert shell.json("list") == []
    assert shell.json("verify") == []


def test_what_cannot_be_opened_says_so_and_stays_as_it_is(shell: Shell) -> None:
    (shell.home / "není").mkdir()
    assert "není" in shell.refused("--archive", "není", "list")
    assert shell.run("--archive", "A", "init").returncode == 0
    facts = shell.home / "A" / ".kpss" / "archive.json"
    whole = facts.read_text(encoding="utf-8")
    facts.write_text(whole.replace('"format": 1', '"format": 2'), encoding="utf-8")
    for verb in (["list"], ["import", "."], ["verify"], ["rebuild"]):
        assert shell.refused("--archive", "A", *verb)
    facts.write_text("[]", encoding="utf-8")
    assert shell.refused("--archive", "A", "list")
    assert facts.read_text(encoding="utf-8") == "[]"


def test_the_command_never_loads_the_window(shell: Shell) -> None:
    script = (
        "import sys; from kpss_desktop.cli import main; main(['recognise', 'a']); "
        "print([name for name in sys.modules if 'PySide' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=shell.environment, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_has_seen_enough_is_no_trouble(shell: Shell, shared: Path) -> None:
    assert shell.run("--archive", "A", "init", "--group", "Péče").returncode == 0
    shell.json("import", shared / "minutes" / "drive" / "disk")
    with subprocess.Popen(
        [*COMMAND, "--archive", "A", "--json", "list"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=shell.home, env=shell.environment,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
    assert b"Traceback" not in complaint
    assert shell.json("verify") == []
