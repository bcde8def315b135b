"""The frozen programs start themselves as readers; such a process is no window."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("program", ["import kpss_desktop.__main__ as m", "import kpss_desktop.cli as m"])
def test_reader_is_asked_without_a_window(program: str, data: Path) -> None:
    watch = "assert not any(name.startswith('PySide6') for name in sys.modules), 'Qt'"
    code = f"import sys; {program}; {watch}; sys.exit(m.main())"
    asked = json.dumps({"id": 1, "do": "detect", "path": str(data / "zapis.docx"), "name": ""})
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--reader", "20", str(1 << 30)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(asked.encode() + b"\n")
        process.stdin.flush()
        answers = [process.stdout.readline(), process.stdout.readline()]
        process.stdin.close()
    assert answers[0] == b"\n"
    assert json.loads(answers[1])["mime"].endswith("wordprocessingml.document")
