"""How well names alone are recognised: prints figures over real titles of Czech towns.

Run `python tests/benchmarks/bench_recognise.py [TSV]`; the TSV has the columns name, kind, groups, date, note.
"""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import pytest

from kpss_desktop.czech.recognise import recognise
from kpss_desktop.model import Certainty, Kind

TITLES = Path(__file__).parents[3] / "shared/names/real_names.tsv"
KINDS = {
    "zápis": Kind.MINUTES,
    "pozvánka": Kind.INVITATION,
    "prezenční listina": Kind.ATTENDANCE,
    "příloha": Kind.ATTACHMENT,
    "usnesení": Kind.RESOLUTION,
    "plán": Kind.PLAN,
    "jednací řád": Kind.RULES,
    "statut": Kind.RULES,
    "základní listina": Kind.RULES,
    "organizační řád": Kind.RULES,
    "katalog": Kind.CATALOGUE,
    "metodika": Kind.HANDBOOK,
    "logo": Kind.LOGO,
    "archiv": Kind.YEAR_ZIP,
}

FROM_TEXT = ("type only from the text", "type by the text", "a slide deck by its look")  # no name tells these kinds


def main(path: Path) -> tuple[int, int, int]:
    """Print all figures; full dates read rightly, full dates there are, and wrong dates that nothing marks."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    full = full_right = wrong_unmarked = dates_right = dated = 0
    kind_told = kind_right = kind_wrong = 0
    start = time.perf_counter()
    for row in rows:
        read = recognise(row["name"], groups=())
        date = str(read.date.value) if read.date else ""
        marked = read.date is not None and read.date.certainty is not Certainty.SURE
        full += len(row["date"]) == 10
        full_right += len(row["date"]) == 10 and date == row["date"]
        dated += bool(row["date"])
        dates_right += bool(row["date"]) and date == row["date"]
        if date and date != row["date"] and not marked:
            wrong_unmarked += 1
            print("wrong date, not marked:", row["name"], date, row["date"])
        kind = read.kind.value if read.kind else None
        wanted = KINDS.get(row["kind"], Kind.OTHER) if row["kind"] else None
        if wanted is not None and not any(words in row["note"] for words in FROM_TEXT):
            kind_told += 1
            kind_right += kind is wanted
        if kind is not None and kind is not wanted:
            kind_wrong += 1
            print("wrong kind:", row["name"], kind, row["kind"])
    seconds = time.perf_counter() - start
    print(f"full dates right: {full_right} of {full} ({full_right / full:.1%})")
    print(f"dates of any form right: {dates_right} of {dated} ({dates_right / dated:.1%})")
    print(f"wrong dates that are not marked: {wrong_unmarked}")
    print(f"kinds right where a name tells one: {kind_right} of {kind_told} ({kind_right / kind_told:.1%})")
    print(f"wrong kinds: {kind_wrong} of {len(rows)} ({kind_wrong / len(rows):.1%})")
    print(f"{1e6 * seconds / len(rows):.0f} us a name")
    return full_right, full, wrong_unmarked


@pytest.mark.skipif(not TITLES.is_file(), reason="the real titles are not beside the checkout")
def test_real_titles() -> None:
    print()
    right, full, unmarked = main(TITLES)
    assert right >= 0.98 * full
    assert unmarked == 0


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TITLES)
