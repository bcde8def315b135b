"""What must hold whatever is dropped: told for a drop as a whole."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from tests.hostile import document_traps, letter_traps, pdf_traps, picture_traps, previews, text_traps, zip_traps
from tests.hostile.traps import Trap
from tests.hostile.watching import Room, Run

MOST_MEMORY = 512.0
"""Megabytes of the program and all its readers together."""

KINDS: Mapping[str, Callable[[], Iterator[Trap]]] = {
    "zips": zip_traps.traps,
    "documents": document_traps.traps,
    "letters": letter_traps.traps,
    "pictures": picture_traps.traps,
    "pdfs": pdf_traps.traps,
    "texts": text_traps.traps,
}
HEAVY = frozenset((
    "many-small-ratios.zip", "nested.zip", "nested-text.zip", "entries-65536.zip", "entries-100001.zip",
    "many-ends.zip", "ratio.zip", "bzip2-lie.zip", "lzma-lie.zip", "deflate-lie.zip", "inner-lie.zip", "words.rtf",
    "wide.docx", "attributes.html", "unclosed.html", "huge.docx", "many.docx", "cells.xlsx", "header-50mb.eml",
    "headers-1000000.eml", "folded-header.eml", "encoded-words.eml", "parameters.eml", "attachments-100000.eml",
    "parts-100000.eml", "base64-line.eml", "gigapixel.png", "text-chunks.png", "bomb.pdf", "bomb-twice.pdf",
    "bomb-text.pdf", "bomb-object.pdf", "bomb-image.pdf", "pages-100000.pdf", "many-objects.pdf", "deep-pages.pdf",
    "deep-arrays.pdf", "deep-dictionaries.pdf", "one-line.txt", "one-line-words.txt", "lines.txt",
    "distinct-words.txt", "long-field.csv", "quotes.csv", "zeros.txt", "dates.txt", "latin.txt", "combining.txt",
    "combining-unordered.txt", "formula.md", "emphasis.md", "quits.pdf", "loop.xls", "loop.ppt",
))  # fmt: skip
"""Made in more than a blink, or read in many seconds: `make torture` tries these too, each by itself."""


def drop(room: Room, traps: Iterable[Trap]) -> list[str]:
    """Write the traps into the inbox; their names."""
    names = []
    for trap in traps:
        (room.inbox / trap.name).write_bytes(trap.make())
        names.append(trap.name)
    return names


def survive(room: Room, *, limit: float) -> tuple[Run, Run]:
    """Take in the whole inbox, look at all of it, verify it; each within `limit` seconds."""
    before = _dropped(room)
    taken = room.kpss("--json", "import", room.inbox, limit=limit)
    assert taken.code in (0, 1), (taken.seconds, taken.err[-2000:])
    assert "Traceback" not in taken.err, taken.err[-2000:]
    assert taken.peak < MOST_MEMORY, taken.peak
    _is_all_told(room, taken)
    assert _dropped(room) == before
    seen = room.run(sys.executable, "-m", previews.__name__, room.archive, limit=limit)
    assert (seen.code, seen.err) == (0, ""), (seen.seconds, seen.err[-2000:])
    assert seen.peak < MOST_MEMORY, seen.peak
    verified = room.kpss("--json", "verify")
    assert (verified.code, verified.out) == (0, ""), verified.out
    assert room.strangers() == set()
    assert list(room.temporary.iterdir()) == []
    assert room.calls == ""
    return taken, seen


def _dropped(room: Room) -> dict[str, int]:
    return {path.name: path.lstat().st_mtime_ns for path in room.inbox.iterdir()}


def _is_all_told(room: Room, taken: Run) -> None:
    """Whether everything dropped has its line, everything refused its reason, and everything filed its safe place."""
    lines = [json.loads(line) for line in taken.out.splitlines()]
    told = {line["source"].split("!")[0].partition("/")[2] for line in lines}
    assert {unicodedata.normalize("NFC", path.name) for path in room.inbox.iterdir()} - told == set()
    for line in lines:
        if line["state"] == "failed":
            assert line["reason"], line
        elif line["path"]:
            place = Path(room.archive, line["path"])
            assert place.is_file()
            assert not place.is_symlink()
            assert place.resolve().is_relative_to(room.archive.resolve())
