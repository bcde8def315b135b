"""What a text is compared by: its words without marks, and a digest of their letters, its print."""

from __future__ import annotations

import re
from hashlib import blake2b

from kpss_desktop.czech.folding import fold, join_hyphenated

_SHORTEST = 60  # letters; less says nothing
_WORDS = 20_000  # of a text are compared
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: without marks, in small letters, the first _WORDS of them."""
    return _WORD.findall(fold(join_hyphenated(text[: 20 * _WORDS])))[:_WORDS]


def letters_of(text: str) -> str:
    """A digest of the letters of a text in 32 hex digits, the same for a .doc and its .pdf; "" when it says too little.

    A later version of the program that folds or cuts otherwise must forget the digests that are kept.
    """
    letters = "".join(words_of(text)).encode()
    return blake2b(letters, digest_size=16).hexdigest() if len(letters) >= _SHORTEST else ""
