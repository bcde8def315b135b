"""The verbs of trust: backups, and what comes back from them."""

from __future__ import annotations

import argparse

from kpss_desktop import messages
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.trust import restore as restoring
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.cli.output import Output
from kpss_desktop.i18n import _


def back_up(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Back the archive up; files that are not as filed are named, and are a failure."""
    made = backup(archive, chosen.output, output.progress)
    for path in made.missing:
        output.failure(_("{path}: the file is missing").format(path=path))
    for path in made.changed:
        output.failure(_("{path}: the file was changed outside the program").format(path=path))
    data = {
        "output": str(made.folder), "generation": made.generation, "files": made.files, "bytes": made.bytes,
        "copied": made.copied, "copied_bytes": made.copied_bytes, "same_volume": made.same_volume,
    }  # fmt: skip
    text = _("{path}: backup no. {number}, {files} files ({size}), {copied} of them new; all were read back.").format(
        path=made.folder, number=made.generation, files=made.files, size=messages.size_text(made.bytes),
        copied=made.copied,
    )  # fmt: skip
    output.line(data, text)
    if made.same_volume:
        output.say(_("The backup lies on the same disk as the archive; if the disk breaks, both are lost."))


def restore(chosen: argparse.Namespace, output: Output) -> None:
    """Restore a backup in a new place, or list the backups; with --archive, say in what that archive differs."""
    if chosen.output is None:
        for generation in restoring.generations(chosen.backup):
            data = {"generation": generation.number, "date": generation.date, "files": len(generation.files)}
            text = _("no. {number}, {date}, {files} files").format(
                number=generation.number, date=generation.date, files=len(generation.files)
            )
            output.line(data, text)
        return
    made = restoring.restore(chosen.backup, chosen.output, output.progress, number=chosen.generation)
    data = {"archive": str(made.folder), "generation": made.generation, "date": made.date, "files": made.files}
    text = _("{path}: restored from the backup of {date}, {files} files.").format(
        path=made.folder, date=made.date, files=made.files
    )
    output.line(data, text)
    if chosen.archive is None:
        return
    with open_archive(chosen.archive, writable=False) as archive:
        for difference in restoring.compare(chosen.backup, archive, number=made.generation):
            data = {"difference": difference.kind, "id": difference.document_id, "path": difference.path}
            output.line(data | {"fields": difference.fields}, messages.difference_sentence(difference))
