"""Which documents a search may find, told by what is known of them; its words for the index and for the tables."""

from __future__ import annotations

import datetime as dt
import json
from calendar import monthrange
from dataclasses import dataclass
from hashlib import blake2b

from kpss_desktop.model import PartialDate

ROWS_OF_DAY = 128  # rows of the index kept for one day; a fuller day runs over into the next ones
_LAST_ROW = (dt.date.max.toordinal() + 1) * ROWS_OF_DAY
TRASH = -(10**12)  # what is in the trash lies below all else, so that no search need look at it


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
    exclude_documents: tuple[str, ...] = ()

    @property
    def asks_what_belongs(self) -> bool:
        """Whether it asks for what does not stand in the document's own row: groups, tags, states of texts."""
        wanted = self.groups or self.tags or self.states or self.without_group
        return bool(wanted or self.exclude_groups or self.exclude_tags or self.exclude_states)


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL that stands in a WHERE, and its values."""

    sql: str
    values: tuple[str | int, ...]


EVERY = "m"  # stands in every row: FTS5 can only take away from something
NO_GROUP = "n"
UNSURE = "u"
NO_YEAR = "x"  # stands in no row


def token(letter: str, value: str) -> str:
    """A word of the index's column `meta`: never a user's text, so no text can be mistaken for it."""
    return letter + blake2b(value.encode(), digest_size=8).hexdigest()


def day_token(date: str) -> str:
    """The word of the index for a whole day "YYYY-MM-DD" or month "YYYY-MM"."""
    return "w" + date.replace("-", "")


def meta_tokens(
    groups: list[str],
    kind: str,
    tags: list[str],
    states: list[str],
    year: int | None,
    date: str | None,
    certainty: str | None,
) -> str:
    """What is known of a document, as words of the index."""
    tokens = [EVERY, token("d", kind)]
    tokens += [token("g", group) for group in sorted(groups)] or [NO_GROUP]
    tokens += [token("t", tag) for tag in sorted(tags)] + [token("s", state) for state in sorted(set(states))]
    if year is not None:
        tokens += [f"y{year:04}"[:length] for length in (5, 4, 3)]
    if date is not None and not date.startswith("-"):
        tokens += [day_token(date[:length]) for length in (len("2020-01"), len("2020-01-16")) if len(date) >= length]
    if certainty not in (None, "sure"):
        tokens.append(UNSURE)
    return " ".join(tokens)


def first_row(date: str | None) -> int:
    """The least row number for a date: it grows with time, a month or a year counts as its first day.

    Row numbers are close to each other, as FTS5 stores their differences. They say the order and no more.
    """
    if not date or date.startswith("-"):
        return 1
    known = PartialDate.parse(date)
    return dt.date(known.year or 1, known.month or 1, known.day or 1).toordinal() * ROWS_OF_DAY


def match_words(scope: Scope) -> tuple[list[str], list[str]]:
    """Expressions that a row of the index must match, and words that it must not."""
    wanted = []
    groups = [token("g", group) for group in scope.groups] + ([NO_GROUP] if scope.without_group else [])
    kinds = [token("d", kind) for kind in scope.kinds]
    states = [token("s", state) for state in scope.states]
    years = [word for first, last in scope.years for word in _year_words(first, last)]
    years += [NO_YEAR] * bool(scope.years)  # so that years which run backwards find nothing, not everything
    wanted += ["(" + " OR ".join(any_of) + ")" for any_of in (groups, kinds, states, years) if any_of]
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
    unwanted += [word for first, last in scope.exclude_years for word in _year_words(first, last)]
    return wanted, unwanted


def row_condition(scope: Scope, overflow: int) -> Condition:
    """What no word of the index says: trash or not, days, and the documents to search among.

    The bounds let FTS5 pass over most rows. As a day may run over by `overflow` rows, the rows near the bounds must be
    looked up; those of whole years need not, for words of the index say the years (`match_words`).
    """
    base = TRASH if scope.trashed else 0
    first, last = _bounds(scope)
    sql = ["rowid BETWEEN ? AND ?"]
    values: list[str | int] = [base + first, base + last + overflow]
    # The plus keeps SQLite from asking the full text anew for each of these rows.
    if scope.since or scope.until:
        near = "SELECT number FROM indexed WHERE number BETWEEN ? AND ? AND place BETWEEN ? AND ?"
        sql.append(f"(+rowid BETWEEN ? AND ? OR +rowid IN ({near} UNION ALL {near}))")
        bounds = base + first, base + last
        values += [base + first + overflow, base + last]
        values += [base + first, base + first + overflow, *bounds, base + last, base + last + overflow, *bounds]
    if scope.documents is not None:
        sql.append("+rowid IN (SELECT number FROM indexed WHERE document_id IN (SELECT value FROM json_each(?)))")
        values.append(json.dumps(scope.documents))
    if scope.exclude_documents:
        sql.append("+rowid NOT IN (SELECT number FROM indexed WHERE document_id IN (SELECT value FROM json_each(?)))")
        values.append(json.dumps(scope.exclude_documents))
    return Condition(" AND ".join(sql), tuple(values))


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
        # By the date, so that the index which gives the order finds them too; "~" comes after all that a date has.
        ranges = " OR ".join(["d.date BETWEEN ? AND ?"] * len(scope.years))
        bounds = [bound for first, last in scope.years for bound in (f"{first:04}", f"{last:04}~")]
        parts.append((f"({ranges})", list(bounds)))
    for first, last in scope.exclude_years:
        parts.append(("(d.year IS NULL OR d.year NOT BETWEEN ? AND ?)", [first, last]))
    if scope.since or scope.until:
        parts.append((_BETWEEN_DAYS, list(_days(scope))))
    if scope.unsure:
        parts.append(("d.date_certainty <> 'sure'", []))
    if scope.documents is not None:
        parts.append(("d.id IN (SELECT value FROM json_each(?))", [json.dumps(scope.documents)]))
    if scope.exclude_documents:
        parts.append(("d.id NOT IN (SELECT value FROM json_each(?))", [json.dumps(scope.exclude_documents)]))
    found: list[str | int] = [*values]
    for template, chosen in parts:
        sql.append("(" + template.format(",".join("?" * len(chosen))) + ")")
        found += chosen
    return Condition(" AND ".join(sql), tuple(found))


_BETWEEN_DAYS = "d.date BETWEEN ? AND ?"


def _days(scope: Scope) -> tuple[str, str]:
    """The least written date that counts as the first day ("2020" for 1. 1. 2020), and the last day."""
    first = (scope.since or "1000-01-01").removesuffix("-01").removesuffix("-01")
    return first, scope.until or "9999-12-31"


def _bounds(scope: Scope) -> tuple[int, int]:
    """First rows of the first and the last day that may be found; undated documents aside when days are asked for."""
    first, last = 0, _LAST_ROW
    if scope.years:
        first = _row_of_day(min(year for year, _ in scope.years), 1, 1)
        last = _row_of_day(max(year for _, year in scope.years), 12, 31)
    if scope.since or scope.until:
        begin, end = ([int(part) for part in day.split("-")] for day in _days(scope))
        first = max(first, _row_of_day(*begin))
        last = min(last, _row_of_day(*end))
    return first, last


def _row_of_day(year: int, month: int = 1, day: int = 1) -> int:
    """The first row of a day; one that no calendar has counts as the last before it."""
    year = min(max(year, dt.MINYEAR), dt.MAXYEAR)
    month = min(month, 12)
    return dt.date(year, month, min(day, monthrange(year, month)[1])).toordinal() * ROWS_OF_DAY


def _year_words(first: int, last: int) -> list[str]:
    """A range of years in few words, such as 2018, 2019 and the decade 202."""
    found = []
    while first <= last:
        span = next(span for span in (100, 10, 1) if first % span == 0 and first + span - 1 <= last)
        found.append("y" + f"{first:04}"[: 5 - len(str(span))])
        first += span
    return found
