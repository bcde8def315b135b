"""What every test stands on: no screen, its own data folder, Czech."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import hypothesis
import pytest

from kpss_desktop import i18n

REPOSITORY = Path(__file__).resolve().parent.parent

if sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long an example takes says more of the machine than of the program. Each example of a property needs its own
# values, not its own data folder, so the fixture below may serve them all.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def data_dir(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's data folder of this test alone; also for the processes that the test starts."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("KPSS_DATA_DIR", str(folder))
    monkeypatch.setenv("LANGUAGE", "cs")
    i18n.activate("cs")
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The samples that lie beside the checkout."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder `shared` with samples does not lie beside the checkout")
    return folder
