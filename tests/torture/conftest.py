"""What all trials share: how much of them is made, on which disk, and where their figures go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.torture import layer

Say = Callable[[str], None]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPSS_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def share() -> int:
    """Of how many disasters one is tried; SHARE=1 tries all."""
    return int(os.environ.get("SHARE", "1"))


@pytest.fixture(scope="session")
def say() -> Say:
    """Print a figure, whatever captures the output."""

    def to_terminal(text: str) -> None:
        sys.__stdout__.write(f"\n{text}\n")  # type: ignore[union-attr]  # there is one under pytest

    return to_terminal


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder for worlds that come and go."""
    with layer.quick_folder(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fault layer, compiled."""
    made = layer.compiled(tmp_path_factory.mktemp("layer"))
    if made is None:
        pytest.skip("no C compiler for the fault layer; tests/archive/test_faults.py is the short form without it")
    return made
