from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import kpss_desktop.ui
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rung = Signal()
bell = Bell()
for _ in range(50_000):
    bell.setObjectName("bell")
    bell.rung.emit()
print("alive")
"""


def test_many_calls_of_qt_do_not_end_the_interpreter() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "alive\n", "")
