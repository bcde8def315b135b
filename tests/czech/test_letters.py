from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.czech.collation import compare, sort_key
from kpss_desktop.czech.file_names import parted, split_name
from kpss_desktop.czech.folding import fold, join_hyphenated, join_spaced, normalise


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Řídící skupina", "ridici skupina"),
        ("ŽLUŤOUČKÝ KŮŇ", "zlutoucky kun"),
        (unicodedata.normalize("NFD", "péče"), "pece"),
        ("", ""),
        ("½ č. 3", "½ c. 3"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet="aábcčdďeéěfghiíjklmnňoóprřsštťuúůvyýzžAÁČŘŽ .-_0123456789"))
def test_folded_czech_keeps_its_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_fold_is_the_same_for_both_ways_to_write_a_mark(text: str) -> None:
    composed = normalise(text)
    assert fold(unicodedata.normalize("NFD", composed)) == fold(composed)


@given(st.lists(st.text(alphabet=st.characters(max_codepoint=0x2FF)), max_size=9))
def test_a_long_text_is_folded_as_its_parts_are(parts: list[str]) -> None:
    assert fold("\n".join(parts)) == "\n".join(fold(part) for part in parts)


@pytest.mark.parametrize("long", ["Péče – „Řád“ … ", "Péče ☐ "])
def test_signs_stay_in_a_long_text(long: str) -> None:
    assert fold(long * 20) == fold(long) * 20


@pytest.mark.parametrize(
    ("spaced", "joined"),
    [
        ("Z Á P I S", "ZÁPIS"),
        ("Z á p i s", "Zápis"),
        ("Z Á P I S z jednání", "ZÁPIS z jednání"),
        ("Z á p i s z 31. zasedání", "Zápis z 31. zasedání"),
        ("Z á z n a m", "Záznam"),
        ("ZÁ P I S z 67. schůze", "ZÁPIS z 67. schůze"),
        ("J e d n a c í a v o l e b n í ř á d", "Jednací a volební řád"),
        ("J e d n a c í   ř á d P S", "Jednací řád P S"),
        ("PREZENCNI-LISTINA A B C", "PREZENCNI-LISTINA A B C"),
        ("P Ř E H L E D návrhů", "PŘEHLED návrhů"),
        ("R A D A M Č P R A H A 2 1", "RADAMČPRAHA21"),
        ("Z á p i s č . 1 /2 001", "Zápis č . 1 /2001"),
        ("Z-a-p-i-s-c-3-2016", "Zapis-c-3-2016"),
        ("Z Á P I S 6 3", "ZÁPIS 6 3"),
        ("OPS S a M", "OPS S a M"),
        ("PS A B C 6 3", "PS A B C 6 3"),
        ("6 3 1 2", "6 3 1 2"),
        ("v 3 a 4", "v 3 a 4"),
    ],
)
def test_join_spaced(spaced: str, joined: str) -> None:
    assert join_spaced(spaced) == joined


def test_words_parted_at_a_line_end_are_joined() -> None:
    assert join_hyphenated("pečovatel-\nská služba\n- odrážka") == "pečovatelská služba\n- odrážka"


def test_normalise_drops_soft_hyphens() -> None:
    assert normalise("pe\u00adc\u030ce") == "peče"


@pytest.mark.parametrize(
    ("name", "title", "extension"),
    [
        ("Zápis PS Péče 6 3.doc", "Zápis PS Péče 6 3", "doc"),
        ("Zápis.docx.pdf", "Zápis", "pdf"),
        ("Zápis .PDF", "Zápis", "pdf"),
        ("Zápis (1).docx", "Zápis", "docx"),
        ("Zápis – kopie.docx", "Zápis – kopie", "docx"),
        ("Zápis - kopie (2).docx", "Zápis", "docx"),
        ("Zápis 16. 1.2020", "Zápis 16. 1.2020", ""),
        ("presenční listiny (80.92 kB)", "presenční listiny", ""),
        ("Dokument v Roudnici n.L.", "Dokument v Roudnici n.L.", ""),
        ("PracovniSkupinaPece2019.zip", "Pracovni Skupina Pece2019", "zip"),
        (".doc", ".doc", "doc"),
        ("", "", ""),
    ],
)
def test_split_name(name: str, title: str, extension: str) -> None:
    assert split_name(name) == (title, extension)


def test_words_are_parted_by_single_spaces() -> None:
    assert parted(fold("Zápis_07.KS – (příloha)")) == " zapis 07 ks priloha "


@pytest.mark.parametrize(
    "ordered",
    [
        ["cihla", "čáp", "dům"],
        ["hora", "chata", "ibis"],
        ["rak", "ruka", "řeka", "sova", "šíp", "tma"],
        ["zebra", "zub", "žába"],
        ["Adam", "Ádam", "Adámek"],
        ["Zápis 2", "Zápis 10", "Zápis 100"],
        ["Zápis 2 1", "Zápis 2 10", "Zápis 10 1"],
        ["a", "a b", "ab"],
        ["péče", "Péče", "Prevence"],
        ["dal", "ďal", "dále"],
        ["číslo 7", "číslo 007x"],
    ],
)
def test_czech_order(ordered: list[str]) -> None:
    shuffled = ordered[::-1]
    assert sorted(shuffled, key=sort_key) == ordered
    assert all(compare(a, b) == -1 for a, b in pairwise(ordered))


def test_compare_serves_sqlite_as_a_collation() -> None:
    with closing(sqlite3.connect(":memory:")) as base:
        base.create_collation("czech", compare)
        values = "('chata'), ('Zápis 10'), ('cena'), ('Zápis 9'), ('hora')"
        rows = base.execute(f"SELECT * FROM (VALUES {values}) ORDER BY 1 COLLATE czech")
        assert [row[0] for row in rows] == ["cena", "hora", "chata", "Zápis 9", "Zápis 10"]


@given(st.text(), st.text(), st.text())
def test_order_is_total(a: str, b: str, c: str) -> None:
    assert compare(a, b) == -compare(b, a)
    assert compare(a, a) == 0
    one, two, three = sorted([a, b, c], key=sort_key)
    assert compare(one, three) <= 0
    assert compare(one, two) <= 0
