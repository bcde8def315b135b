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

    `title_match` is None when no words are wanted.
    """

    match: str
    weigh_match: str
    rows: Condition
    title_match: str | None
    title_rows: Condition


def ask(plan: Plan, scope: Scope, overflow: int) -> Question:
    """Put a plan and a scope in the words of the index; `overflow` as `fulltext.overflow` says."""
    wanted, unwanted = match_words(scope)
    rows = row_condition(scope, overflow)
    excluded = [_expression(run) for run in plan.excluded if not is_exact(run)]
    without = f" NOT ({' OR '.join([*excluded, *unwanted])})" if excluded or unwanted else ""
    title_without = f" NOT ({' OR '.join(unwanted)})" if unwanted else ""

    def expression(by_clause: list[str], left_out: str) -> str:
        return f"({' AND '.join([*by_clause, *wanted]) or EVERY}){left_out}"

    return Question(
        match=expression([_by_keys(runs) for runs in plan.clauses], without),
        weigh_match=expression([_by_keys(runs, _WEIGHED_WAYS) for runs in plan.clauses], without),
        rows=_with_exact(rows, plan),
        title_match=expression([_in_title(runs) for runs in plan.clauses], title_without) if plan.clauses else None,
        title_rows=_without(rows, plan, excluded),
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
    return _without(Condition(" AND ".join(sql), tuple(values)), plan, [])


def _without(rows: Condition, plan: Plan, excluded: list[str]) -> Condition:
    """Add the rows that may not be found: those with excluded forms, and those that the expressions find."""
    sql, values = [rows.sql], list(rows.values)
    exact = [run for run in plan.excluded if is_exact(run)]
    for table, expression in (("exact", _exact_expression(exact)), ("fulltext", " OR ".join(excluded))):
        if exact if table == "exact" else excluded:
            sql.append(f"+rowid NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
            values.append(expression)
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
