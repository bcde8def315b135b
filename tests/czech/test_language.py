from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.language import LANGUAGE

PAIRS = Path(__file__).parents[3] / "shared/search/pairs.tsv"


class Vocabulary:
    """The look-up rule of the catalogue, in small: which keys a query word stands for."""

    def __init__(self, forms: set[str]) -> None:
        self.by_fold: dict[str, set[str]] = defaultdict(set)
        self.by_stem: dict[str, set[str]] = defaultdict(set)
        self.lower = {form.lower() for form in forms}
        for form in forms:
            self.by_fold[LANGUAGE.fold(form)].add(form)
            self.by_stem[LANGUAGE.stem(form)].add(form)

    def seeds(self, word: str) -> set[str]:
        alike = self.by_fold.get(LANGUAGE.fold(word), set())
        own = {word, word.lower(), word.capitalize()}
        low = word.lower()
        if LANGUAGE.fold(word) != low:
            known = low in self.lower or LANGUAGE.lemma(word)
            return own | ({form for form in alike if form.lower() == low} if known else alike)
        if low in self.lower:
            alike = {x for x in alike if x.lower() == low or LANGUAGE.lemma(x) not in LANGUAGE.function_lemmas}
        return own | alike

    def keys(self, word: str) -> set[str]:
        keys: set[str] = set()
        unseen = LANGUAGE.fold(word) not in self.by_fold
        for form in self.seeds(word):
            stem = LANGUAGE.stem(form)
            lemma = LANGUAGE.lemma(form)
            keys.add("~" + stem)
            if lemma:
                keys |= {lemma, "~" + LANGUAGE.stem(lemma)}
                continue
            plain = LANGUAGE.fold(form) == form.lower()
            keys |= {
                LANGUAGE.key(other)
                for other in self.by_stem[stem]
                if (unseen and plain) or _same_start(form.lower(), other.lower(), len(stem))
            }
        return keys


def _same_start(one: str, other: str, length: int) -> bool:
    shared = min(length, len(one), len(other), 4)
    return shared <= 2 or one[: shared - 1] == other[: shared - 1]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def matches(vocabulary: Vocabulary, query: str, text: str) -> bool:
    there = {LANGUAGE.key(word) for word in words(text)}
    return all(vocabulary.keys(word) & there for word in words(query))


def rows() -> list[dict[str, str]]:
    if not PAIRS.exists():
        pytest.skip("the pairs of the shared folder are not here")
    with PAIRS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize(("strip", "most_missed", "most_violated"), [(False, 7, 1), (True, 6, 15)])
def test_pairs_are_no_worse_than_the_measured_design(strip: bool, most_missed: int, most_violated: int) -> None:
    pairs = rows()
    # Any archive of some size holds the base forms too, so queries written with their marks lend it theirs.
    marked = {pair["query"] for pair in pairs if fold(pair["query"]) != pair["query"].lower()}
    vocabulary = Vocabulary({word for text in {pair["text"] for pair in pairs} | marked for word in words(text)})
    missed: list[tuple[str, str]] = []
    violated: list[tuple[str, str]] = []
    for pair in pairs:
        query = fold(pair["query"]) if strip else pair["query"]
        found = matches(vocabulary, query, pair["text"])
        if found != (pair["must_match"] == "1"):
            (violated if found else missed).append((query, pair["text"]))
    assert len(missed) <= most_missed, missed
    assert len(violated) <= most_violated, violated


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
