"""What every test stands on: no screen, its own data folder, Czech."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import hypothesis
import pytest
from PIL import Image

from kpss_desktop import i18n
from kpss_desktop.formats.helpers import installed, soffice, tesseract
from tests import scans
from tests.memory import folder_in_memory

REPOSITORY = Path(__file__).resolve().parent.parent

if sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What our own readers do is tested without the helpers of this computer, unless a test asks for them.
os.environ.setdefault("KPSS_HELPERS", "")

# How long an example takes says more of the machine than of the program. Each example of a property needs its own
# values, not its own data folder, so the fixture below may serve them all.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Benchmarks and torture leave the option out: what they measure is the disk too."""
    parser.addoption("--in-memory", action="store_true", help="keep the folders of tests in memory, where it has room")


def pytest_configure(config: pytest.Config) -> None:
    """Most of the time of tests that write is spent in waiting until the disk has it."""
    memory = folder_in_memory() if config.getoption("--in-memory") else None
    if memory is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))  # where pytest makes all its temporary folders


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


@pytest.fixture
def with_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scans may be given to tesseract in this test."""
    if tesseract.find() is None:
        pytest.skip("tesseract with its Czech data is not here: apt install tesseract-ocr tesseract-ocr-ces")
    monkeypatch.setenv(installed.SWITCH, "ocr")


@pytest.fixture
def with_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents may be given to LibreOffice in this test."""
    if soffice.find() is None:
        pytest.skip("LibreOffice is not here: apt install libreoffice-writer-nogui libreoffice-calc-nogui")
    monkeypatch.setenv(installed.SWITCH, "office")


@pytest.fixture(scope="session")
def scan() -> Image.Image:
    """A page of Czech minutes, `scans.TEXT`."""
    try:
        return scans.draw_scan()
    except OSError:
        pytest.skip(f"the font {scans.FONT} is not here: apt install fonts-dejavu-core")
