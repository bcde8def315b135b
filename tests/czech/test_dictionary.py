"""simplemma's list as we read it is the list as simplemma reads it."""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from kpss_desktop.czech import dictionary
from kpss_desktop.czech.front_coded import FrontCoded

STORED = Path(simplemma.__file__).parent / "strategies" / "dictionaries" / "data" / "cs.plzma"


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    dictionary._lookup.cache_clear()
    yield
    dictionary._lookup.cache_clear()


def listed_by_simplemma() -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary("cs")


def listed_by_us() -> FrontCoded:
    return FrontCoded(lzma.decompress(STORED.read_bytes()))


def test_each_word_has_the_lemma_that_simplemma_gives() -> None:
    whole, ours = listed_by_simplemma(), listed_by_us()
    # From the end, so that no part is read because the one before it was.
    wrong = [word for word, lemma in reversed(list(whole.items())) if ours.get(word) != lemma]
    assert len(whole) > 100_000
    assert wrong == []


def test_a_word_that_is_not_listed_has_none() -> None:
    whole, ours = listed_by_simplemma(), listed_by_us()
    others = {changed for word in list(whole)[::50] for changed in (word[:-1], word + "x", word + "\U0010ffff")}
    unlisted = others - whole.keys() | {"", "\0", "\ud800", "\U0010ffff"}
    assert len(unlisted) > 5000
    assert {ours.get(word) for word in unlisted} == {None}


def test_a_capital_and_a_small_letter_at_the_beginning_are_tried_in_turn() -> None:
    assert dictionary.entry("Praze") == "praha"
    assert dictionary.entry("Žádosti") == dictionary.entry("žádosti") == "žádost"
    assert dictionary.entry("nesmyslxyz") is None


@pytest.mark.parametrize(
    "data",
    [b"", b"SMFC2\x00\x01\x00\x01a\x00\x00", b"SMFC1\x01\x01\x00\x01a\x00\x00", b"SMFC1\x00\x01\x00\x05abc"],
    ids=["empty", "another version", "backwards", "cut off"],
)
def test_another_format_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"list|broken"):
        FrontCoded(data)


@pytest.mark.parametrize("stored", [None, b"no archive", lzma.compress(b"another format")])
def test_a_simplemma_that_stores_its_lists_otherwise_is_asked_itself(
    stored: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list"
    if stored is not None:
        path.write_bytes(stored)
    monkeypatch.setattr(dictionary, "_FILE", (str(path),))
    assert dictionary.entry("Praze") == "praha"
