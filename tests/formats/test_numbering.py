from __future__ import annotations

import pytest

from kpss_desktop.formats.numbering import Counter, Level, bullet, number_text


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimal", 4, "4"),
        ("decimalZero", 4, "04"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperRoman", 9, "IX"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", 0, "0"),
        ("ordinal", 3, "3."),
        ("none", 3, ""),
    ],
)
def test_forms(form: str, number: int, text: str) -> None:
    assert number_text(form, number) == text


def test_levels_restart_below_a_higher_one() -> None:
    counter = Counter({0: Level(template="%1."), 1: Level("lowerLetter", "%2)"), 2: Level("lowerRoman", "%1.%2.%3")})
    assert [counter.label(depth) for depth in (0, 1, 1, 2, 0, 1, 2)] == [
        "1.", "a)", "b)", "1.b.i", "2.", "a)", "2.a.i",
    ]  # fmt: skip


def test_a_level_that_never_restarts() -> None:
    counter = Counter({0: Level(template="%1."), 1: Level(template="%2", restart_after=-1)})
    assert [counter.label(depth) for depth in (0, 1, 0, 1)] == ["1.", "1", "2.", "2"]


def test_legal_numbers_are_arabic() -> None:
    counter = Counter({0: Level("upperRoman", "%1"), 1: Level(template="%1.%2", legal=True)})
    assert [counter.label(depth) for depth in (0, 1)] == ["I", "1.1"]


def test_a_variation_counts_on_with_its_list() -> None:
    counter = Counter({0: Level(template="%1.")})
    letters = counter.varied({0: Level("upperLetter", "%1")}, {})
    anew = counter.varied({}, {0: 1})
    labels = [one.label(0) for one in (counter, letters, counter, anew, anew, counter)]
    assert labels == ["1.", "B", "3.", "1.", "2.", "3."]


def test_missing_level_has_no_label() -> None:
    assert Counter({}).label(3) == ""


def test_signs_of_symbol_fonts_are_bullets() -> None:
    assert (bullet("\uf0b7"), bullet("–"), bullet("")) == ("•", "–", "•")
