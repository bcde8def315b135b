"""A real archive to export from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent
from kpss_desktop.ui.jobs import Jobs

GROUPS = [("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("Řídící skupina", GroupKind.STEERING)]
NAMES = (
    "Zápis PS Péče 16 1 2020.txt",
    "Zápis PS Péče 7 2 2020.txt",
    "Pozvánka PS Péče 7 2 2020.txt",
    "Zápis PS Péče a Prevence 6 3 2020.txt",
    "Zápis PS Péče 5 5 2019.txt",
    "Zápis PS Prevence 2020 01 10.txt",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of two groups with six documents of two years."""
    source = tmp_path / "zdroj"
    source.mkdir()
    for number, name in enumerate(NAMES):
        (source / name).write_text(f"Text číslo {number}\n" * (number + 1), encoding="utf-8")
    with create_archive(tmp_path / "Archiv", GROUPS) as opened:
        file_intake(opened, plan_intake(opened, [source], silent), silent)
        yield opened


@pytest.fixture
def jobs(archive: Archive) -> Iterator[Jobs]:
    """Work beside the window."""
    made = Jobs(archive)
    yield made
    made.close()
