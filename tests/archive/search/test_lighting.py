"""Show 4: each hit of each query is lit, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpss_desktop.czech.folding import fold
from tests.lighting import looked_at
from tests.pairs import Pair, filled, own_pairs, pairs_of


def _shared(shared: Path) -> list[Pair]:
    return pairs_of(shared / "search/pairs.tsv")


@pytest.mark.parametrize("accents", [True, False])
def test_all_hits_of_the_shared_pairs_are_lit_and_nothing_else_is(
    tmp_path: Path, shared: Path, *, accents: bool
) -> None:
    _require_lit(tmp_path, _shared(shared), accents=accents)


@pytest.mark.parametrize("accents", [True, False])
def test_all_hits_of_our_own_pairs_are_lit_and_nothing_else_is(tmp_path: Path, *, accents: bool) -> None:
    _require_lit(tmp_path, own_pairs()[::5], accents=accents)


def _require_lit(folder: Path, pairs: list[Pair], *, accents: bool) -> None:
    shelf = filled(folder, pairs, base_forms=True)
    queries = sorted({pair.query if accents else fold(pair.query) for pair in pairs})
    phrases = [f'"{query}"' for query in queries[::3] if '"' not in query]
    lit = looked_at(shelf.db, [*queries, *phrases, *(f"zápis -{query}" for query in queries[::10])])
    live = looked_at(shelf.db, [query[:3] for query in queries[::3]], live=True)
    shelf.catalogue.close()
    assert lit.hits > len(queries)
    assert live.hits > lit.hits / 10
    assert (lit.unlit_hits, lit.lit_others) == ([], [])
    assert (live.unlit_hits, live.lit_others) == ([], [])
