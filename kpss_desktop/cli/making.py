"""The verbs that make, fill and check an archive."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kpss_desktop import messages
from kpss_desktop.archive import looking
from kpss_desktop.archive import rebuild as rebuilding
from kpss_desktop.archive import repair as repairing
from kpss_desktop.archive import verify as verifying
from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.filing import Filed, Outcome, file_intake
from kpss_desktop.archive.indexer import index_pending
from kpss_desktop.archive.intake import IntakePlan, ItemState, plan_intake
from kpss_desktop.cli.output import Output, dated_fields, group_names
from kpss_desktop.czech.names import find_group
from kpss_desktop.errors import NoSuchGroup
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent


def init(folder: Path, chosen: argparse.Namespace, output: Output) -> None:
    """Make an archive with these groups."""
    groups = [(name, GroupKind.WORKING) for name in chosen.group]
    if chosen.steering:
        groups.append((chosen.steering, GroupKind.STEERING))
    with create_archive(folder, groups) as archive:
        data = {"archive": str(archive.folder), "id": archive.id, "groups": [name for name, _kind in groups]}
        output.line(data, _("The archive “{folder}” was made.").format(folder=archive.folder))


def take_in(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Plan and file what a clerk would accept unchanged, then read the texts."""
    group = None
    if chosen.group:
        found = find_group(chosen.group, looking.groups(archive))
        if found is None:
            raise NoSuchGroup(chosen.group)
        group = found.id
    plan = plan_intake(archive, chosen.paths, silent, group=group, year=chosen.year)
    if chosen.dry_run:
        _tell_plan(archive, plan, output)
        return
    report = file_intake(archive, plan, silent)
    index_pending(archive, silent)
    for outcome in report.outcomes:
        _tell_outcome(archive, outcome, output)
    output.say(
        _("{documents} taken in, {duplicates} were there already, {failed} could not be taken.").format(
            documents=messages.documents_text(report.filed), duplicates=report.duplicates, failed=report.failed
        )
    )


def _tell_plan(archive: Archive, plan: IntakePlan, output: Output) -> None:
    for item in plan.items:
        state = {ItemState.NEW: Filed.FILED, ItemState.DUPLICATE: Filed.DUPLICATE, ItemState.REFUSED: Filed.FAILED}
        _tell_outcome(archive, Outcome(item, state[item.state], item.duplicate_of), output)


def _tell_outcome(archive: Archive, outcome: Outcome, output: Output) -> None:
    item, names = outcome.item, group_names(archive)
    reason = ""
    if item.refusal is not None:
        reason = messages.refusal_sentence(item.refusal)
    elif outcome.error is not None:
        reason = messages.describe(outcome.error)
    data: dict[str, Any] = {"source": item.source, "state": outcome.state, "id": outcome.document_id, "path": None}
    data |= {"kind": item.kind, "groups": [names.get(group, group) for group in item.groups] + list(item.new_groups)}
    data |= dated_fields(item.dated) | {"reason": reason}
    if outcome.document_id is not None:
        document = looking.document(archive, outcome.document_id)
        data["path"] = document.file.path
        data["groups"] = [names[group] for group in document.groups]
    if outcome.state is Filed.FAILED:
        output.failed = True
        output.failure(f"{item.source}: {reason}")
    said = {
        Filed.FILED: _("filed"),
        Filed.ADDED: _("added to a document as a further file"),
        Filed.DUPLICATE: _("there already"),
        Filed.JOINED: _("added to another group"),
        Filed.FAILED: _("not taken"),
        Filed.SKIPPED: _("left out"),
    }[outcome.state]
    output.line(data, f"{said}: {item.source}" + (f" → {data['path']}" if data["path"] else ""))


def verify(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Finish what was interrupted, then check; put right what can be when asked to. What is left is a failure."""
    findings = verifying.verify(archive, silent)
    if chosen.repair and findings:
        choices = repairing.proposed(findings, chosen.backup)
        done = repairing.repair(archive, choices, silent, backup=chosen.backup)
        for finding, repair in done.done:
            data = {"kind": finding.kind, "path": finding.path, "other": finding.other, "repair": repair}
            output.line(data, f"{messages.trouble_sentence(finding)} ({messages.repair_sentence(repair)})")
        for finding, error in done.failed:
            output.failure(f"{finding.path}: {messages.describe(error)}")
        index_pending(archive, silent)
        findings = verifying.verify(archive, silent)
    for finding in findings:
        data = {"kind": finding.kind, "path": finding.path, "other": finding.other, "repairs": list(finding.repairs)}
        output.line(data, messages.trouble_sentence(finding))
    output.failed |= bool(findings)
    if findings:
        text = ngettext("{n} thing is not in order.", "{n} things are not in order.", len(findings))
    else:
        text = _("Everything is in order.")
    output.say(text.format(n=len(findings)))


def rebuild(folder: Path, output: Output) -> None:
    """Make the catalogue anew."""
    number = rebuilding.rebuild(folder, silent)
    text = ngettext(
        "The catalogue of {n} document was made anew.", "The catalogue of {n} documents was made anew.", number
    )
    output.line({"documents": number}, text.format(n=number))
