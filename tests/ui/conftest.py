"""The guard of the constants comes before any Qt; every test of the window begins in light."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

import kpss_desktop.ui  # noqa: F401  # the guard runs when the room is imported
from kpss_desktop.ui import theme


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """The theme a test may count on."""
    theme.apply(qapp, "light")
