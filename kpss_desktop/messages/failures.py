"""The words for what went wrong, and for why a file was not taken in or has no text."""

from __future__ import annotations

import errno

from kpss_desktop.archive.intake.zips import BadZip, Refusal
from kpss_desktop.errors import (
    AlreadyArchive,
    ArchiveGone,
    ArchiveInUse,
    BackupInside,
    BadValue,
    DamagedBackup,
    DamagedCatalogue,
    DamagedRecord,
    DiskFull,
    FolderNotEmpty,
    ForeignBackup,
    KpssError,
    MissingFile,
    NameTaken,
    NewerArchive,
    NoArchiveChosen,
    NoSuchDocument,
    NoSuchGroup,
    NoSuchSearch,
    NotABackup,
    NotAnArchive,
    NothingToExport,
    NothingToRedo,
    NothingToUndo,
    NotTaken,
    ReadOnlyArchive,
    UnsafePath,
)
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages.values import size_text
from kpss_desktop.model import Reason
from kpss_desktop.progress import Cancelled

# Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION (winerror.h).
_OPEN_ELSEWHERE = (32, 33)


def describe(error: BaseException) -> str:
    """One sentence that says what happened and, where it can, what to do."""
    match error:
        case KpssError():
            return _describe_ours(error)
        case Cancelled() | KeyboardInterrupt():
            return _("The work was stopped.")
        case PermissionError() if getattr(error, "winerror", None) in _OPEN_ELSEWHERE:
            return _("“{path}” is open in another program; close it there.").format(path=_path(error))
        case PermissionError():
            return _("“{path}” may not be read or written. Check the rights of the folder.").format(path=_path(error))
        case FileNotFoundError():
            return _("“{path}” is not there.").format(path=_path(error))
        case OSError() if error.filename is None:
            return _("The computer could not do it: {why}.").format(why=_why(error))
        case OSError():
            return _("The computer could not work with “{path}”: {why}.").format(path=_path(error), why=_why(error))
    return _("Something went wrong inside the program: {why}.").format(why=error)


def _path(error: OSError) -> str:
    return str(error.filename) if error.filename is not None else ""


def _why(error: OSError) -> str:
    """What the system says, in the clerk's language where it is one of the things that do happen to a disk."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return _("the disk is full")
        case errno.EROFS:
            return _("the disk may only be read")
        case errno.EIO:
            return _("the disk or the network failed")
        case errno.ENAMETOOLONG:
            return _("the name is too long")
        case errno.EBUSY:
            return _("another program works with it")
    return error.strerror or str(error)


def _describe_ours(error: KpssError) -> str:
    """The sentences for the errors that the program tells apart."""
    match error:
        case NotAnArchive(folder):
            return _("The folder “{folder}” is not an archive.").format(folder=folder)
        case AlreadyArchive(folder):
            return _("The folder “{folder}” is an archive already; open it.").format(folder=folder)
        case NewerArchive(folder):
            return _("The archive “{folder}” was made by a newer version of KPSS Desktop. Update this program.").format(
                folder=folder
            )
        case DamagedRecord(path):
            return _("The record file “{path}” cannot be understood.").format(path=path)
        case DamagedCatalogue(path):
            return _("The catalogue “{path}” is damaged; rebuild it.").format(path=path)
        case ReadOnlyArchive(folder):
            return _("The archive “{folder}” is open for reading only; nothing was changed.").format(folder=folder)
        case ArchiveInUse(folder, host, user, since):
            return _("{user} on the computer {host} has been writing into the archive since {since}.").format(
                user=user, host=host, since=since.replace("T", " ")[:16]
            )
        case NoArchiveChosen():
            return _("No archive was chosen; say which with --archive.")
        case NoSuchGroup(name):
            return _("The archive has no group “{name}”.").format(name=name)
        case NoSuchDocument(path):
            return _("The archive has no document “{path}”.").format(path=path)
        case _:
            return _describe_rest(error)


def _describe_rest(error: KpssError) -> str:
    match error:
        case NameTaken(name):
            return _("The name “{name}” is taken.").format(name=name)
        case BadValue(field, value):
            return _("“{value}” is no value for {field}.").format(value=value, field=field_name(field))
        case NoSuchSearch(name):
            return _("No search is saved as “{name}”.").format(name=name)
        case NothingToUndo():
            return _("There is nothing to undo.")
        case NothingToRedo():
            return _("There is nothing to redo.")
        case NothingToExport(what):
            return _("There is nothing to export: {what}.").format(what=what)
        case DiskFull(folder, needed, free):
            return _(
                "There is too little room on the disk of “{folder}”: {needed} are needed, {free} are free."
            ).format(folder=folder, needed=size_text(needed), free=size_text(free))
        case MissingFile(path):
            return _("The file “{path}” is not where the archive expects it. Verify the archive.").format(path=path)
        case NotTaken(source, refusal):
            return f"{source}: {refusal_sentence(Refusal(refusal))}"
        case BadZip():
            return refusal_sentence(error.refusal)
        case Unreadable():
            return reason_sentence(error.reason)
        case UnsafePath(path):
            return _("The path “{path}” leads out of the archive and was refused.").format(path=path)
        case _:
            return _describe_keeping(error)


def _describe_keeping(error: KpssError) -> str:
    """The sentences about folders that vanish and about backups."""
    match error:
        case ArchiveGone(folder):
            return _(
                "The folder “{folder}” is not there any more. Plug the disk in or connect the network drive; "
                "what was begun will then be finished."
            ).format(folder=folder)
        case NotABackup(folder):
            return _("The folder “{folder}” holds no backup that this program can read.").format(folder=folder)
        case ForeignBackup(folder):
            return _("The folder “{folder}” holds the backups of another archive. Choose another one.").format(
                folder=folder
            )
        case BackupInside(folder):
            return _("An archive and its backup may not lie in one another: “{folder}”.").format(folder=folder)
        case DamagedBackup(folder, paths):
            text = ngettext(
                "{n} file of the backup “{folder}” is damaged: {path}.",
                "{n} files of the backup “{folder}” are damaged, the first is {path}.",
                len(paths),
            )
            return text.format(n=len(paths), folder=folder, path=paths[0])
        case FolderNotEmpty(folder):
            return _("Something lies in “{folder}” already. Choose a folder that is new or empty.").format(
                folder=folder
            )
    return type(error).__name__


def field_name(field: str) -> str:
    """What a field of a document is called."""
    names = {
        "title": _("the title"), "kind": _("the kind"), "groups": _("the groups"), "group": _("the group"),
        "date": _("the date"), "note": _("the note"), "tag": _("the tag"), "name": _("the file name"),
        "field": _("the field"), "year": _("the year"), "encoding": _("the encoding"), "search": _("the search"),
        "state": _("the state"),
    }  # fmt: skip
    return names.get(field, field)


def failed_readings_sentence(number: int) -> str:
    """How many documents were the end of their reader, and how to have them tried again."""
    return ngettext(
        "{n} document could not be read; try again with: kpss read-again stav:selhalo",
        "{n} documents could not be read; try again with: kpss read-again stav:selhalo",
        number,
    ).format(n=number)


def refusal_sentence(refusal: Refusal) -> str:
    """Why something could not be taken in."""
    return {
        Refusal.UNREADABLE: _("the file cannot be read"),
        Refusal.PASSWORD: _("protected by a password"),
        Refusal.BOMB: _("would unpack to an absurd size, so it was left packed"),
        Refusal.UNSAFE_NAME: _("its name leads out of the ZIP, so it was left packed"),
        Refusal.LINK: _("a link, not a file"),
        Refusal.DAMAGED_ZIP: _("the ZIP is damaged here"),
        Refusal.TOO_BIG: _("larger than 500 MB, so it was left packed"),
        Refusal.TOO_MANY: _("the ZIP holds too many files"),
        Refusal.TOO_DEEP: _("too many ZIPs within ZIPs"),
    }[refusal]


def reason_sentence(reason: Reason) -> str:
    """Why a file has no text."""
    return {
        Reason.NONE: "",
        Reason.EMPTY_FILE: _("The file is empty."),
        Reason.NO_TEXT: _("The document has no text."),
        Reason.SCAN: _("Without text (a scan)."),
        Reason.SCANNED_PAGES: _("Some pages are without text (scans)."),
        Reason.PASSWORD: _("The document is protected by a password."),
        Reason.BROKEN: _("The file is damaged and cannot be read."),
        Reason.BINARY_DUMP: _("The file holds the remains of a document, not its text."),
        Reason.NO_READER: _("The program cannot read the text of this kind of file."),
        Reason.TOO_BIG: _("The file would unpack to an absurd size and was not read."),
        Reason.TIMEOUT: _("Reading took too long and was stopped."),
        Reason.MEMORY: _("Reading needed too much memory and was stopped."),
        Reason.CRASH: _("Reading the file failed."),
        Reason.MISSING: _("The file is not in its place."),
    }[reason]
