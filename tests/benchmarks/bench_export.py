"""How long the ZIP of a year takes, against Python's zipfile alone on the same files.

    python tests/benchmarks/bench_export.py [documents]

A year of 500 documents unless told otherwise; the best of five runs, wall-clock milliseconds.
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import create_archive
from kpss_desktop.archive.exporting.bundle import export_bundle
from kpss_desktop.archive.exporting.year_zip import export_year_zip, year_documents
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent

MINUTES = Path(__file__).resolve().parents[3] / "shared" / "minutes"
RUNS = 5


def best(call: Callable[[], object]) -> float:
    """Milliseconds of the quickest run."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def plain(files: list[Path], target: Path) -> None:
    """What nobody could do with less."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for file in files:
            packed.write(file, file.name)


def run(folder: Path, amount: int) -> None:
    """All figures."""
    os.environ["KPSS_DATA_DIR"] = str(folder / "data")
    if not MINUTES.is_dir():
        print(f"no samples at {MINUTES}")
        return
    originals = sorted(path for path in (MINUTES / "drive" / "disk").rglob("*") if path.is_file())
    drop = folder / "drop"
    drop.mkdir()
    for number, original in zip(range(amount), itertools.cycle(originals), strict=False):
        name = f"Zápis PS Péče {number % 28 + 1}. {number % 12 + 1}. 2020 č. {number}{original.suffix}"
        (drop / name).write_bytes(original.read_bytes() + str(number).encode())
    with create_archive(folder / "archive", [("Péče", GroupKind.WORKING)]) as archive:
        file_intake(archive, plan_intake(archive, [drop], silent), silent)
        (group,) = looking.groups(archive)
        chosen = year_documents(archive, group, 2020)
        files = [looking.file_path(archive, document.file) for document in chosen]
        size = sum(file.stat().st_size for file in files)
        print(f"\n{len(files)} documents, {size / 1e6:.1f} MB")
        alone = best(lambda: plain(files, folder / "plain.zip"))
        year = best(lambda: export_year_zip(archive, group, 2020, folder / "out", silent))
        ids = [document.id for document in chosen]
        bundle = best(lambda: export_bundle(archive, ids, folder / "bundle.zip", silent, title="Vše"))
        listed = best(lambda: year_documents(archive, group, 2020))
    print(f"  zipfile alone     {alone:8.0f} ms")
    print(f"  a group's year    {year:8.0f} ms, {year / alone:.2f} times; synced to the disk and its digest taken")
    print(f"  a bundle          {bundle:8.0f} ms, {bundle / alone:.2f} times; with its list of contents")
    print(f"  what would go in  {listed:8.0f} ms")


def test_export(tmp_path: Path) -> None:
    """For `make bench`; KPSS_BENCH_EXPORT sets how many documents."""
    run(tmp_path, int(os.environ.get("KPSS_BENCH_EXPORT", "500")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int, nargs="?", default=500)
    with tempfile.TemporaryDirectory() as made:
        run(Path(made), parser.parse_args().documents)
