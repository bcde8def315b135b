"""Which documents a search may find, told by what is known of them; its words for the index and for the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b

STEP = 1_000_000  # index rows of one date
TRASH = -(10**15)  # what is in the trash lies below all else, so that no search need look at it

_LAST_DATE = 99991231


@dataclass(frozen=True, slots=True)
class Scope:
    """Restrictions that must all hold; an empty one restricts nothing.

    `groups` are ids (any of them; `without_group` adds the documents of none), `years` inclusive ranges, `kinds` and
    `states` values of Kind and TextState (any), `tags` (all). `since` and `until` are days "YYYY-MM-DD"; a month or a
    year counts as its first day. `documents` are ids to search among. `unsure`: only dates that are not sure.
    """

    groups: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    exclude_groups: tuple[str, ...] = ()
    exclude_years: tuple[tuple[int, int], ...] = ()
    exclude_kinds: tuple[str, ...] = ()
    exclude_tags: tuple[str, ...] = ()
    exclude_states: tuple[str, ...] = ()
    without_group: bool = False
    unsure: bool = False
    trashed: bool = False
    documents: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL that stands in a WHERE, and its values."""

    sql: str
    values: tuple[str | int, ...]


EVERY = "m"  # stands in every row: FTS5 can only take away from something
NO_GROUP = "n"
UNSURE = "u"


def token(letter: str, value: str) -> str:
    """A word of the index's column `meta`: never a user's text, so no text can be mistaken for it."""
    return letter + blake2b(value.encode(), digest_size=8).hexdigest()


def meta_tokens(groups: list[str], kind: str, tags: list[str], states: list[str], certainty: str | None) -> str:
    """What is known of a document, as words of the index."""
    tokens = [EVERY, token("d", kind)]
    tokens += [token("g", group) for group in sorted(groups)] or [NO_GROUP]
    tokens += [token("t", tag) for tag in sorted(tags)] + [token("s", state) for state in sorted(set(states))]
    if certainty not in (None, "sure"):
        tokens.append(UNSURE)
    return " ".join(tokens)


def date_code(date: str | None) -> int:
    """A date as a number that grows with time: 20200306, 20200300 for a month, 0 when the year is unknown."""
    if not date or date.startswith("-"):
        return 0
    return int(date.replace("-", "").ljust(8, "0"))


def match_words(scope: Scope) -> tuple[list[str], list[str]]:
    """Expressions that a row of the index must match, and words that it must not."""
    wanted = []
    groups = [token("g", group) for group in scope.groups] + ([NO_GROUP] if scope.without_group else [])
    kinds = [token("d", kind) for kind in scope.kinds]
    states = [token("s", state) for state in scope.states]
    wanted += ["(" + " OR ".join(any_of) + ")" for any_of in (groups, kinds, states) if any_of]
    wanted += [token("t", tag) for tag in scope.tags]
    if scope.unsure:
        wanted.append(UNSURE)
    unwanted = [
        token(letter, value)
        for letter, values in (
            ("g", scope.exclude_groups), ("d", scope.exclude_kinds), ("t", scope.exclude_tags),
            ("s", scope.exclude_states),
        )
        for value in values
    ]  # fmt: skip
    return wanted, unwanted


def row_condition(scope: Scope, column: str = "rowid") -> Condition:
    """The rows of the index that may be found, by their date-coded numbers."""
    base = TRASH if scope.trashed else 0
    low, high = _bounds(scope)
    sql, values = [f"{column} BETWEEN ? AND ?"], [base + low, base + high]
    if len(scope.years) > 1:
        sql.append("(" + " OR ".join([f"+{column} BETWEEN ? AND ?"] * len(scope.years)) + ")")
        values += [base + bound for years in scope.years for bound in _year_rows(years)]
    for years in scope.exclude_years:
        sql.append(f"+{column} NOT BETWEEN ? AND ?")
        values += [base + bound for bound in _year_rows(years)]
    found: list[str | int] = list(values)
    if scope.documents is not None:
        sql.append(f"+{column} IN (SELECT number FROM indexed WHERE document_id IN (SELECT value FROM json_each(?)))")
        found.append(json.dumps(scope.documents))
    return Condition(" AND ".join(sql), tuple(found))


def table_condition(scope: Scope) -> Condition:
    """The same restrictions on `documents d`, for lists without words; true even where the index lags behind."""
    sql, values = ["d.trashed = ?"], [int(scope.trashed)]
    parts: list[tuple[str, list[str | int]]] = []
    in_groups = "EXISTS(SELECT 1 FROM document_groups g WHERE g.document_id = d.id AND g.group_id IN ({}))"
    in_no_group = "NOT EXISTS(SELECT 1 FROM document_groups g WHERE g.document_id = d.id)"
    tagged = "EXISTS(SELECT 1 FROM document_tags t WHERE t.document_id = d.id AND t.tag IN ({}))"
    in_states = (
        "EXISTS(SELECT 1 FROM files f LEFT JOIN texts x ON x.sha256 = f.sha256 "
        "WHERE f.document_id = d.id AND coalesce(x.state, 'pending') IN ({}))"
    )
    if scope.groups or scope.without_group:
        either = [in_groups] * bool(scope.groups) + [in_no_group] * scope.without_group
        parts.append(("(" + " OR ".join(either) + ")", list(scope.groups)))
    parts += [(template, list(chosen)) for template, chosen in (
        ("d.kind IN ({})", scope.kinds), (in_states, scope.states), *((tagged, (tag,)) for tag in scope.tags),
        ("NOT " + in_groups, scope.exclude_groups), ("d.kind NOT IN ({})", scope.exclude_kinds),
        ("NOT " + tagged, scope.exclude_tags), ("NOT " + in_states, scope.exclude_states),
    ) if chosen]  # fmt: skip
    if scope.years:
        ranges = " OR ".join(["d.year BETWEEN ? AND ?"] * len(scope.years))
        parts.append((ranges, [year for years in scope.years for year in years]))
    for first, last in scope.exclude_years:
        parts.append(("(d.year IS NULL OR d.year NOT BETWEEN ? AND ?)", [first, last]))
    if scope.since or scope.until:
        parts.append(("d.date BETWEEN ? AND ?", [_first_written(scope.since), scope.until or "9999-12-31"]))
    if scope.unsure:
        parts.append(("d.date_certainty <> 'sure'", []))
    if scope.documents is not None:
        parts.append(("d.id IN (SELECT value FROM json_each(?))", [json.dumps(scope.documents)]))
    found: list[str | int] = [*values]
    for template, chosen in parts:
        sql.append("(" + template.format(",".join("?" * len(chosen))) + ")")
        found += chosen
    return Condition(" AND ".join(sql), tuple(found))


def _bounds(scope: Scope) -> tuple[int, int]:
    low, high = 0, (_LAST_DATE + 1) * STEP - 1
    if scope.years:
        rows = [_year_rows(years) for years in scope.years]
        low, high = min(row[0] for row in rows), max(row[1] for row in rows)
    if scope.since or scope.until:
        low = max(low, date_code(_first_written(scope.since)) * STEP)
    if scope.until:
        high = min(high, (date_code(scope.until) + 1) * STEP - 1)
    return low, high


def _year_rows(years: tuple[int, int]) -> tuple[int, int]:
    first, last = years
    return first * 10_000 * STEP, (last + 1) * 10_000 * STEP - 1


def _first_written(since: str | None) -> str:
    """The least written date that counts as this day: "2020" for 1. 1. 2020."""
    return (since or "1000-01-01").removesuffix("-01").removesuffix("-01")
