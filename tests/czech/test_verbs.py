from __future__ import annotations

import pytest

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.lemmas import lemma


@pytest.mark.parametrize(
    "family",
    [
        "schválit schválila schválí schválen schváleno schválený schválení schvaluje schvalovat schvalování",
        "projednat projednali projednáno projednaný projednání projednává projednávání",
        "zajistit zajistí zajištěno zajištění zajišťuje zajišťovat",
        "předložit předložil předloženo předkládá předkládat",
        "rozhodnout rozhodla rozhodnuto rozhodnutí rozhoduje",
        "přijmout přijal přijato přijetí přijímá přijímání",
        "uzavřít uzavřela uzavřeno uzavření uzavírá",
        "navrhnout navrhl navrženo navržený navrhuje",
        "postihnout postižený postižení postižením",
        "využít využil využito využití využívá",
        "vykázat vykázáno vykazuje vykazování",
        "odeslat odeslala odesláno",
    ],
)
def test_all_that_is_made_of_a_verb_has_one_lemma(family: str) -> None:
    assert {lemma(form) for form in family.split()} == {family.split(maxsplit=1)[0]}


@pytest.mark.parametrize(
    "words",
    [
        "darovat dařit",
        "studovat studit",
        "hlasovat hlásit",
        "stravování strávit",
        "opatrovat opatřit",
        "jednání jednat",
        "zařízení zařídit",
        "oddělení oddělit",
        "zelený zelí",
        "bohatý složitý pátý určitý",
        "přijetí přijet",
        "pití pálit",
    ],
)
def test_other_words_are_kept_apart(words: str) -> None:
    assert len({lemma(word) or fold(word) for word in words.split()}) == len(words.split())


@pytest.mark.parametrize("form", ["kanál", "terminál", "kolno", "l", "n", "ano", "jídelna"])
def test_a_word_that_only_ends_like_a_verb_is_none(form: str) -> None:
    assert not (lemma(form) or "").endswith("t")
