"""How well the search finds what is meant: hand-made pairs of queries and texts, each typed with accents and without.

    python tests/benchmarks/bench_pairs.py

Those of the folder `shared`, where it lies beside the checkout, and our own, of which "held" is not tuned to.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.pairs import Pair, filled, measured, own_pairs, pairs_of

SHARED = Path(__file__).resolve().parents[3] / "shared" / "search" / "pairs.tsv"


def run(folder: Path) -> None:
    """Print the figures of each set of pairs, in an archive that holds the words as typed and in one that does not."""
    sets: dict[str, list[Pair]] = {"ours": own_pairs()}
    if SHARED.exists():
        sets["shared"] = pairs_of(SHARED)
    for name, pairs in sets.items():
        for base_forms in (True, False):
            place = folder / f"{name}-{base_forms}"
            place.mkdir()
            shelf = filled(place, pairs, base_forms=base_forms)
            for half in sorted({pair.half for pair in pairs}):
                chosen = [pair for pair in pairs if pair.half == half]
                for accents in (True, False):
                    told = f"{name} {half}, {len(chosen)} pairs, {'with' if accents else 'without'} accents"
                    print(
                        f"{told:44} {'base forms' if base_forms else '          '} "
                        f"{measured(shelf, chosen, accents=accents)}"
                    )
            shelf.catalogue.close()


def test_pairs(tmp_path: Path) -> None:
    """For `make bench`."""
    run(tmp_path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        run(Path(made))
