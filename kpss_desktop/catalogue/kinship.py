"""Which keys of the index a typed word stands for: all forms of its word, and of the words it may be.

The dictionary knows a part of the words only, a form may belong to two words, and clerks type with accents or without,
so what a word stands for is asked of the words that the texts hold.
"""

from __future__ import annotations

import json
from collections.abc import Collection

import sqlite_utils

from kpss_desktop.catalogue.lexicon import Form, Language, forms_where, has_accents

_COMPARED = 4  # letters at the beginning whose accents must agree


def keys_of(db: sqlite_utils.Database, language: Language, word: str, *, whole: bool = True) -> list[int]:
    """Ids of the keys a word stands for; the surest first, empty when no text holds any form of it.

    The word's own forms give their keys. Each also gives the stems of itself and of its lemma, for forms that the
    dictionary does not know; a form that it does not know, or a name, gives the keys of the forms with the same stem,
    unless the accents contradict. What no text holds as typed is looked up in the dictionary, but not when it is
    perhaps not `whole`: the first look into the dictionary takes 50 ms.
    """
    low, accents = word.lower(), has_accents(language, word)
    alike = forms_where(db, "fold = ?", language.fold(word))
    literal = [row for row in alike if row.form.lower() == low]
    rows = _meant(db, language, word, alike, literal, whole=whole)
    found = dict.fromkeys(row.key_id for row in sorted(rows, key=lambda row: row not in literal))
    stems: dict[str, None] = {}
    siblings: dict[int, None] = {}
    lemmas = _keys(db, found)
    are_names = all(row.form.istitle() for row in rows)
    for row in rows:
        stems["~" + row.stem] = None
        reference = low if accents else row.form.lower()
        if lemmas[row.key_id].startswith("~"):
            siblings |= _siblings(db, language, reference, row.stem)
            continue
        stems |= _kin(language, lemmas[row.key_id])
        if are_names:  # of which the dictionary knows little: "Marka" may be a form of "Marek"
            siblings |= _siblings(db, language, reference, row.stem, names=True)
    if not literal and whole:
        lemma = language.lemma(word)
        stems |= dict.fromkeys(("~" + language.stem(word), lemma or "")) | (_kin(language, lemma) if lemma else {})
        if not rows:
            siblings |= _unmet(db, language, word, lemma)
    return list(found | dict.fromkeys(_key_ids(db, stems)) | siblings)


def _meant(
    db: sqlite_utils.Database, language: Language, word: str, alike: list[Form], literal: list[Form], *, whole: bool
) -> list[Form]:
    """Which of the forms that differ by accents at most are meant.

    Accents that were typed count, as far as some text or the dictionary has them. Without any the word may be each of
    the forms, but for a function word when a text holds the very word.
    """
    if has_accents(language, word):
        return literal or ([] if whole and language.lemma(word) else alike)
    if not literal:
        return alike
    lemmas = _keys(db, {row.key_id for row in alike})
    return [row for row in alike if row in literal or lemmas[row.key_id] not in language.function_lemmas]


def _kin(language: Language, lemma: str) -> dict[str, None]:
    """Keys that belong to a lemma: its stem, and the adjectives of a noun.

    "dluhové poradenství" is about "dluhy" and "protidrogová politika" about "drogy". Other compounds and derivations
    are words of their own: what begins or ends alike is seldom about the same.
    """
    adjective = lemma.rstrip("aeěioy") + "ový"
    against = "proti" + adjective
    return dict.fromkeys(("~" + language.stem(lemma), adjective, against, "~" + language.stem(against)))


def _siblings(
    db: sqlite_utils.Database, language: Language, word: str, stem: str, *, names: bool = False
) -> dict[int, None]:
    """Keys of the forms with the same stem; `names`: only of those in capitals."""
    rows = forms_where(db, "stem = ?", stem)
    plain = not names and not has_accents(language, word)
    return dict.fromkeys(
        row.key_id
        for row in rows
        if (row.form.istitle() or not names) and (plain or _begin_alike(word, row.form.lower(), stem))
    )


def _unmet(db: sqlite_utils.Database, language: Language, word: str, lemma: str | None) -> dict[int, None]:
    """Keys of the forms with the same stem as a word that no text holds, whatever its accents."""
    stem = language.stem(word)
    if lemma is None:
        return _siblings(db, language, word.lower(), stem)
    if has_accents(language, word):
        return {}
    # It may be another form of a word with accents, or of a name.
    rows = forms_where(db, "stem = ?", stem)
    return dict.fromkeys(row.key_id for row in rows if has_accents(language, row.form) or not row.form.islower())


def _begin_alike(one: str, other: str, stem: str) -> bool:
    """Whether the accents at the beginning agree; the letter before the ending may soften, so it does not count."""
    length = min(len(stem), len(one), len(other), _COMPARED)
    return length <= 2 or one[: length - 1] == other[: length - 1]


def _keys(db: sqlite_utils.Database, ids: Collection[int]) -> dict[int, str]:
    sql = "SELECT id, key FROM lexkeys WHERE id IN (SELECT value FROM json_each(?))"
    return dict(db.execute(sql, (json.dumps(list(ids)),)).fetchall())


def _key_ids(db: sqlite_utils.Database, keys: Collection[str]) -> list[int]:
    sql = (
        "SELECT id FROM lexkeys k WHERE key IN (SELECT value FROM json_each(?)) "
        "AND EXISTS(SELECT 1 FROM forms WHERE key_id = k.id AND amount > 0) ORDER BY id"
    )
    return [number for (number,) in db.execute(sql, (json.dumps(list(keys)),))]
