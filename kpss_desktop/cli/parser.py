"""The words of the command line, as docs/architecture.md promises them."""

from __future__ import annotations

import argparse
from pathlib import Path

from kpss_desktop import __version__
from kpss_desktop.i18n import _


def build() -> argparse.ArgumentParser:
    """The parser of all verbs; `verb` names the one chosen."""
    parser = argparse.ArgumentParser(prog="kpss", description=_("Keeps, finds and publishes the minutes of KPSS."))
    parser.add_argument("--version", action="version", version=f"kpss {__version__}")
    parser.add_argument("--archive", type=Path, metavar="DIR", help=_("the folder of the archive"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object a line"))
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _making(verbs)
    _reading(verbs)
    _changing(verbs)
    _exporting(verbs)
    _keeping(verbs)
    verify = verbs.add_parser("verify", help=_("finish what was interrupted, then check everything"))
    verify.add_argument("--repair", action="store_true", help=_("put right what can be without a loss"))
    verify.add_argument("--backup", type=Path, metavar="DIR", help=_("backups that lost files may come back from"))
    verbs.add_parser("rebuild", help=_("make this computer's catalogue anew from the folder"))
    return parser


_Verbs = argparse._SubParsersAction  # noqa: SLF001  # the type has no public name


def _making(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    init = verbs.add_parser("init", help=_("make an archive"))
    init.add_argument("--group", action="append", default=[], metavar="NAME", help=_("a working group"))
    init.add_argument("--steering", metavar="NAME", help=_("the steering group"))
    intake = verbs.add_parser("import", help=_("take in files, folders and ZIPs"))
    intake.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    intake.add_argument("--group", metavar="NAME", help=_("the group of everything taken in"))
    intake.add_argument("--year", type=int, help=_("the year of everything taken in"))
    intake.add_argument("--password", action="append", default=[], help=_("a password of encrypted ZIPs"))
    intake.add_argument(
        "--encoding", action="append", default=[], metavar="ZIP=CODE", help=_("how names in a ZIP are written: cp852")
    )
    intake.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))


def _keeping(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    backup = verbs.add_parser("backup", help=_("back the archive up to another disk"))
    backup.add_argument("--output", type=Path, required=True, metavar="DIR", help=_("the folder of the backups"))
    restore = verbs.add_parser("restore", help=_("restore a backup in a new place"))
    restore.add_argument("backup", type=Path, metavar="DIR", help=_("the folder of the backups"))
    restore.add_argument("--output", type=Path, required=True, metavar="NEW", help=_("the new folder of the archive"))
    restore.add_argument("--generation", type=int, metavar="N", help=_("which backup, if not the newest"))


def _reading(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    recognise = verbs.add_parser("recognise", help=_("say what names tell"))
    recognise.add_argument("names", nargs="+", metavar="NAME", help=_("names, or - for lines of standard input"))
    recognise.add_argument("--groups", default="", metavar="NAMES", help=_("names of groups, parted by commas"))
    text = verbs.add_parser("text", help=_("print the text of files"))
    text.add_argument("files", nargs="+", type=Path, metavar="FILE")
    listing = verbs.add_parser("list", help=_("list documents"))
    listing.add_argument("query", nargs="*", metavar="QUERY")
    search = verbs.add_parser("search", help=_("search, best first"))
    search.add_argument("query", nargs="+", metavar="QUERY")
    search.add_argument("--limit", type=int, default=50)


def _changing(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    for name, help_text in (("tag", _("give documents a tag")), ("untag", _("take a tag from documents"))):
        verb = verbs.add_parser(name, help=help_text)
        verb.add_argument("query", metavar="QUERY")
        verb.add_argument("tag", metavar="TAG")
    setting = verbs.add_parser("set", help=_("change title, kind, groups, date or note"))
    setting.add_argument("query", metavar="QUERY")
    setting.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    rename = verbs.add_parser("rename", help=_("give a file another name"))
    rename.add_argument("path", metavar="PATH")
    rename.add_argument("new", metavar="NEW")
    for name, help_text in (("trash", _("put into the trash")), ("restore-trash", _("bring back from the trash"))):
        verb = verbs.add_parser(name, help=help_text)
        verb.add_argument("path", metavar="PATH")
    verbs.add_parser("undo", help=_("take the last change back"))
    verbs.add_parser("redo", help=_("make it again"))


def _exporting(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    export = verbs.add_parser("export", help=_("make a ZIP"))
    kinds = export.add_subparsers(dest="what", required=True, metavar="WHAT")
    year = kinds.add_parser("year", help=_("a group's year"))
    year.add_argument("group", metavar="GROUP")
    year.add_argument("year", type=int, metavar="YEAR")
    bundle = kinds.add_parser("bundle", help=_("what a search finds"))
    bundle.add_argument("query", metavar="QUERY")
    bundle.add_argument("--title", default="", help=_("the title of the list of contents"))
    listing = kinds.add_parser("list", help=_("what a search finds, as a table (.csv) or a page (.html)"))
    listing.add_argument("query", metavar="QUERY")
    listing.add_argument("--title", default="", help=_("the title of the page"))
    listing.add_argument("--output", type=Path, metavar="PATH", help=_("a folder, or the file to be made"))
    for verb in (year, bundle):
        verb.add_argument("--output", type=Path, metavar="PATH", help=_("a folder, or the ZIP to be made"))
