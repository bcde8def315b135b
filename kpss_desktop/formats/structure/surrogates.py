"""UTF-16 as old formats hold it: characters beyond U+FFFF in two halves."""

from __future__ import annotations


def paired(text: str) -> str:
    """The text with halves joined; a half alone becomes U+FFFD."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
