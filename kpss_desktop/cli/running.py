"""From arguments to exit code: 0 done, 1 something could not be done, 2 wrong usage, 130 stopped by Ctrl+C."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence

from kpss_desktop import i18n, messages, settings
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake import worker
from kpss_desktop.archive.sharing import divergence
from kpss_desktop.archive.temporary import private_folder
from kpss_desktop.cli import parser
from kpss_desktop.cli.opening import folder_of, opened_to_change, opened_to_read
from kpss_desktop.cli.output import Output
from kpss_desktop.cli.parser import Access
from kpss_desktop.errors import KpssError

_ESCAPED = "backslashreplace"
_GARBAGE = 50_000  # objects between two looks for garbage; a verb is over before much has come together


def run(given: Sequence[str]) -> int:
    """Run one verb; returns the exit code. Raises SystemExit for wrong usage, and KeyboardInterrupt."""
    if given[:1] == ["--reader"]:
        return worker.main(list(given[1:]))  # the frozen command starts itself as a reader process
    _collect_seldom()
    _prepare_streams()
    i18n.activate(settings.load().language)
    chosen = parser.build().parse_args(given)
    output = Output(chosen.json)
    try:
        with private_folder():
            _run(chosen, output)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()  # whoever read our lines has seen enough
        return 1
    except KeyboardInterrupt as stopped:
        output.failure(messages.describe(stopped))
        raise
    except (KpssError, OSError) as error:
        output.failure(messages.describe(error))
        _flush_or_drop()
    return int(output.failed)


def _collect_seldom() -> None:
    """Look for garbage seldom: thousands of rows that all stay are looked through in vain again and again."""
    gc.set_threshold(_GARBAGE, *gc.get_threshold()[1:])


def _prepare_streams() -> None:
    """UTF-8 in and out, so that Czech names come through a pipe on Windows too; what is closed leads nowhere.

    A file name that is no text must not stop us: it is read as it is, and printed in escapes.
    """
    for name, mode, errors in (("stdin", "r", "surrogateescape"), ("stdout", "w", _ESCAPED), ("stderr", "w", _ESCAPED)):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(_nowhere(), mode, encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _flush_or_drop() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """What is still to be written goes nowhere; else Python would try once more when it ends, and complain."""
    nowhere = _nowhere()
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _nowhere() -> int:
    return os.open(os.devnull, os.O_RDWR)


def _run(chosen: argparse.Namespace, output: Output) -> None:
    match chosen.access:
        case Access.NONE:
            chosen.run(chosen, output)
        case Access.FOLDER:
            chosen.run(folder_of(chosen.archive), chosen, output)
        case Access.READ:
            with opened_to_read(folder_of(chosen.archive)) as archive:
                _tell_diverged(archive, output)
                chosen.run(archive, chosen, output)
        case Access.WRITE:
            with opened_to_change(folder_of(chosen.archive)) as archive:
                _tell_diverged(archive, output)
                chosen.run(archive, chosen, output)


def _tell_diverged(archive: Archive, output: Output) -> None:
    """Say once that documents were changed in two places at once."""
    found = divergence.untold(archive)
    if found:
        output.remark(f"{messages.diverged_sentence(len(found))} {messages.diverged_advice()}")
        divergence.tell(archive)
