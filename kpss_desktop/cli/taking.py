"""The verb that takes files in, and what it says of every one of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kpss_desktop import messages
from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake.doubts import doubts
from kpss_desktop.archive.intake.filing import Filed, Outcome, file_intake
from kpss_desktop.archive.intake.planning import FileAs, IntakeItem, IntakePlan, ItemState, plan_intake
from kpss_desktop.archive.intake.zips import ENCODINGS
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.cli.output import Output, dated_fields, group_names, reading_fields
from kpss_desktop.czech.names import find_group
from kpss_desktop.errors import BadValue, NoSuchGroup
from kpss_desktop.i18n import _
from kpss_desktop.model import Certainty, Document


def take_in(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Plan and file what a clerk would accept unchanged, then read what is left unread."""
    group = None
    if chosen.group:
        found = find_group(chosen.group, looking.groups(archive))
        if found is None:
            raise NoSuchGroup(chosen.group)
        group = found.id
    plan = plan_intake(
        archive, chosen.paths, output.progress, group=group, year=chosen.year,
        passwords=chosen.password, encodings=_encodings(chosen.encoding),
    )  # fmt: skip
    if chosen.dry_run:
        _tell(archive, plan, _as_if_filed(plan), output, planned=True)
        return
    report = file_intake(archive, plan, output.progress)
    index_pending(archive, output.progress)
    _tell(archive, plan, report.outcomes, output)
    output.say(
        _("{documents} taken in, {duplicates} were there already, {failed} could not be taken.").format(
            documents=messages.documents_text(report.filed), duplicates=report.duplicates, failed=report.failed
        )
    )


def _encodings(given: list[str]) -> dict[str, str]:
    """The parts of "ZIP=cp852" as a ZIP's source and an encoding; raises BadValue."""
    found = {}
    for one in given:
        source, _sign, encoding = one.rpartition("=")
        if not source or encoding.lower() not in ENCODINGS:
            raise BadValue("encoding", one)
        found[source] = encoding.lower()
    return found


def _as_if_filed(plan: IntakePlan) -> Iterator[Outcome]:
    for item in plan.items:
        state = {ItemState.DUPLICATE: Filed.DUPLICATE, ItemState.REFUSED: Filed.FAILED}.get(item.state, Filed.FILED)
        if item.files_as is not FileAs.OWN:
            state = Filed.ADDED
        yield Outcome(item, state, item.duplicate_of)


def _tell(
    archive: Archive, plan: IntakePlan, outcomes: Iterable[Outcome], output: Output, *, planned: bool = False
) -> None:
    """A line for each row, in the order of the plan."""
    told = list(outcomes)
    found = looking.documents(archive, [outcome.document_id for outcome in told if outcome.document_id is not None])
    documents = {document.id: document for document in found}
    names = group_names(archive)
    for outcome in told:
        data = _data(plan, outcome, documents.get(outcome.document_id or ""), names)
        item, path, reason = outcome.item, data["path"], data["reason"]
        if outcome.state is Filed.FAILED:
            output.failure(f"{item.source}: {reason}")
        target = f" → {path}" if path else _as_read(data, item) if planned and not reason else ""
        output.line(data, f"{_said(outcome.state, planned=planned)}: {item.source}{target}")


def _data(plan: IntakePlan, outcome: Outcome, document: Document | None, names: Mapping[str, str]) -> dict[str, Any]:
    item = outcome.item
    reason = ""
    if item.refusal is not None:
        reason = messages.refusal_sentence(item.refusal)
    elif outcome.error is not None:
        reason = messages.describe(outcome.error)
    data: dict[str, Any] = {"source": item.source, "state": outcome.state, "id": outcome.document_id, "path": None}
    data |= {"kind": item.kind, "groups": [names.get(group, group) for group in item.groups] + list(item.new_groups)}
    data |= dated_fields(item.dated) | {"reason": reason} | _recognised(plan, item)
    if document is not None:
        data |= {"path": document.file.path, "groups": [names[group] for group in document.groups]}
    return data


def _said(state: Filed, *, planned: bool) -> str:
    if planned and state in (Filed.FILED, Filed.ADDED):
        return _("would be filed") if state is Filed.FILED else _("would be added to a document as a further file")
    return {
        Filed.FILED: _("filed"),
        Filed.ADDED: _("added to a document as a further file"),
        Filed.DUPLICATE: _("there already"),
        Filed.JOINED: _("added to another group"),
        Filed.FAILED: _("not taken"),
        Filed.SKIPPED: _("left out"),
    }[state]


def _as_read(data: dict[str, Any], item: IntakeItem) -> str:
    """What was read of a file, and what of it the clerk should look at."""
    date = messages.date_text(item.dated.date if item.dated else None)
    read = ", ".join(part for part in (messages.kind_name(item.kind), *data["groups"], date) if part)
    remarks = [messages.doubt_text(doubt) for doubt in doubts(item)]
    if item.dated and item.dated.certainty is Certainty.INFERRED:
        remarks.append(_("inferred date"))
    return f" → {read}" + (f" ({', '.join(remarks)})" if remarks else "")


def _recognised(plan: IntakePlan, item: IntakeItem) -> dict[str, Any]:
    """What was made of a file before it was filed: the row's state, where each value was read, what is in doubt."""
    seen = item.recognition
    return {
        "found": item.state,
        "number": seen.number,
        "proposed_groups": list(seen.proposed),
        "rendition_of": _target(plan, item.rendition_of),
        "similar_to": _target(plan, item.similar_to),
        "doubts": [str(doubt) for doubt in doubts(item)],
        **reading_fields("kind", seen.kind),
        **reading_fields("groups", seen.groups),
        **reading_fields("date", seen.date),
    }


def _target(plan: IntakePlan, target: str | int | None) -> str | None:
    """A document's id, or the source of another file of the same intake."""
    return plan.items[target].source if isinstance(target, int) else target
