"""Names and paths that Windows and Linux both take, and that can lie side by side on either.

Sources for the rules: Microsoft, "Naming Files, Paths, and Namespaces"; Linux, NAME_MAX.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

OURS = ".kpss"  # the folder of an archive that is no clerk's
MAX_NAME = 120  # UTF-16 units of one part of a path
_MAX_BYTES = 240  # of one part in UTF-8, without a number behind it; Linux allows 255
MAX_PATH = 180  # UTF-16 units of a path relative to the archive; Windows allows 260 for the whole

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})  # categories of what is not printed
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|$)")


def safe_name(name: str) -> str:
    """A name for a file or folder that Windows and Linux both take; the same name when it is safe already."""
    # Composed after what cannot be seen is gone, for that may stand between a letter and its mark.
    seen = name if name.isprintable() else "".join(c for c in name if unicodedata.category(c) not in _UNSEEN)
    text = unicodedata.normalize("NFC", seen)
    text = _FORBIDDEN.sub("_", text).strip().rstrip(". ")
    if not text.strip("."):
        text = "_"
    if _RESERVED.match(text) or text.casefold().startswith(OURS):
        text = "_" + text
    return _shortened(text, MAX_NAME)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fits(name: str, limit: int) -> bool:
    return _units(name) <= limit and len(name.encode()) <= _MAX_BYTES


def _shortened(name: str, limit: int) -> str:
    """Cut the stem, keep the extension, and tell by a digest which name it was."""
    if _fits(name, limit):
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or _units(extension) > 10:
        stem, dot, extension = name, "", ""
    tail = f"~{hashlib.sha256(name.encode()).hexdigest()[:8]}{dot}{extension}"
    # A folder's path that a stranger wrote may leave no room at all.
    stem = stem[: max(0, limit)]
    while stem and not _fits(stem + tail, limit):
        stem = stem[:-1]
    return stem.rstrip(". ") + tail


def path_key(path: str) -> str:
    """What must differ between two paths so that they can lie side by side on any system."""
    return unicodedata.normalize("NFC", path).casefold()


def numbered(path: str, number: int) -> str:
    """The n-th try for a taken path: "a.doc", "a (2).doc", "a (3).doc" ...; short enough again."""
    folder, slash, name = path.rpartition("/")
    mark = f" ({number})" if number > 1 else ""
    room = min(MAX_NAME, MAX_PATH - _units(folder) - 1) - _units(mark)
    name = _shortened(name, room)
    suffix = PurePosixPath(name).suffix if number > 1 else ""
    suffix = suffix if _units(suffix) <= 10 else ""
    return folder + slash + name.removesuffix(suffix) + mark + suffix
