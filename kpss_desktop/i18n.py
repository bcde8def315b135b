"""The program's sentences in the clerk's language, by gettext.

Sentences are asked for when they are shown, never at import time, so that `activate` reaches all of them. The msgids
are English; `make translations` collects them into resources/locale.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from kpss_desktop.resources import resource

DOMAIN = "kpss"
LANGUAGES = ("cs", "en")

# A Slovak reads Czech with more ease than English.
_READ_AS = {"cs": "cs", "sk": "cs", "en": "en"}
# Primary language identifiers of Windows ([MS-LCID], LANG_CZECH and LANG_SLOVAK).
_WINDOWS_NAMES = {0x05: "cs", 0x1B: "sk"}

_active: gettext.NullTranslations | None = None
_language = LANGUAGES[0]


def _(message: str) -> str:
    """The sentence in the language that is active."""
    return _translations().gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence in the form for `n` things; Czech has three forms."""
    return _translations().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The sentence in the sense that `context` names, where one English word has two Czech ones."""
    return _translations().pgettext(context, message)


def activate(language: str | None = None) -> str:
    """Switch every further sentence to "cs" or "en"; None or an unknown name follows the system. Returns the choice."""
    global _active, _language  # noqa: PLW0603  # a process shows one language; gettext itself keeps it the same way
    _language = language if language in LANGUAGES else system_language()
    _active = _catalogue(_language)
    return _language


def language() -> str:
    """The language that is active: "cs" or "en"."""
    _translations()
    return _language


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language a clerk of this computer reads: "cs" when it says Czech, Slovak or nothing, else "en".

    The environment is read in the order of gettext: LANGUAGE, LC_ALL, LC_MESSAGES, LANG. On Windows, where
    nothing of that is set, the language of the user's desktop decides.
    """
    named = tuple(_named_languages(environment)) or _windows_languages()
    known = [_READ_AS[name] for name in named if name in _READ_AS]
    if known:
        return known[0]
    return "en" if named else "cs"


def _translations() -> gettext.NullTranslations:
    """The active catalogue; a process that never chose follows the system."""
    if _active is None:
        activate(None)
    assert _active is not None
    return _active


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """One compiled catalogue, read once."""
    return gettext.translation(DOMAIN, resource("locale"), [language])


def _named_languages(environment: Mapping[str, str]) -> Iterator[str]:
    """Two-letter languages of the first variable that names any; the locales C and POSIX name none."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        locales = (entry.partition(".")[0].partition("@")[0] for entry in environment.get(variable, "").split(":"))
        languages = [locale.partition("_")[0].lower() for locale in locales if locale not in {"", "C", "POSIX"}]
        if languages:
            yield from languages
            return


def _windows_languages() -> tuple[str, ...]:
    """The language of the user's Windows desktop; nothing on other systems."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # windll exists only there

        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return (_WINDOWS_NAMES.get(primary, "en"),)
    return ()
