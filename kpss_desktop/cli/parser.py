"""The words of the command line, as docs/architecture.md promises them, and the function behind each verb."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from kpss_desktop import __version__
from kpss_desktop.cli import changing, exporting, keeping, making, reading, showing, taking, teaching
from kpss_desktop.i18n import _
from kpss_desktop.messages import usage
from kpss_desktop.model import GroupKind


class Access(Enum):
    """What a verb is handed: nothing, the folder alone, or the archive opened to look into it or to change it."""

    NONE = auto()
    FOLDER = auto()
    READ = auto()
    WRITE = auto()


class _Verbs:
    """Adds verbs to a parser; each takes --archive and --json also behind its name."""

    def __init__(self, parser: argparse.ArgumentParser, dest: str, metavar: str) -> None:
        self._parsers = parser.add_subparsers(dest=dest, required=True, metavar=metavar)
        self._anywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
        _add_common(self._anywhere)

    def add(self, name: str, help_text: str) -> argparse.ArgumentParser:
        """A verb; its help begins with the words that stand beside it in the list of verbs."""
        sentence = f"{help_text[:1].upper()}{help_text[1:]}."
        return self._parsers.add_parser(
            name, help=help_text, description=sentence, parents=[self._anywhere], allow_abbrev=False
        )

    def verb(self, name: str, help_text: str, access: Access, run: Callable[..., None]) -> argparse.ArgumentParser:
        """A verb that a function does; it is handed what `access` says, the arguments and the output."""
        parser = self.add(name, help_text)
        parser.set_defaults(access=access, run=run)
        return parser


def build() -> argparse.ArgumentParser:
    """The parser of all verbs; `run` and `access` of what it reads say what to do."""
    usage.translate()
    parser = argparse.ArgumentParser(
        prog="kpss",
        description=_("Keeps, finds and publishes the minutes of KPSS."),
        epilog=_examples(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    version = f"kpss {__version__}"
    parser.add_argument("--version", action="version", version=version, help=_("print the version and exit"))
    parser.set_defaults(archive=None, json=False)
    _add_common(parser)
    verbs = _Verbs(parser, "verb", _("VERB"))
    _making(verbs)
    _reading(verbs)
    _changing(verbs)
    _teaching(verbs)
    _exporting(verbs)
    _keeping(verbs)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--archive", type=Path, metavar=_("DIR"), help=_("the folder of the archive"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object a line"))


def _examples() -> str:
    lines = (
        "kpss --archive Archiv init --group Péče --group Prevence --steering ŘS",
        'kpss --archive Archiv import ~/Zápisy "Pracovní skupina Péče - 2019.zip"',
        "kpss --archive Archiv search '\"odlehčovací služby\" rok:2018..2020'",
        "kpss --archive Archiv export year Péče 2020 --output .",
    )
    more = _("Without --archive the archive that was opened last in the window is used.")
    return "\n  ".join((_("examples:"), *lines)) + f"\n\n{more}"


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("“{text}” is no whole number above 0").format(text=text))
    return int(text)


def _add_query(verb: argparse.ArgumentParser, nargs: str | None = None) -> None:
    verb.add_argument("query", nargs=nargs, metavar=_("QUERY"), help=_("words and filters, as in the search box"))


def _add_path(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("path", metavar=_("PATH"), help=_("a document's path in the archive"))


def _making(verbs: _Verbs) -> None:
    init = verbs.verb("init", _("make an archive"), Access.FOLDER, making.init)
    init.add_argument("--group", action="append", default=[], metavar=_("NAME"), help=_("a working group"))
    init.add_argument("--steering", metavar=_("NAME"), help=_("the steering group"))
    intake = verbs.verb("import", _("take in files, folders and ZIPs"), Access.WRITE, taking.take_in)
    intake.add_argument("paths", nargs="+", type=Path, metavar=_("PATH"), help=_("a file, a folder or a ZIP"))
    intake.add_argument("--group", metavar=_("NAME"), help=_("the group of everything taken in"))
    intake.add_argument("--year", type=_number, metavar=_("YEAR"), help=_("the year of everything taken in"))
    intake.add_argument(
        "--password", action="append", default=[], metavar=_("PASSWORD"), help=_("a password of encrypted ZIPs")
    )
    intake.add_argument(
        "--encoding",
        action="append",
        default=[],
        metavar=_("ZIP=CODE"),
        help=_("how names in a ZIP are written: cp852"),
    )
    intake.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))


def _reading(verbs: _Verbs) -> None:
    recognise = verbs.verb("recognise", _("say what names tell"), Access.NONE, reading.recognise_names)
    recognise.add_argument("names", nargs="+", metavar=_("NAME"), help=_("names, or - for lines of standard input"))
    recognise.add_argument("--groups", default="", metavar=_("NAMES"), help=_("names of groups, parted by commas"))
    text = verbs.verb("text", _("print the text of files"), Access.NONE, reading.text)
    text.add_argument("files", nargs="+", type=Path, metavar=_("FILE"))
    listing = verbs.verb("list", _("list documents"), Access.READ, reading.list_documents)
    _add_query(listing, "*")
    listing.add_argument(
        "--in",
        dest="place",
        choices=reading.PLACES,
        help=_("only what waits to be filed, shows gaps, has no group, or is in the trash"),
    )
    search = verbs.verb("search", _("search, best first"), Access.READ, reading.search)
    _add_query(search, "+")
    search.add_argument("--limit", type=_number, default=50, metavar="N", help=_("how many at the most (50)"))
    verbs.verb("status", _("say how the archive is"), Access.READ, showing.status)
    show = verbs.verb("show", _("show what the archive knows beside its documents"), Access.READ, showing.show)
    show.add_argument("what", choices=tuple(showing.SHOWN), metavar=_("WHAT"), help=", ".join(showing.SHOWN))


def _changing(verbs: _Verbs) -> None:
    for name, help_text, run in (
        ("tag", _("give documents a tag"), changing.tag),
        ("untag", _("take a tag from documents"), changing.untag),
    ):
        verb = verbs.verb(name, help_text, Access.WRITE, run)
        _add_query(verb)
        verb.add_argument("tag", metavar=_("TAG"))
    setting = verbs.verb("set", _("change title, kind, groups, date or note"), Access.WRITE, changing.set_fields)
    _add_query(setting)
    setting.add_argument("fields", nargs="+", metavar=_("FIELD=VALUE"), help="title, kind, groups, date, note")
    again = verbs.verb(
        "read-again", _("read files once more that could not be read"), Access.WRITE, changing.read_again
    )
    _add_query(again)
    rename = verbs.verb("rename", _("give a file another name"), Access.WRITE, changing.rename)
    _add_path(rename)
    rename.add_argument("new", metavar=_("NEW"), help=_("the new name"))
    _add_path(verbs.verb("trash", _("put into the trash"), Access.WRITE, changing.trash))
    _add_path(verbs.verb("restore-trash", _("bring back from the trash"), Access.WRITE, changing.restore))
    verbs.verb("undo", _("take the last change back"), Access.WRITE, changing.undo)
    verbs.verb("redo", _("make it again"), Access.WRITE, changing.redo)


def _teaching(verbs: _Verbs) -> None:
    adding = verbs.verb("add-group", _("register a group"), Access.WRITE, teaching.add_group)
    setting = verbs.verb("set-group", _("change a group; its documents follow"), Access.WRITE, teaching.set_group)
    for verb in (adding, setting):
        verb.add_argument("name", metavar=_("NAME"), help=_("the name of the group"))
        verb.add_argument("--kind", choices=tuple(kind.value for kind in GroupKind), help=_("what the group is"))
        verb.add_argument(
            "--alias", action="append", default=[], metavar=_("NAME"), help=_("a further name it is recognised by")
        )
    setting.add_argument("--rename", metavar=_("NEW"), help=_("the new name"))
    setting.add_argument(
        "--drop-alias", action="append", default=[], metavar=_("NAME"), help=_("a name it is known by no more")
    )
    saving = verbs.verb("save-search", _("keep a search under a name"), Access.WRITE, teaching.save_search)
    saving.add_argument("name", metavar=_("NAME"), help=_("the name; search for it by uložené:NAME"))
    _add_query(saving)
    dropping = verbs.verb("drop-search", _("forget a saved search"), Access.WRITE, teaching.drop_search)
    dropping.add_argument("name", metavar=_("NAME"))
    family = verbs.verb("add-synonyms", _("let words stand for each other"), Access.WRITE, teaching.add_synonyms)
    family.add_argument("phrases", nargs="+", metavar=_("PHRASE"))
    dropped = verbs.verb("drop-synonyms", _("let a word stand for no other one"), Access.WRITE, teaching.drop_synonyms)
    dropped.add_argument("phrase", metavar=_("PHRASE"))


def _exporting(verbs: _Verbs) -> None:
    export = verbs.add("export", _("make a ZIP, a table or a page"))
    kinds = _Verbs(export, "what", _("WHAT"))
    year = kinds.verb("year", _("a group's year"), Access.READ, exporting.year)
    year.add_argument("group", metavar=_("GROUP"))
    year.add_argument("year", type=_number, metavar=_("YEAR"))
    bundle = kinds.verb("bundle", _("what a search finds"), Access.READ, exporting.bundle)
    _add_query(bundle)
    bundle.add_argument("--title", default="", metavar=_("TITLE"), help=_("the title of the list of contents"))
    table = kinds.verb(
        "list", _("what a search finds, as a table (.csv) or a page (.html)"), Access.READ, exporting.table
    )
    _add_query(table)
    table.add_argument("--title", default="", metavar=_("TITLE"), help=_("the title of the page"))
    for verb in (year, bundle):
        verb.add_argument("--output", type=Path, metavar=_("PATH"), help=_("a folder, or the ZIP to be made"))
    table.add_argument("--output", type=Path, metavar=_("PATH"), help=_("a folder, or the file to be made"))


def _keeping(verbs: _Verbs) -> None:
    verify = verbs.verb("verify", _("finish what was interrupted, then check everything"), Access.WRITE, making.verify)
    verify.add_argument("--repair", action="store_true", help=_("put right what can be without a loss"))
    verify.add_argument("--backup", type=Path, metavar=_("DIR"), help=_("backups that lost files may come back from"))
    verbs.verb("rebuild", _("make this computer's catalogue anew from the folder"), Access.FOLDER, making.rebuild)
    backup = verbs.verb("backup", _("back the archive up to another disk"), Access.READ, keeping.back_up)
    backup.add_argument("--output", type=Path, required=True, metavar=_("DIR"), help=_("the folder of the backups"))
    restore = verbs.verb("restore", _("restore a backup in a new place"), Access.NONE, keeping.restore)
    restore.add_argument("backup", type=Path, metavar=_("DIR"), help=_("the folder of the backups"))
    restore.add_argument(
        "--output",
        type=Path,
        metavar=_("NEW"),
        help=_("the new folder of the archive; without it the backups are listed"),
    )
    restore.add_argument("--generation", type=_number, metavar="N", help=_("which backup, if not the newest"))
