"""How the window fares when 5,000 files are dropped onto it, and how long Recoll needs to index the same files.

    python tests/benchmarks/bench_intake_window.py [files]

The longest pause is that of the window's own thread, measured by a timer of 5 ms from the drop until the sheet is ready
to be accepted. Recoll is asked where `recollindex` is installed, in turns with us, and the best of each is compared: a
machine is seldom the same twice.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer

import kpss_desktop.ui  # noqa: F401  # the guard of the constants comes before any Qt
from kpss_desktop.app import make_application
from kpss_desktop.archive.archive import create_archive
from kpss_desktop.model import GroupKind
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.main_window import MainWindow
from tests.journeys import hands

MINUTES = Path(__file__).resolve().parents[3] / "shared" / "minutes"
GROUPS = (("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("ŘS", GroupKind.STEERING))
KPSS = (sys.executable, "-c", "import sys; from kpss_desktop.cli import main; sys.exit(main())")
_TICK = 0.005  # seconds
_TURNS = 2


class Pauses:
    """The gaps between ticks of the window's thread."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.over: list[float] = []
        self._began = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=int(_TICK * 1000))
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to measure."""
        self._began = self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """End it."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        gap = now - self._last - _TICK
        self.longest = max(self.longest, gap)
        if gap > 0.1:
            self.over.append(round(now - self._began, 2))
        self._last = now


def make_drop(folder: Path, amount: int) -> None:
    """Papers of the sample drive over and over, each with a day and bytes of its own."""
    originals = sorted(path for path in (MINUTES / "drive" / "disk").rglob("*") if path.is_file())
    for number, original in zip(range(amount), itertools.cycle(originals), strict=False):
        turn = number // len(originals)
        place = folder / original.parent.name / str(2005 + turn % 15)
        place.mkdir(parents=True, exist_ok=True)
        group = original.parent.name.rpartition(" ")[2]
        name = f"{original.name.split()[0]} PS {group} {turn % 28 + 1}. {number % 12 + 1}. {2005 + turn % 15}"
        (place / f"{name} {number}{original.suffix}").write_bytes(original.read_bytes() + f"\n{number}".encode())


def in_the_window(folder: Path, drop: Path, amount: int) -> None:
    """Drop onto the real window, and measure until the sheet can be accepted."""
    create_archive(folder, GROUPS).close()
    application = make_application(["kpss-desktop"])
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    window.entry.go(folder)
    hands.wait_until(lambda: window.entry.workplace is not None, "the archive opens")
    hands.pause(500)
    pauses = Pauses()
    pauses.start()
    began = time.perf_counter()
    hands.drop(window, [drop])
    sheet = hands.shown(IntakeSheet, window)
    shown = time.perf_counter() - began
    hands.wait_until(lambda: sheet.rows.rowCount() > 0, "the first rows")
    first = time.perf_counter() - began
    while sheet.rows.rowCount() < amount:
        hands.pause(20)
    named = time.perf_counter() - began
    while sheet.busy:
        hands.pause(50)
    ready = time.perf_counter() - began
    pauses.stop()
    print(
        f"  the sheet is there after {shown:.2f} s, its first rows after {first:.2f} s, all names after {named:.2f} s"
    )
    print(f"  read and ready after {ready:.2f} s ({amount / ready:.0f} files/s)")
    print(f"  longest pause of the window's thread {1000 * pauses.longest:.0f} ms, over 100 ms at {pauses.over} s")
    sheet.reject()
    hands.pause(200)
    window.close()
    hands.wait_until(lambda: not window.isVisible(), "the window closes")
    application.quit()


def processor() -> float:
    """Seconds of processors that this program and those it has started have used; a busy machine tells no others."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def by_the_command(folder: Path, drop: Path, amount: int) -> float:
    """The whole intake by `kpss import`: copy, digest, recognise, read, index; seconds."""
    create_archive(folder, GROUPS).close()
    began, used = time.perf_counter(), processor()
    done = subprocess.run([*KPSS, "--archive", folder, "import", drop], check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    print(f"  whole intake {seconds:.1f} s ({amount / seconds:.0f} files/s), of processors {processor() - used:.1f} s")
    print(f"    {done.stdout.splitlines()[-1]}")
    return seconds


def by_recoll(folder: Path, drop: Path, amount: int) -> float | None:
    """The same files indexed by Recoll alone; seconds, None where it is missing."""
    program = shutil.which("recollindex")
    if program is None:
        print("  skipped: recollindex is not installed")
        return None
    folder.mkdir()
    (folder / "recoll.conf").write_text(f"topdirs = {drop}\n", encoding="utf-8")
    began, used = time.perf_counter(), processor()
    subprocess.run([program, "-c", str(folder)], check=False, capture_output=True)
    seconds = time.perf_counter() - began
    print(f"  recollindex {seconds:.1f} s ({amount / seconds:.0f} files/s), of processors {processor() - used:.1f} s")
    return seconds


def run(folder: Path, amount: int) -> None:
    """All figures."""
    os.environ["KPSS_DATA_DIR"] = str(folder / "data")
    if not MINUTES.is_dir():
        print(f"no samples at {MINUTES}")
        return
    make_drop(folder / "drop", amount)
    print(f"\n{amount} files in one drop")
    _let_the_disk_rest()
    in_the_window(folder / "window", folder / "drop", amount)
    ours, theirs = [], []
    for turn in range(_TURNS):
        _let_the_disk_rest()
        ours.append(by_the_command(folder / f"alone {turn}", folder / "drop", amount))
        _let_the_disk_rest()
        theirs.append(by_recoll(folder / f"recoll {turn}", folder / "drop", amount))
    if best := [seconds for seconds in theirs if seconds is not None]:
        print(f"  the best of ours takes {min(ours) / min(best):.2f} times as long as the best of recollindex")


def _let_the_disk_rest() -> None:
    """Nobody pays for what was written before him."""
    if hasattr(os, "sync"):
        os.sync()


def test_a_drop_onto_the_window(tmp_path: Path) -> None:
    """For `make bench`; KPSS_BENCH_DROP sets how many."""
    run(tmp_path, int(os.environ.get("KPSS_BENCH_DROP", "5000")))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        run(Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
