"""A room of its own for each trial."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.hostile.watching import Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An archive with two groups, an empty inbox, and everybody watched who works here."""
    if sys.platform == "win32":
        pytest.skip("the traps have names that Windows does not let one write")
    made = Room(tmp_path / "room")
    made.prepare()
    assert made.kpss("init", "--group", "Péče", "--steering", "ŘS").code == 0
    return made
