from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.catalogue.plan import Plan, Run, Slot
from kpss_desktop.catalogue.snippets import Snippet, Snippets

if TYPE_CHECKING:
    from tests.catalogue.conftest import Shelf

FILLER = "slovo " * 300


def clause(*words: str) -> tuple[Run, ...]:
    """One word in several forms."""
    return ((Slot(tuple("k1"), frozenset(words)),),)


def phrase(*words: str) -> tuple[Run, ...]:
    return (tuple(Slot(("k1",), frozenset({word})) for word in words),)


def made(text: str, *clauses: tuple[Run, ...], width: int = 160) -> Snippet:
    return Snippets(Plan(clauses, ()), width).of(text.encode())


def lit(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


def test_it_is_cut_where_the_most_different_words_stand_closest() -> None:
    text = "služba " + "x " * 200 + "služba a dále odlehčovací. Odlehčovací   služba\n\tv Roudnici " + "y " * 200
    shown = made(text, clause("služba"), clause("odlehčovací", "Odlehčovací"), width=100)
    assert lit(shown) == ["služba", "odlehčovací", "Odlehčovací", "služba"]
    assert "Odlehčovací služba v Roudnici" in shown.text
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) <= 102


def test_a_short_text_is_shown_whole() -> None:
    assert made("  Zápis\nz jednání ", clause("Zápis")) == Snippet("Zápis z jednání", ((0, 5),))
    assert made("", clause("Zápis")) == Snippet("", ())
    assert made("Zápis") == Snippet("Zápis", ())
    assert made("a" * 500).text == "a" * 160 + "…"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("nepéče_péče", "péče"),
        ("„péče“ – 5×péče", "péče"),
        ("vý-\nbor", "výbor"),
        ("vý\u00adbor", "výbor"),
        (unicodedata.normalize("NFD", "péče"), "péče"),
        ("m² 日本語", "m²"),
        ("m² 日本語", "日本語"),
        ("PÉČE", "PÉČE"),
    ],
)
@pytest.mark.parametrize(
    "before", ["", FILLER, "čeština, " * 99, "vy vý péč výb m "], ids=["alone", "late", "accents", "alike"]
)
def test_a_word_is_lit_wherever_and_however_it_stands(text: str, word: str, before: str) -> None:
    shown = made(before + text + " " + FILLER, clause(word))
    assert lit(shown)
    assert set(lit(shown)) == {word}


def test_only_whole_words_are_lit() -> None:
    text = "péčem nepéče PÉČE péčeé pé\u00adčem péče\u0301 "
    assert made(text * 50, clause("péče")).spans == ()


def test_a_phrase_is_shown_where_it_stands_not_where_its_words_do() -> None:
    text = "rada " + FILLER + "města a rada i " * 20 + FILLER + "o tom rada města " + FILLER
    shown = made(text, phrase("rada", "města"))
    assert "o tom rada města" in shown.text
    assert lit(shown) == ["rada", "města"]
    late = "rada " * 200 + FILLER + "rada města"
    assert lit(made(late, phrase("rada", "města"))) == ["rada", "města"]


def test_a_phrase_longer_than_the_lines_has_its_first_words_shown() -> None:
    words = [f"slovo{i}" for i in range(80)]
    shown = made(FILLER + " ".join(words) + " " + FILLER, phrase(*words))
    assert lit(shown)[:3] == words[:3]


def test_one_clause_is_lit_where_the_other_has_no_hit() -> None:
    assert lit(made("rada " + FILLER + " péče", phrase("rada", "města"), clause("péče"))) == ["péče"]
    many = [f"s{letter}{other}lo" for letter in "abcdefghij" for other in "abcdef"]
    assert lit(made(FILLER + "shalo", clause("péče"), clause(*many, "shalo"))) == ["shalo"]


def test_words_with_many_forms_are_shown_beside_the_others() -> None:
    many = [f"{letter}slovo" for letter in "bcdfghjklmnpqrtvxz"]
    text = "péče " + FILLER + "zslovo " + FILLER + "o péči hslovo " + FILLER
    shown = made(text, clause("péče", "péči"), clause(*many))
    assert lit(shown) == ["péči", "hslovo"]
    assert lit(made(text, clause(*many))) == ["zslovo"]


def test_long_texts_show_their_first_hits_whole(shelf: Shelf) -> None:
    texts = {
        "early": "péče " + FILLER,
        "edge": "slovo " * 16_660 + "péče o péči a péče " + FILLER,
        "late": "slovo " * 20_000 + "péče " + FILLER,
    }
    for name, text in texts.items():
        shelf.put(name, text)
    hits = {hit.document_id: hit for hit in shelf.search("péče").hits}
    assert {name: [hit.snippet[start:end] for start, end in hit.spans] for name, hit in hits.items()} == {
        "early": ["péče"],
        "edge": ["péče", "péči", "péče"],
        "late": ["péče"],
    }
    assert all(hit.snippet.endswith("…") for hit in hits.values())
