"""The verbs that make, fill and check an archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from kpss_desktop import messages
from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.trust import rebuild as rebuilding
from kpss_desktop.archive.trust import repair as repairing
from kpss_desktop.archive.trust import verify as verifying
from kpss_desktop.cli.output import Output
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.model import GroupKind


def init(folder: Path, chosen: argparse.Namespace, output: Output) -> None:
    """Make an archive with these groups."""
    groups = [(name, GroupKind.WORKING) for name in chosen.group]
    if chosen.steering:
        groups.append((chosen.steering, GroupKind.STEERING))
    with create_archive(folder, groups) as archive:
        data = {"archive": str(archive.folder), "id": archive.id, "groups": [name for name, _kind in groups]}
        output.line(data, _("The archive “{folder}” was made.").format(folder=archive.folder))


def verify(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Finish what was interrupted, then check; put right what can be when asked to. What is left is a failure."""
    findings = verifying.verify(archive, output.progress)
    if chosen.repair and findings:
        choices = repairing.proposed(findings, chosen.backup)
        done = repairing.repair(archive, choices, output.progress, backup=chosen.backup)
        for finding, repair in done.done:
            mended = {"kind": finding.kind, "path": finding.path, "other": finding.other, "repair": repair}
            output.line(mended, f"{messages.trouble_sentence(finding)} ({messages.repair_sentence(repair)})")
        for finding, error in done.failed:
            output.failure(f"{finding.path}: {messages.describe(error)}")
        index_pending(archive, output.progress)
        findings = verifying.verify(archive, output.progress)
    for finding in findings:
        data = {"kind": finding.kind, "path": finding.path, "other": finding.other, "repairs": list(finding.repairs)}
        output.line(data, messages.trouble_sentence(finding))
    output.failed |= bool(findings)
    if findings:
        text = ngettext("{n} thing is not in order.", "{n} things are not in order.", len(findings))
    else:
        text = _("Everything is in order.")
    output.say(text.format(n=len(findings)))
    failed = looking.counts(archive).failed
    if failed:
        output.say(messages.failed_readings_sentence(failed))


def rebuild(folder: Path, _chosen: argparse.Namespace, output: Output) -> None:
    """Make the catalogue anew."""
    number = rebuilding.rebuild(folder, output.progress)
    text = ngettext(
        "The catalogue of {n} document was made anew.", "The catalogue of {n} documents was made anew.", number
    )
    output.line({"documents": number}, text.format(n=number))
