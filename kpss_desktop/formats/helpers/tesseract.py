"""The tesseract program: where it is, and what it recognises on one picture of a page."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PAGE_SECONDS = 60.0
"""A page of minutes takes one or two."""

_LANGUAGE = "ces"  # with any other data four words of five come out wrong
_ORIENTATION = "osd"
_PLACES = (
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
    r"C:\Program Files (x86)\Tesseract-OCR\tesseract.exe",
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
)
_SURE = 40.0  # per cent a line; photographs, logos and stamps yield lines that tesseract itself does not believe in
_LEVEL_WORD = "5"


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract that knows Czech; `turns` when it can tell how a page is turned."""

    program: str
    version: str
    turns: bool

    @property
    def mark(self) -> str:
        """What tells it from another version of itself."""
        return f"{self.version} {_LANGUAGE}{'+' + _ORIENTATION if self.turns else ''}"


def find() -> Tesseract | None:
    """The tesseract of this computer; None when there is none or its Czech data are missing."""
    program = shutil.which("tesseract") or next((place for place in _PLACES if Path(place).is_file()), None)
    if program is None:
        return None
    return _asked(program, Path(program).stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _asked(program: str, _changed: int) -> Tesseract | None:
    languages = _output(program, "--list-langs").split()
    if _LANGUAGE not in languages:
        return None
    version = _output(program, "--version").partition("\n")[0].strip()
    return Tesseract(program, version, _ORIENTATION in languages)


def _output(program: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  (an installed program, no shell)
            [program, option],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=10,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def recognise(engine: Tesseract, page: bytes, dpi: int | None = None) -> str:
    """The text of one page, line by line; "" when nothing on it looks like words or it takes too long.

    `page` is a picture as a PNG, `dpi` its resolution when that is known.
    """
    command = [engine.program, "stdin", "stdout", "-l", _LANGUAGE, "--psm", "1" if engine.turns else "3"]
    command += ["--dpi", str(dpi)] if dpi else []
    try:
        done = subprocess.run(  # noqa: S603  (an installed program, no shell)
            [*command, "tsv"],
            input=page,
            capture_output=True,
            timeout=PAGE_SECONDS,
            check=False,
            # As many pages are read at once as there are processors; more threads only get in each other's way.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return ""
    return _lines(done.stdout.decode("utf-8", "replace"))


def _lines(table: str) -> str:
    """The words of tesseract's table put into lines, with an empty line between paragraphs."""
    lines: dict[tuple[str, ...], list[tuple[float, str]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) >= 12 and cells[0] == _LEVEL_WORD and cells[11].strip():
            lines.setdefault(tuple(cells[1:5]), []).append((float(cells[10]), cells[11]))
    text, paragraph = "", None
    for place, words in lines.items():
        if sum(sure for sure, _word in words) >= _SURE * len(words):
            text += "" if not text else "\n" if place[:3] == paragraph else "\n\n"
            text += " ".join(word for _sure, word in words)
            paragraph = place[:3]
    return text
