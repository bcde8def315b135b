"""The words for kinds, sources, dates, numbers and sizes."""

from __future__ import annotations

from kpss_desktop.archive.intake.doubts import Doubt
from kpss_desktop.czech.dates import format_date
from kpss_desktop.czech.names import full_title
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.model import Certainty, Group, Kind, PartialDate, Source


def kind_name(kind: Kind) -> str:
    """What one document of the kind is called."""
    return {
        Kind.MINUTES: _("minutes"), Kind.INVITATION: _("invitation"), Kind.ATTENDANCE: _("attendance list"),
        Kind.ATTACHMENT: _("attachment"), Kind.RESOLUTION: _("resolution"), Kind.PLAN: _("plan"),
        Kind.RULES: _("rules of procedure"), Kind.CATALOGUE: _("catalogue"), Kind.HANDBOOK: _("handbook"),
        Kind.LOGO: _("logo"), Kind.YEAR_ZIP: _("year ZIP"), Kind.OTHER: _("other"),
    }[kind]  # fmt: skip


def source_sentence(source: Source) -> str:
    """Where a value was read."""
    return {
        Source.NAME: _("from the file name"), Source.FOLDER: _("from the folder"), Source.ZIP: _("from the ZIP's name"),
        Source.MAIL: _("from the letter it came with"), Source.NEIGHBOURS: _("from the files beside it"),
        Source.TEXT: _("from the text"),
        Source.CLERK: _("set by hand"),
    }[source]  # fmt: skip


def certainty_sentence(certainty: Certainty) -> str:
    """How sure a value is; nothing for a sure one."""
    return {Certainty.SURE: "", Certainty.INFERRED: _("inferred"), Certainty.UNCERTAIN: _("uncertain")}[certainty]


def doubt_text(doubt: Doubt) -> str:
    """What a row of an intake lacks, in two words."""
    words = {
        Doubt.UNOPENED: _("stays packed"),
        Doubt.GROUP: _("no group"),
        Doubt.NEW_GROUP: _("new group"),
        Doubt.DATE: _("no date"),
        Doubt.YEAR: _("no year"),
        Doubt.UNCERTAIN_DATE: _("uncertain date"),
        Doubt.UNCERTAIN_GROUP: _("uncertain group"),
        Doubt.KIND: _("unknown kind"),
        Doubt.UNCERTAIN_KIND: _("uncertain kind"),
    }
    return words[doubt]


def date_text(date: PartialDate | None) -> str:
    """A date as Czechs write it: "16. 1. 2020"; "" for none."""
    return format_date(date) if date else ""


def group_title(group: Group) -> str:
    """A group's full name, as on the town's page."""
    return full_title(group)


def documents_text(number: int) -> str:
    """So many documents: "1 document", "5 documents"."""
    return ngettext("{n} document", "{n} documents", number).format(n=number)


def size_text(size: int) -> str:
    """A size in bytes as a clerk reads it, by 1024: "91,0 kB"."""
    if size < 1024:
        return f"{size} B"
    value = float(size)
    for unit in ("kB", "MB", "GB", "TB"):
        value /= 1024
        if value < 1024 or unit == "TB":
            break
    return _decimal(f"{value:.1f} {unit}")


def _decimal(text: str) -> str:
    # Translators: the sign between whole numbers and tenths.
    return text.replace(".", _("decimal point|.").rpartition("|")[2])
