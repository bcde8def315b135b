"""From a file's type to the reader of its family."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from kpss_desktop.formats.structure.cleaning import clean
from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.odf.reader import read_odt
from kpss_desktop.formats.structure.openxml.reader import read_docx
from kpss_desktop.formats.structure.render import render
from kpss_desktop.formats.structure.rtf.reader import read_rtf
from kpss_desktop.formats.structure.word.reader import read_word
from kpss_desktop.formats.structure.words import ENGLISH, Words

Maker: TypeAlias = Callable[[Path, Words], str]


def structure(path: Path, mime: str, words: Words = ENGLISH) -> str:
    """The document as an HTML fragment that is safe to show.

    Raises NotStructured when the type has no structure to show, and whatever a broken file makes its reader raise.
    """
    maker = _MAKERS.get(mime.lower())
    if maker is None:
        raise NotStructured(mime)
    return clean(maker(path, words))


def _word(path: Path, words: Words) -> str:
    return render(read_word(path), words)


def _docx(path: Path, words: Words) -> str:
    return render(read_docx(path), words)


def _odt(path: Path, words: Words) -> str:
    return render(read_odt(path), words)


def _rtf(path: Path, words: Words) -> str:
    return render(read_rtf(path), words)


_MAKERS: dict[str, Maker] = {
    "application/msword": _word,
    "application/vnd.oasis.opendocument.text": _odt,
    "application/vnd.oasis.opendocument.text-template": _odt,
    "application/rtf": _rtf,
    "text/rtf": _rtf,
    **{
        f"application/vnd.{kind}": _docx
        for kind in (
            "openxmlformats-officedocument.wordprocessingml.document",
            "openxmlformats-officedocument.wordprocessingml.template",
            "ms-word.document.macroenabled.12",
            "ms-word.template.macroenabled.12",
        )
    },
}
