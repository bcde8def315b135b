"""How well names alone are recognised: prints figures over real titles of Czech towns.

Run `python tests/benchmarks/bench_recognise.py [TSV]...`; a TSV has the columns name, kind, groups, date and perhaps
note. CPU seconds are measured.
"""

from __future__ import annotations

import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from kpss_desktop.czech.recognise import recognise
from kpss_desktop.model import Certainty, Kind, Recognition

TITLES = Path(__file__).parents[3] / "shared/names/real_names.tsv"
OTHER_TOWNS = Path(__file__).parents[1] / "czech/data/other_towns.tsv"
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


@dataclass
class Figures:
    """What came of reading the names of one file."""

    names: int = 0
    full: int = 0
    full_right: int = 0
    dated: int = 0
    dates_right: int = 0
    wrong_unmarked: int = 0
    kinds: int = 0
    kinds_right: int = 0
    wrong_kinds: int = 0

    def add_date(self, row: dict[str, str], read: Recognition) -> None:
        """Count a name's date; a wrong one that nothing marks is told."""
        date = str(read.date.value) if read.date else ""
        right, full = date == row["date"], len(row["date"]) == 10
        self.full += full
        self.full_right += full and right
        self.dated += bool(row["date"])
        self.dates_right += bool(row["date"]) and right
        if read.date and not right and read.date.certainty is Certainty.SURE:
            self.wrong_unmarked += 1
            print("wrong date, not marked:", row["name"], date, row["date"])

    def add_kind(self, row: dict[str, str], read: Recognition) -> None:
        """Count a name's kind; a wrong one is told."""
        wanted = kind_of(row["kind"]) if row["kind"] else None
        kind = read.kind.value if read.kind else None
        if wanted is not None and not any(words in row.get("note", "") for words in FROM_TEXT):
            self.kinds += 1
            self.kinds_right += kind is wanted
        if kind is not None and kind is not wanted:
            self.wrong_kinds += 1
            print("wrong kind:", row["name"], kind, row["kind"])

    def show(self, seconds: float) -> None:
        """Print all of them."""
        print(f"full dates right: {share(self.full_right, self.full)}")
        print(f"dates of any form right: {share(self.dates_right, self.dated)}")
        print(f"wrong dates that are not marked: {self.wrong_unmarked}")
        print(f"kinds right where a name tells one: {share(self.kinds_right, self.kinds)}")
        print(f"wrong kinds: {share(self.wrong_kinds, self.names)}")
        print(f"{1e6 * seconds / self.names:.0f} us a name")


def kind_of(label: str) -> Kind:
    """The kind of a label, Czech or by its code."""
    return Kind(label) if label in set(Kind) else KINDS.get(label, Kind.OTHER)


def share(part: int, whole: int) -> str:
    """Both numbers and the percentage."""
    return f"{part} of {whole} ({part / whole:.1%})"


def main(path: Path) -> Figures:
    """Read all names of a file and print what came of it."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    print(f"\n{path.name}")
    figures = Figures(names=len(rows))
    began = time.process_time()
    read = [recognise(row["name"], groups=()) for row in rows]
    seconds = time.process_time() - began
    for row, recognition in zip(rows, read, strict=True):
        figures.add_date(row, recognition)
        figures.add_kind(row, recognition)
    figures.show(seconds)
    return figures


@pytest.mark.parametrize("path", [TITLES, OTHER_TOWNS], ids=["known", "other towns"])
def test_real_titles(path: Path) -> None:
    if not path.is_file():
        pytest.skip("the real titles are not beside the checkout")
    figures = main(path)
    assert figures.full_right >= 0.98 * figures.full
    assert figures.wrong_unmarked == 0


if __name__ == "__main__":
    for given in sys.argv[1:] or (TITLES, OTHER_TOWNS):
        main(Path(given))
