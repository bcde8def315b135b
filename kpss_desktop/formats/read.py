"""Reads the text of any file in this process: finds what it is and asks the readers of the table in their order."""

from __future__ import annotations

import importlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from kpss_desktop.formats.binary_dump import is_binary_dump
from kpss_desktop.formats.detect import UNKNOWN, Detected, detect, kind_of
from kpss_desktop.formats.found import MAX_TEXT, Found, Unreadable, damaged
from kpss_desktop.formats.source import Source
from kpss_desktop.formats.table import by_mime
from kpss_desktop.model import Extract, Reason, TextState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpss_desktop.formats.found import MoreTime

T = TypeVar("T")
_MAX_FIELD = 1000


def read(path: Path, name: str = "", *, skip: int = 0) -> Extract:
    """The text of the file, or the state and the reason why there is none.

    `name` is the name the file came with, when that of `path` is another; `skip` leaves out the first readers of the
    chain, when they are known to die of the file. Never raises for what is in the file; it may
    hang or take all memory, so it runs in a process of `sandbox`.
    """
    began = time.perf_counter()
    try:
        source = Source(path, name)
    except (OSError, ValueError):
        extract = Extract(UNKNOWN, TextState.FAILED, reason=Reason.MISSING)
    else:
        with source:
            extract = _read(source, skip)
    return replace(extract, seconds=round(time.perf_counter() - began, 6))


def read_with_help(path: Path, name: str, helper: str, more_time: MoreTime) -> Extract:
    """The text that a helper of this computer finds; `helper` is a name of `helpers`. Otherwise as `read`."""
    began = time.perf_counter()
    detected = guarded(lambda: detect(path, name))
    if isinstance(detected, Unreadable):
        return Extract(UNKNOWN, detected.state, reason=detected.reason)

    def call() -> Found:
        module = importlib.import_module(f"kpss_desktop.formats.helpers.{helper}")
        return cast("Callable[[Path, str, MoreTime], Found]", module.read)(path, detected.mime, more_time)

    return replace(_extract(detected.mime, guarded(call)), seconds=round(time.perf_counter() - began, 6))


def _read(source: Source, skip: int) -> Extract:
    detected = guarded(lambda: kind_of(source))
    if isinstance(detected, Unreadable):
        return Extract(UNKNOWN, detected.state, reason=detected.reason)
    if detected.state is not None:
        return Extract(detected.mime, detected.state, reason=detected.reason)
    return _extract(detected.mime, _asked(source, detected, skip))


def _extract(mime: str, found: Found | Unreadable) -> Extract:
    if isinstance(found, Unreadable):
        return Extract(mime, found.state, reason=found.reason)
    text = _storable(found.text[:MAX_TEXT])
    state, reason = TextState.READY, Reason.SCANNED_PAGES if found.scanned_pages else Reason.NONE
    if not text.strip():
        text, state, reason = "", TextState.EMPTY, Reason.NO_TEXT
    elif is_binary_dump(text):
        text, state, reason = "", TextState.DAMAGED, Reason.BINARY_DUMP
    return Extract(
        mime,
        state,
        text,
        reason,
        title=_storable(found.title[:_MAX_FIELD]),
        author=_storable(found.author[:_MAX_FIELD]),
        created=found.created,
        pages=found.pages,
        machine_read=found.machine_read,
    )


def _storable(text: str) -> str:
    """The text without what no database and no JSON of others takes: NULs and halves of surrogate pairs."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _asked(source: Source, detected: Detected, skip: int) -> Found | Unreadable:
    """The first text of the chain; else the first empty one; else what the first reader said against the file."""
    empty: Found | None = None
    failure: Unreadable | None = None
    for reader in by_mime(detected.mime).readers[skip:]:
        found = _one(reader, source)
        if isinstance(found, Found):
            if found.text.strip():
                return found
            empty = empty or found
        else:
            failure = failure or found
            if found.is_final:
                return found
    return empty or failure or Unreadable(TextState.UNSUPPORTED, Reason.NO_READER)


def _one(reader: str, source: Source) -> Found | Unreadable:
    module, _, function = reader.partition(":")

    def call() -> Found:
        # Loaded inside the boundary: a library that cannot be loaded here leaves its files to the next reader.
        loaded = importlib.import_module(f"kpss_desktop.formats.{module}")
        return cast("Callable[[Source], Found]", getattr(loaded, function))(source)

    return guarded(call)


def guarded(call: Callable[[], T]) -> T | Unreadable:
    """The boundary to strangers' parsers: whatever they raise becomes a reason (a panic of Rust is no Exception)."""
    try:
        return call()
    except Unreadable as error:
        return error
    except MemoryError:
        return Unreadable(TextState.FAILED, Reason.MEMORY)
    except (KeyboardInterrupt, SystemExit):
        raise
    except FileNotFoundError:
        return Unreadable(TextState.FAILED, Reason.MISSING)
    except BaseException:  # noqa: BLE001  (the documented boundary)
        return damaged()
