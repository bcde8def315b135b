"""The words for what was found, repaired, restored and done."""

from __future__ import annotations

from kpss_desktop.archive.restore import Change, Difference
from kpss_desktop.archive.tracing import Finding, Repair, Trouble
from kpss_desktop.catalogue.steps import Step
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages.failures import field_name


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
        Trouble.INDEX: _("the full text does not agree with the documents"),
        Trouble.CATALOGUE: _("the catalogue is damaged; rebuild it"),
    }  # fmt: skip
    text = words[finding.kind].format(other=finding.other)
    if finding.kind is Trouble.ORPHANED and finding.other:
        text = _("a copy of {other}").format(other=finding.other)
    return f"{finding.path}: {text}"


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
