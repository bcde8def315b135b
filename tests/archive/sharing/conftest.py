"""An archive that two computers share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.reading.indexer import index_pending
from tests.archive.sharing.minutes import NAMES

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


@pytest.fixture
def indexed(desk: Desk, inbox: Path) -> Desk:
    """Three documents whose texts have been read."""
    for number, name in enumerate(NAMES):
        (inbox / name).write_text(f"Text zápisu č. {number}: pečovatelská služba", encoding="utf-8")
    desk.take(inbox)
    index_pending(desk.archive)
    return desk


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Open a folder as another computer would: with a data folder of its own."""

    @contextmanager
    def opened(folder: Path, **options: bool) -> Iterator[Archive]:
        with monkeypatch.context() as patch:
            patch.setenv("KPSS_DATA_DIR", str(tmp_path / "jiný počítač"))
            archive = open_archive(folder, **options)
        with archive:
            yield archive

    return opened
