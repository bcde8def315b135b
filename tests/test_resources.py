from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpss_desktop import resources


def test_a_checkout_has_its_files_beside_the_package() -> None:
    path = resources.resource("icons", "kpss-desktop.svg")
    assert path.read_text(encoding="utf-8").startswith("<svg")
    assert resources.resource("icons").is_dir()


def test_a_misspelt_name_is_told_at_once() -> None:
    with pytest.raises(FileNotFoundError, match=r"serach\.svg"):
        resources.resource("icons", "serach.svg")


@pytest.mark.parametrize("place", ["installed/kpss_desktop/_resources", "resources"])
def test_an_installed_package_has_them_inside(tmp_path: Path, place: str) -> None:
    package = tmp_path / ("installed" if place.startswith("installed") else ".") / "kpss_desktop"
    package.mkdir(parents=True)
    for name in ("__init__.py", "resources.py"):
        shutil.copy(Path(resources.__file__).with_name(name), package)
    (tmp_path / place).mkdir()
    (tmp_path / place / "proof.txt").write_text("here", encoding="utf-8")
    code = "from kpss_desktop.resources import resource; print(resource('proof.txt').read_text())"
    run = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(package.parent)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "here\n"


def test_a_frozen_program_has_them_where_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kpss_desktop" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    resources.root.cache_clear()
    try:
        assert resources.root() == tmp_path / "kpss_desktop" / "_resources"
    finally:
        resources.root.cache_clear()
