"""simplemma's Czech list: what it says of a written form, and nothing when it does not know it."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

_CZECH = "cs"


class _Dictionary(Protocol):
    def is_known(self, token: str, lang: str) -> bool: ...

    def lemmatize(self, token: str, lang: str) -> str: ...


@lru_cache(maxsize=1)
def _dictionary() -> _Dictionary:
    # Half a second and 50 MB, so only a program that meets an unknown word pays for it.
    import simplemma  # noqa: PLC0415

    return simplemma


@lru_cache(maxsize=16384)
def entry(form: str) -> str | None:
    """What the list gives for a form written just so, in lower case; None for a form that is not in it."""
    if not _dictionary().is_known(form, lang=_CZECH):
        return None
    return _dictionary().lemmatize(form, lang=_CZECH).lower()
