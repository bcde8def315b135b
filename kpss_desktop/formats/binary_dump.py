"""Text that somebody made of a .doc by keeping the low byte of each character: "pYtomni" for "přítomni"."""

from __future__ import annotations

import re

# The low bytes of ř š ž ů ň ť: U+0159 Y, U+0161 a, U+017E ~, U+016F o, U+0148 H, U+0165 e. Only Y, H and ~ are odd
# inside a word of small letters.
_ODD_WORD = re.compile(r"\b\w*[a-záéíóúý][YH~][a-záéíóúý]\w*|\b[Y~][a-záéíóúý]{2,}")
_ODD_LETTER = re.compile(r"[a-záéíóúý][YH~]|[Y~][a-záéíóúý]")
_FEW = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_ACUTE = re.compile(r"[áéíóúý]")
_CARON = re.compile(r"[ěřžščůňťď]")


def is_binary_dump(text: str) -> bool:
    """Whether the letters with carons are gone and the signs of their low bytes stand inside many words."""
    sample = text[:100_000]
    # The usual case is told by counting, which takes far less than looking at letters or whole words.
    if sum(map(sample.count, "YH~")) < _FEW or len(_ODD_LETTER.findall(sample)) < _FEW:
        return False
    odd = len(_ODD_WORD.findall(sample))
    # Program code has getYear, but no vowels with acutes.
    return (
        odd >= _FEW
        and odd * 60 > len(_WORD.findall(sample))
        and odd > 3 * len(_CARON.findall(sample))
        and odd < 3 * len(_ACUTE.findall(sample))
    )
