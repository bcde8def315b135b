"""The search on real minutes, as Word wrote them."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.catalogue.highlight import spans
from kpss_desktop.catalogue.plan import plan
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.words import words
from kpss_desktop.czech.language import LANGUAGE

if TYPE_CHECKING:
    from tests.catalogue.conftest import Shelf


def text_of(path: Path) -> str:
    """The paragraphs of a .docx."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode()
    return "\n".join(
        unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph))) for paragraph in xml.split("</w:p>")
    )


@pytest.fixture
def texts(shelf: Shelf, shared: Path) -> dict[str, str]:
    """Name to text of some minutes, all of them on the shelf."""
    found = {path.name: text_of(path) for path in sorted((shared / "minutes").rglob("*.docx"))}
    found |= {path.name: path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}
    for name, text in found.items():
        shelf.put(name, text, title=Path(name).stem)
    shelf.follow()
    return found


def test_every_word_finds_and_lights_its_text(shelf: Shelf, texts: dict[str, str]) -> None:
    assert len(texts) >= 5
    for name, text in texts.items():
        for word in sorted(set(words(text)))[::7]:
            for typed in (word, LANGUAGE.fold(word), f'"{word}"'):
                assert name in shelf.found(typed), (name, typed)
                planned = plan(shelf.db, LANGUAGE, parse(typed))
                assert word in [text[start:end] for start, end in spans(text, planned)]


def test_every_sentence_is_found_as_a_phrase(shelf: Shelf, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        for line in text.splitlines()[::5]:
            part = words(line)[:5]
            if len(part) > 1:
                assert name in shelf.found(f'"{" ".join(part)}"'), part


def test_a_snippet_of_each_hit_has_a_lit_word(shelf: Shelf, texts: dict[str, str]) -> None:
    for text in ("sociální služby", "zápis", "jednání", "pece", "senior", "plánování"):
        hits = shelf.search(text).hits
        assert hits
        assert {hit.document_id for hit in hits} <= texts.keys()
        for hit in hits:
            assert hit.spans or hit.title_spans
            assert all(hit.snippet[start:end].strip() for start, end in hit.spans)
