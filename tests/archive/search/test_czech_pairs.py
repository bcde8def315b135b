"""The search on texts that its rules were not tuned for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pairs import filled, measured, own_pairs


@pytest.mark.parametrize("base_forms", [True, False])
def test_what_a_clerk_means_is_found_and_little_else(tmp_path: Path, *, base_forms: bool) -> None:
    pairs = own_pairs()
    shelf = filled(tmp_path, pairs, base_forms=base_forms)
    held = [pair for pair in pairs if pair.half == "held"]
    assert len(held) > 900
    with_accents, without = (measured(shelf, held, accents=accents) for accents in (True, False))
    shelf.catalogue.close()
    assert with_accents.found >= 0.97, with_accents.wrong
    assert with_accents.violated <= 0.03, with_accents.wrong
    assert without.found >= 0.97, without.wrong
    assert without.violated <= 0.05, without.wrong
