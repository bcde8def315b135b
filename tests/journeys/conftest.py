"""The window that the journeys go through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kpss_desktop.ui.main_window import MainWindow
from tests.journeys import hands
from tests.journeys.tour import Tour


@pytest.fixture
def tour(qapp: QApplication, tmp_path: Path) -> Iterator[Tour]:
    qapp.setQuitOnLastWindowClosed(False)  # the other tests of this process need the application
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    yield Tour(window, tmp_path, lambda _name, _widget: None)
    window.close()
    hands.wait_until(lambda: not window.isVisible(), "the window closes")
    window.deleteLater()
