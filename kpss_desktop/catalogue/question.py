"""What the index is asked: a plan and a scope as FTS5 expressions and conditions on rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from kpss_desktop.catalogue.plan import Plan, Run
from kpss_desktop.catalogue.scope import EVERY, Condition, Scope, match_words, row_condition

_WEIGHED_WAYS = 2


@dataclass(frozen=True, slots=True)
class Question:
    """FTS5 expressions for `fulltext` and `titles`, each with the condition its rows must meet.

    `weigh_match` finds most of what `match` finds, and all that is surest: to weigh a hit, FTS5 counts each way to
    write a phrase in the whole index.

    `title_match` is None when no words are wanted. It knows nothing of what is excluded, so with `has_exclusions` each
    row it finds must be asked of `fulltext` again.
    """

    match: str
    weigh_match: str
    rows: Condition
    title_match: str | None
    title_rows: Condition
    has_exclusions: bool


def ask(plan: Plan, scope: Scope, overflow: int) -> Question:
    """Put a plan and a scope in the words of the index; `overflow` as `fulltext.overflow` says."""
    wanted, unwanted = match_words(scope)
    rows = row_condition(scope, overflow)
    match = " AND ".join([*map(_by_keys, plan.clauses), *wanted]) or EVERY
    weigh_match = " AND ".join([*(_by_keys(runs, _WEIGHED_WAYS) for runs in plan.clauses), *wanted]) or EVERY
    without = [*(_expression(run) for run in plan.excluded if not is_exact(run)), *unwanted]
    if without:
        match = f"({match}) NOT ({' OR '.join(without)})"
        weigh_match = f"({weigh_match}) NOT ({' OR '.join(without)})"
    return Question(
        match=match,
        weigh_match=weigh_match,
        rows=_with_exact(rows, plan),
        title_match=" AND ".join([*map(_in_title, plan.clauses), *wanted]) if plan.clauses else None,
        title_rows=rows,
        has_exclusions=bool(without or plan.excluded),
    )


def is_exact(run: Run) -> bool:
    """Whether the very form was asked for."""
    return bool(run[0].exact)


def _with_exact(rows: Condition, plan: Plan) -> Condition:
    """Add what `fulltext` cannot say: in which rows the very forms are."""
    sql, values = [rows.sql], list(rows.values)
    for runs in plan.clauses:
        exact = [run for run in runs if is_exact(run)]
        if not exact:
            continue
        among = "SELECT rowid FROM exact WHERE exact MATCH ?"
        values.append(_exact_expression(exact))
        if len(exact) < len(runs):
            among += " UNION ALL SELECT rowid FROM fulltext WHERE fulltext MATCH ?"
            values.append(" OR ".join(_expression(run) for run in runs if not is_exact(run)))
        sql.append(f"+rowid IN ({among})")
    excluded = [run for run in plan.excluded if is_exact(run)]
    if excluded:
        sql.append("+rowid NOT IN (SELECT rowid FROM exact WHERE exact MATCH ?)")
        values.append(_exact_expression(excluded))
    return Condition(" AND ".join(sql), tuple(values))


def _by_keys(runs: tuple[Run, ...], most: int | None = None) -> str:
    return "(" + " OR ".join(_expression(run, most) for run in runs) + ")"


def _in_title(runs: tuple[Run, ...]) -> str:
    return "(" + " OR ".join(_exact_expression([run]) if is_exact(run) else _expression(run) for run in runs) + ")"


def _exact_expression(runs: list[Run]) -> str:
    return "(" + " OR ".join(word for run in runs for word in run[0].exact) + ")"


def _expression(run: Run, most: int | None = None) -> str:
    """The ways to write a run in keys; only `most` of a phrase's, those of the surest keys."""
    ways = [" + ".join(keys) for keys in product(*(slot.keys for slot in run))]
    return "(" + " OR ".join(ways if len(run) == 1 else ways[:most]) + ")"
