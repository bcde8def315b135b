"""What every test stands on: no screen, its own data folder, Czech."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import hypothesis
import pytest
from PIL import Image, ImageDraw, ImageFont

from kpss_desktop import i18n
from kpss_desktop.formats import helpers, soffice, tesseract

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
    monkeypatch.setenv(helpers.SWITCH, "ocr")


@pytest.fixture
def with_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents may be given to LibreOffice in this test."""
    if soffice.find() is None:
        pytest.skip("LibreOffice is not here: apt install libreoffice-writer-nogui libreoffice-calc-nogui")
    monkeypatch.setenv(helpers.SWITCH, "office")


@pytest.fixture(scope="session")
def scanned_text() -> str:
    """What stands on the page below."""
    return """Zápis z jednání pracovní skupiny Péče
konaného dne 16. ledna 2020

Přítomni: Žaneta Šťastná, Vojtěch Čížek, Květoslava Říhová
Pečovatelská služba hlásí nedostatek pracovníků.
Usnesení č. 7/2020: skupina doporučuje schválit příspěvek.
"""


@pytest.fixture(scope="session")
def scan(scanned_text: str) -> Image.Image:
    """A page of Czech minutes as a worn office scanner gives it: A4 at 200 dpi, a little askew, grainy."""
    try:
        font = ImageFont.truetype("DejaVuSerif.ttf", 31)
    except OSError:
        pytest.skip("the font DejaVu Serif is not here: apt install fonts-dejavu-core")
    page = Image.new("L", (1654, 2339), 250)
    ImageDraw.Draw(page).multiline_text((160, 160), scanned_text, font=font, fill=20, spacing=14)
    page = page.rotate(0.7, fillcolor=245, resample=Image.Resampling.BICUBIC)
    return Image.blend(page, Image.effect_noise(page.size, 40), 0.25)
