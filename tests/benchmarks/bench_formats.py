"""How much of the text of real documents is found, and how fast.

Recall and precision are of multisets of words (`\\w+`, lower case) against the text that LibreOffice (for PDF:
pdftotext) finds; expected texts under five words are not counted. Times are medians in a warm process.
Run from the repository: `python tests/benchmarks/bench_formats.py`; exits with 1 when too little is found.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.formats.archives import member_names
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.read import read
from kpss_desktop.model import TextState

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[3] / "shared"
DOCUMENTS = SHARED / "samples" / "documents"
EXPECTED = SHARED / "samples" / "expected"
MINUTES = SHARED / "minutes"


@dataclass(frozen=True)
class Goal:
    """What one family has to reach; `good` is the share of documents at a recall of 0.95, `median` milliseconds."""

    recall: float
    good: float | None
    median: float | None
    precision: float = 0.90


GOALS = {
    "doc": Goal(0.92, 0.80, 8.0),
    "docx": Goal(0.965, 0.86, 8.0),
    "odt": Goal(0.95, None, None),
    "rtf": Goal(0.96, None, None),
    "pdf": Goal(0.95, None, 12.0),
}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def measure(family: str, goal: Goal) -> bool:
    """Print one line; whether enough text is found. That it is found in time is printed only."""
    recalls: list[float] = []
    precisions: list[float] = []
    times: list[float] = []
    for expected_path in sorted((EXPECTED / family).glob("*.txt")):
        expected = words(expected_path.read_text("utf-8-sig"))
        if expected.total() < 5:
            continue
        path = DOCUMENTS / family / expected_path.name.removesuffix(".txt")
        read(path)
        began = time.perf_counter()
        got = words(read(path).text)
        times.append((time.perf_counter() - began) * 1000)
        common = (got & expected).total()
        recalls.append(common / expected.total())
        precisions.append(common / max(1, got.total()))
    recall, precision, median = statistics.mean(recalls), statistics.mean(precisions), statistics.median(times)
    good = sum(one >= 0.95 for one in recalls) / len(recalls)
    found = recall >= goal.recall and precision >= goal.precision and (goal.good is None or good >= goal.good)
    reached = found and (goal.median is None or median <= goal.median)
    print(
        f"{family:6}{len(recalls):6}{recall:9.3f}{good:9.0%}{precision:11.3f}{median:9.1f}{max(times):9.0f}"
        f"   {'reached' if reached else 'MISSED'}"
    )
    return found


def minutes(folder: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """Every document of the made minutes, those in ZIPs unpacked into `folder`, with what is true of it."""
    for listing in sorted(MINUTES.glob("*.jsonl")):
        for number, line in enumerate(listing.read_text("utf-8").splitlines()):
            truth = json.loads(line)
            outer, _, inner = str(truth["file"]).partition("!")
            path = MINUTES / listing.stem / outer
            if inner:
                with zipfile.ZipFile(path) as opened:
                    member = opened.infolist()[member_names(opened.infolist()).index(inner)]
                    path = folder / f"{number}{Path(inner).suffix}"
                    path.write_bytes(opened.read(member))
            yield path, truth


def facts(truth: dict[str, object]) -> Counter[str]:
    """The words that have to be in the text of a document: people, tasks, resolutions, place."""
    tasks, resolutions = truth.get("tasks") or [], truth.get("resolutions") or []
    assert isinstance(tasks, list)
    assert isinstance(resolutions, list)
    parts = [str(truth.get("place") or "")]
    parts += [str(one[key]) for one in tasks for key in ("text", "responsible")]
    parts += [str(one["text"]) for one in resolutions]
    for key in ("present", "excused"):
        people = truth.get(key) or []
        assert isinstance(people, list)
        parts += [str(one) for one in people]
    return words("\n".join(parts))


def measure_minutes() -> bool:
    total, whole, missing = 0, 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for path, truth in minutes(Path(folder)):
            lacking = set(facts(truth)) - set(words(read(path).text))
            total, whole = total + 1, whole + (not lacking)
            missing.update(f"{truth['file']}: {word}" for word in sorted(lacking))
    print(f"minutes: {whole} of {total} hold every word of their facts", *list(missing)[:10], sep="\n  ")
    return whole == total


def measure_sandbox() -> bool:
    files = sorted(path for path in DOCUMENTS.rglob("*") if path.is_file())
    states: Counter[str] = Counter()
    slowest = 0.0
    began = time.perf_counter()
    with Sandbox() as sandbox:
        for _index, extract in sandbox.read_many((path, "") for path in files):
            states[f"{extract.state} {extract.reason}".strip()] += 1
            slowest = max(slowest, extract.seconds)
            assert extract.state is TextState.READY or extract.reason
    seconds = time.perf_counter() - began
    print(f"sandbox: {len(files)} files in {seconds:.1f} s, slowest {slowest:.1f} s; {dict(states.most_common())}")
    return states.total() == len(files) and slowest <= 20


def main() -> int:
    if not EXPECTED.is_dir():
        print(f"no samples at {SHARED}")
        return 0
    print("family  files   recall  >= 0.95  precision  med. ms   max ms")
    reached = [measure(family, goal) for family, goal in GOALS.items()]
    return 0 if all([*reached, measure_minutes(), measure_sandbox()]) else 1


@pytest.mark.skipif(not EXPECTED.is_dir(), reason="the samples are not beside the checkout")
def test_what_the_readers_find() -> None:
    print()
    assert main() == 0


if __name__ == "__main__":
    sys.exit(main())
