"""simplemma's Czech list: what it says of a written form, and nothing when it does not know it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=1)
def _words() -> Mapping[str, str]:
    # Half a second and 50 MB, so only a program that meets an unknown word pays for it. Its own functions would guess
    # at words that are not in the list, and take longer for those that are.
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # noqa: PLC0415

    return DefaultDictionaryFactory().get_dictionary("cs")


def entry(form: str) -> str | None:
    """What the list gives for a form, in lower case; None for a form that is not in it.

    The form is looked for as it is written, then with its first letter in the other case.
    """
    listed = _words()
    found = listed.get(form) or listed.get(form.lower() if form[:1].isupper() else form.capitalize())
    return found.lower() if found is not None else None
