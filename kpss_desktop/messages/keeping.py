"""The words for what was found, repaired, restored and done."""

from __future__ import annotations

from kpss_desktop.archive.trust.restore import Change, Difference
from kpss_desktop.archive.trust.tracing import Finding, Repair, Trouble
from kpss_desktop.catalogue.steps import Step
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages.failures import field_name
from kpss_desktop.messages.values import date_text, kind_name
from kpss_desktop.model import Document


def trouble_sentence(finding: Finding) -> str:
    """What a verification found."""
    words = {
        Trouble.MISSING: _("the file is missing"), Trouble.CHANGED: _("the file was changed outside the program"),
        Trouble.MOVED: _("the file was moved or renamed to {other}"),
        Trouble.UNREADABLE: _("the file cannot be read"),
        Trouble.ONLINE_ONLY: _("the file lies only with the sync program, not on this computer"),
        Trouble.ORPHANED: _("the archive does not know this file"),
        Trouble.RECORD: _("the record does not agree with the catalogue"),
        Trouble.CONFLICT: _("a copy of a record made by a sync program; opening the archive for writing takes it over"),
        Trouble.DIVERGED: _("this document was changed in two places at once; {versions}"),
        Trouble.INDEX: _("the full text does not agree with the documents"),
        Trouble.CATALOGUE: _("the catalogue is damaged; rebuild it"),
    }  # fmt: skip
    text = words[finding.kind].format(other=finding.other, versions=_versions_text(finding))
    if finding.kind is Trouble.ORPHANED and finding.other:
        text = _("a copy of {other}").format(other=finding.other)
    return f"{finding.path}: {text}"


def diverged_sentence(number: int) -> str:
    """That so many documents have two versions."""
    return ngettext(
        "{n} document was changed in two places at once.", "{n} documents were changed in two places at once.", number
    ).format(n=number)


def diverged_advice() -> str:
    """What to do about it."""
    return _("Nothing is lost. Verify the archive: it shows both contents, and there you choose.")


def _versions_text(finding: Finding) -> str:
    """In what two versions of a document differ, with both contents."""
    if len(finding.versions) != 2:
        return ""
    here, other = (_typed(version) for version in finding.versions)
    differing = [name for name in here if here[name] != other[name]]
    # Translators: one field of a document that two computers changed at once, e.g. "the note: here “A”, there “B”".
    part = _("{field}: here “{here}”, there “{other}”")
    return "; ".join(part.format(field=name, here=here[name], other=other[name]) for name in differing)


def _typed(document: Document) -> dict[str, str]:
    """What a clerk typed of a document, under the names of the fields."""
    return {
        _("the title"): document.title, _("the kind"): kind_name(document.kind),
        _("the date"): date_text(document.dated.date) if document.dated else "",
        _("the groups"): ", ".join(document.groups), _("the tags"): ", ".join(sorted(document.tags)),
        _("the note"): document.note, _("the trash"): _("yes") if document.trashed else _("no"),
        _("the content"): ", ".join(file.sha256[:8] for file in document.files),
    }  # fmt: skip


def repair_sentence(repair: Repair) -> str:
    """What a repair does."""
    return {
        Repair.RELINK: _("Leave it where it lies now"),
        Repair.PUT_BACK: _("Put it back to its place"),
        Repair.NEW_VERSION: _("Keep it as it is now"),
        Repair.RESTORE: _("Bring the filed file back from a backup"),
        Repair.TAKE_IN: _("Take it in as a document"),
        Repair.PUT_AWAY: _("Put the copy into the trash"),
        Repair.TRASH_ROW: _("Put what is known of it into the trash"),
        Repair.KEEP_THIS: _("Keep the document as it is here"),
        Repair.TAKE_OTHER: _("Take the other computer's version"),
        Repair.REWRITE: _("Write the record anew"),
        Repair.REINDEX: _("Make the full text anew"),
    }[repair]


def difference_sentence(difference: Difference) -> str:
    """In what a document of the archive differs from the backup."""
    match difference.kind:
        case Change.MISSING:
            text = _("{path}: only in the backup")
        case Change.ADDED:
            text = _("{path}: not in the backup")
        case _:
            text = _("{path}: differs from the backup in {fields}")
    names = {
        "dated": _("the date"), "tags": _("the tags"), "trashed": _("the trash"), "meeting": _("the meeting"),
        "path": _("the place"), "content": _("the content"),
    }  # fmt: skip
    fields = ", ".join(names.get(field) or field_name(field) for field in difference.fields)
    return text.format(path=difference.path, fields=fields)


def describe_step(step: Step) -> str:
    """What a change was, to stand after "Undo": "import of 4 documents"."""
    number = step.amount
    match step.label:
        case "import":
            text = ngettext("intake of {n} document", "intake of {n} documents", number)
        case "edit":
            text = ngettext("change of {n} document", "change of {n} documents", number)
        case "tag":
            text = ngettext("tag on {n} document", "tag on {n} documents", number)
        case "untag":
            text = ngettext("tag taken from {n} document", "tag taken from {n} documents", number)
        case "rename":
            text = _("renaming")
        case "trash":
            text = ngettext("{n} document into the trash", "{n} documents into the trash", number)
        case "repair":
            text = ngettext("repair of {n} document", "repair of {n} documents", number)
        case "restore":
            text = ngettext("{n} document out of the trash", "{n} documents out of the trash", number)
        case "searches":
            text = _("change of saved searches")
        case "synonyms":
            text = _("change of synonyms")
        case _:
            text = _("change of groups")
    return text.format(n=number)
