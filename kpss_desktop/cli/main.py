"""From arguments to exit code: 0 done, 1 something could not be done, 2 wrong usage."""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kpss_desktop import i18n, messages, settings
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.cli import changing, exporting, keeping, making, parser, reading, taking
from kpss_desktop.cli.output import Output
from kpss_desktop.errors import ArchiveInUse, KpssError, NoArchiveChosen, ReadOnlyArchive
from kpss_desktop.formats import worker

_Verb = Callable[[Archive, argparse.Namespace, Output], None]

_WITHOUT_ARCHIVE: dict[str, Callable[[argparse.Namespace, Output], None]] = {
    "recognise": reading.recognise_names,
    "text": reading.text,
    "restore": keeping.restore,
}
_READING: dict[str, _Verb] = {
    "list": reading.list_documents,
    "search": reading.search,
    "export": exporting.export,
    "backup": keeping.back_up,
}
_WRITING: dict[str, _Verb] = {
    "import": taking.take_in,
    "tag": changing.tag,
    "untag": changing.untag,
    "set": changing.set_fields,
    "rename": changing.rename,
    "trash": changing.trash,
    "restore-trash": changing.restore,
    "undo": changing.undo,
    "redo": changing.redo,
    "verify": making.verify,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["--reader"]:
        return worker.main(given[1:])  # the frozen command starts itself as a reader process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Czech names must come through a pipe on Windows too; a lone surrogate of a file name must not stop us.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    i18n.activate(settings.load().language)
    chosen = parser.build().parse_args(given)
    output = Output(chosen.json)
    try:
        _run(chosen, output)
    except BrokenPipeError:
        # Whoever read our lines has seen enough.
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
    except (KpssError, OSError) as error:
        output.failure(messages.describe(error))
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
    return int(output.failed)


def _run(chosen: argparse.Namespace, output: Output) -> None:
    if chosen.verb in _WITHOUT_ARCHIVE:
        _WITHOUT_ARCHIVE[chosen.verb](chosen, output)
        return
    folder = _folder(chosen)
    if chosen.verb == "init":
        making.init(folder, chosen, output)
    elif chosen.verb == "rebuild":
        making.rebuild(folder, output)
    elif chosen.verb in _WRITING:
        with open_archive(folder) as archive:
            _WRITING[chosen.verb](archive, chosen, output)
    else:
        with _opened_to_read(folder) as archive:
            _READING[chosen.verb](archive, chosen, output)


def _folder(chosen: argparse.Namespace) -> Path:
    if chosen.archive is not None:
        return Path(chosen.archive)
    remembered = settings.load().archive
    if remembered is None:
        raise NoArchiveChosen
    return Path(remembered)


def _opened_to_read(folder: Path) -> Archive:
    """As the writer where that is possible, so that what was interrupted is finished first."""
    try:
        return open_archive(folder)
    except (ArchiveInUse, ReadOnlyArchive):
        return open_archive(folder, writable=False)
