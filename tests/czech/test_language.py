from __future__ import annotations

import pytest

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.language import LANGUAGE


@pytest.mark.parametrize(
    "family",
    [
        "služba služby službě službu službou služeb službám službách službami",
        "pečovatelská pečovatelské pečovatelskou pečovatelských",
        "senior seniora seniorů seniorům senioři seniory seniorech",
        "dítě dítěte děti dětem dětmi",
        "středisko středisku středisek střediska",
        "ředitelka ředitelce ředitelkou",
    ],
)
def test_a_stem_is_one_for_a_family_with_and_without_marks(family: str) -> None:
    assert len({LANGUAGE.stem(form) for form in family.split() + fold(family).split()}) == 1


def test_a_lemma_minds_capitals() -> None:
    assert LANGUAGE.lemma("Prahy") == "praha"
    assert LANGUAGE.lemma("prahy") != "praha"


@pytest.mark.parametrize(
    "family",
    [
        "kůň koně koních",
        "ucho uši uší",
        "vítr větru větrem",
        "ves vsi vsí",
        "dobrý lepší nejlepšího",
        "velký větší největších",
        "člověk lidé lidem lidmi",
        "kurz kurs kurzy",
        "diskuse diskuze diskusí",
        "řídící řídicí řídícího",
        "Černá Černé Černou Černého",
        "Vlčková Vlčkové Vlčkovou",
        "hodina hodiny hodinách hodin",
    ],
)
def test_a_lemma_is_one_for_all_that_a_reader_takes_for_one_word(family: str) -> None:
    assert len({LANGUAGE.lemma(form) for form in family.split()} - {None}) == 1
    assert None not in {LANGUAGE.lemma(form) for form in family.split()}


def test_noise_of_the_dictionary_is_not_believed() -> None:
    assert LANGUAGE.lemma("bezdomovec") is None


@pytest.mark.parametrize("word", ["", "a", "123", "07/08", "č", "ŘS", "_", "ﬁ", "İstanbul", "한국"])
def test_any_word_has_a_key(word: str) -> None:
    assert LANGUAGE.key(word).startswith("~")
