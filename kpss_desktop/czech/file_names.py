"""A file's name as its author meant it: without extensions, copy marks and sizes."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from kpss_desktop.czech.folding import join_spaced, normalise

_EXTENSIONS = (
    "doc docx docm dot dotx odt ott rtf pdf txt md htm html xhtml xml xls xlsx xlsm ods csv ppt pptx pps ppsx odp "
    "jpg jpeg png tif tiff gif bmp webp svg heic eps ai cdr psd eml msg zip rar 7z tar gz p7m p7s zfo asice url lnk"
)
_EXTENSION = re.compile(r"\s*\.(" + _EXTENSIONS.replace(" ", "|") + r")\s*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\(\.(" + _EXTENSIONS.replace(" ", "|") + r")\)$", re.IGNORECASE)  # of a link
_PACKED = frozenset({"zip", "rar", "7z", "tar", "gz"})
LONGEST_NAME = 512  # characters; no file system has longer ones, but members of ZIPs and subjects of letters may be
_COPY = re.compile(
    r"\s*(?:\(\d{1,2}\)|\(?(?<!\d)\d{1,6}(?:[.,]\d{1,3})?\s?[kKM]B\)?|\[\d{1,2}\]|[-_]\s*(?:kopie|copy)(?:\s*\(\d+\))?)\s*$",
    re.IGNORECASE,
)
_COPY_ENDS = (")", "]", "b", "kopie", "copy")
_COPY_OF = re.compile(r"\s*(?:Kopie|Kopie souboru|Copy of)\s*[-–]?\s+", re.IGNORECASE)
_SMALL, _CAPITAL = "[a-záčďéěíňóřšťúůýž]", "[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]"
_HUMP = re.compile(rf"(?<={_SMALL})(?={_CAPITAL})|(?<={_CAPITAL})(?={_CAPITAL}{_SMALL})")
# Within a name that has gaps only whole words are parted, for "MěÚ" and "KUaD" are one.
_LONG_HUMP = re.compile(rf"(?<={_SMALL}{{3}})(?={_CAPITAL}{_SMALL}{{2}})")
_GLUED = re.compile(rf"(?<![^\W_])(?:OPS|PRS|PS|ŘS)(?={_SMALL}{{4}})")  # "PSrodina"
_PASTED = re.compile(
    rf"(?<={_SMALL}{{3}})(?=(?:OPS|PRS|PS|ŘS)(?![^\W\d_a-z]))|(?<={_SMALL}{{4}})(?={_CAPITAL}{{2,}}(?!{_SMALL}))"
)  # "zapisPS"
_RISE = re.compile(_SMALL + _CAPITAL)  # in every name of the two above and with a long hump
_GAP = re.compile(r"[\s_\-]")
_SEPARATORS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def split_name(name: str) -> tuple[str, str]:
    """The name's meaning and its extension in lower case: "Zápis 6 3 (1).docx.pdf" gives ("Zápis 6 3", "pdf").

    Only known extensions are taken off, so "Zápis 16. 1.2020" stays whole. The last folder of a path is dropped with
    the rest of the path, but a "/" between numbers is no path. Of a name longer than any disk allows the middle is
    passed over.
    """
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 64]} {name[-64:]}"
    base = normalise(_unescaped(name))
    extension = ""
    while True:
        written = _IN_BRACKETS if base.endswith(")") else _EXTENSION
        found = written.search(base) if "." in base else None
        shorter = _without_copy_mark(base[: found.start()] if found else base)
        if found and not extension:
            extension = found[1].lower()
        if shorter == base or not shorter.strip():
            return _spaced(join_spaced(base.strip())), extension
        base = shorter


def _without_copy_mark(name: str) -> str:
    copy_of = _COPY_OF.match(name)
    name = name[copy_of.end() :] if copy_of else name
    return _COPY.sub("", name) if name.rstrip().lower().endswith(_COPY_ENDS) else name


def _unescaped(name: str) -> str:
    """A name as it was before a browser wrote "%20" for its spaces."""
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name


def _spaced(title: str) -> str:
    """Part "PracovniSkupinaPece2019", the more readily when it has no other gaps."""
    humps = _LONG_HUMP if _GAP.search(title) else _HUMP
    if humps is _HUMP or _RISE.search(title):
        return humps.sub(" ", _GLUED.sub(r"\g<0> ", _PASTED.sub(" ", title)))
    return _GLUED.sub(r"\g<0> ", title)


def is_packed(extension: str) -> bool:
    """Whether the extension is that of a ZIP or another archive file."""
    return extension in _PACKED


def parted(folded: str) -> str:
    """Folded words parted by single spaces, with one space at either end, to be searched with " word "."""
    return f" {_SEPARATORS.sub(' ', folded).strip()} "
