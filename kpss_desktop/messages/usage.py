"""How a wrong or helpless call from a terminal is answered: argparse in the clerk's language."""

from __future__ import annotations

import argparse

from kpss_desktop.i18n import _, ngettext


def translate() -> None:
    """Let argparse speak the language that is active.

    It asks the gettext of the whole process, which only follows the environment and knows no catalogue of ours; the
    language may be chosen in the window's settings. So the two functions it asks are put in place of its own.
    """
    vars(argparse).update(_=_said, ngettext=_counted)


def _said(message: str) -> str:
    return _sentences().get(message, message)


def _counted(singular: str, plural: str, n: int) -> str:
    if singular == "expected %s argument":
        return ngettext("expected %s argument", "expected %s arguments", n)
    return singular if n == 1 else plural


def _sentences() -> dict[str, str]:
    """What argparse of Python 3.11 to 3.14 says of parsers such as ours, by the words it uses itself."""
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("positional arguments"),
        "options": _("options"),
        "show this help message and exit": _("show this help message and exit"),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "ignored explicit argument %r": _("ignored explicit argument %r"),
        "expected one argument": _("expected one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "invalid choice: %(value)r (choose from %(choices)s)": _("invalid choice: %(value)r (choose from %(choices)s)"),
    }
