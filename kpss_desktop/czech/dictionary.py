"""simplemma's Czech list: what it says of a written form, and nothing when it does not know it."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from kpss_desktop.czech.front_coded import FrontCoded

_FILE = ("dictionaries", "data", "cs.plzma")


def entry(form: str) -> str | None:
    """What the list gives for a form, in lower case; None for a form that is not in it.

    The form is looked for as it is written, then with its first letter in the other case.
    """
    listed = _lookup()
    found = listed(form) or listed(form.lower() if form[:1].isupper() else form.capitalize())
    return found.lower() if found is not None else None


@lru_cache(maxsize=1)
def _lookup() -> Callable[[str], str | None]:
    # simplemma's functions would guess at words that are not in the list. Its list reads all words first, which takes
    # a third of a second and 50 MB; ours a tenth of it, and only a program pays that meets an unknown word.
    try:
        return FrontCoded(_stored()).get
    except (OSError, ValueError, lzma.LZMAError):  # another version, which stores its lists in another way
        return _list_of_simplemma().get


def _stored() -> bytes:
    """The list as simplemma stores it; to import simplemma takes longer than to read it."""
    package = find_spec("simplemma")
    if package is None or package.origin is None:
        raise FileNotFoundError("simplemma")
    return lzma.decompress(Path(package.origin).with_name("strategies").joinpath(*_FILE).read_bytes())


def _list_of_simplemma() -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # noqa: PLC0415

    return DefaultDictionaryFactory().get_dictionary("cs")
