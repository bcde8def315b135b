"""From the start of the process to the window with its documents painted, on an archive of 10,000 documents."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

from kpss_desktop.archive.archive import create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent

DOCUMENTS = int(os.environ.get("KPSS_BENCH_DOCUMENTS", "10000"))
RUNS = 5

# Runs in a process of its own: everything from the interpreter's start counts.
START = """
import sys, time, psutil
from pathlib import Path
from kpss_desktop.app import make_application
from kpss_desktop.ui.main_window import MainWindow
from PySide6.QtCore import QTimer
application = make_application(["kpss-desktop"])
window = MainWindow()
window.show()
started = psutil.Process().create_time()
shown = []
def look():
    if not shown and window.isVisible():
        shown.append(time.time() - started)
        window.entry.go(Path(sys.argv[1]))
    place = window.entry.workplace
    if place is not None and place.table.rows.rowCount() > 0 and place.overview is not None:
        window.grab()
        print(f"{shown[0]:.3f} {time.time() - started:.3f}", flush=True)
        window.close()
    else:
        QTimer.singleShot(5, look)
QTimer.singleShot(0, look)
application.exec()
"""


def fill(folder: Path, source: Path) -> None:
    """An archive of made documents with days over thirty years."""
    source.mkdir()
    for number in range(DOCUMENTS):
        day, month, year = 1 + number % 28, 1 + number // 28 % 12, 1994 + number // 336 % 30
        name = f"Zápis PS Péče {day}. {month}. {year} č. {number}.txt"
        (source / name).write_text(f"Zápis č. {number} z jednání o pečovatelské službě.", encoding="utf-8")
    with create_archive(folder, [("Péče", GroupKind.WORKING)]) as archive:
        file_intake(archive, plan_intake(archive, [source], silent), silent)
        index_pending(archive)


def test_start_of_the_window(tmp_path: Path) -> None:
    archive = tmp_path / "Archiv"
    fill(archive, tmp_path / "source")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    frames, documents = [], []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", START, str(archive)], env=environment, capture_output=True, text=True, check=True
        )
        frame, painted = done.stdout.split()
        frames.append(float(frame))
        documents.append(float(painted))
    print(
        f"\nstart of the window, {DOCUMENTS} documents: first frame {statistics.median(frames):.2f} s, "
        f"documents painted {statistics.median(documents):.2f} s (medians of {RUNS})"
    )
    assert all(painted >= frame for frame, painted in zip(frames, documents, strict=True))
