"""How fast an intake is: planning (digests, recognition), filing (copy, sync, rename), reading texts, the index.

    python tests/benchmarks/bench_intake.py [copies]

First the sample drive, then 2,000 copies of its minutes (unless told otherwise), each with bytes of its own, as a
folder and as one ZIP. Wall-clock seconds; nothing is asserted.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kpss_desktop.archive.archive import create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.archive.undo import redo, undo
from kpss_desktop.catalogue import fulltext
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent

MINUTES = Path(__file__).resolve().parents[3] / "shared" / "minutes"
GROUPS = (("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("ŘS", GroupKind.STEERING))


@contextmanager
def told(what: str, files: int) -> Iterator[None]:
    """Say how long it took and how many files a second that is."""
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    print(f"  {what:34} {seconds:8.2f} s  {files / seconds:9.0f} files/s")


def measure(folder: Path, drop: Path, files: int, *, texts: bool) -> None:
    """Take `drop` into a new archive, phase by phase."""
    with create_archive(folder, GROUPS) as archive:
        with told("plan: walk, digests, recognition", files):
            plan = plan_intake(archive, [drop], silent)
        with told("file: copy, sync, commit, rename", files):
            report = file_intake(archive, plan, silent)
        if texts:
            with told("read texts and index them", files):
                index_pending(archive, silent)
            archive.catalogue.db.execute("INSERT OR IGNORE INTO stale SELECT id FROM documents")
            with told("  of that the index alone", files):
                while fulltext.refresh(archive.catalogue.db, archive.catalogue.language):
                    pass
        with told("the same once more: all duplicates", files):
            again = file_intake(archive, plan_intake(archive, [drop], silent), silent)
        with told("undo of the whole intake", files):
            undo(archive)
        with told("redo of it", files):
            redo(archive)
        with told("verify", files):
            findings = verify(archive, silent)
    print(f"  filed {report.filed}, failed {report.failed}, duplicates {again.duplicates}, findings {len(findings)}")


def copies(folder: Path, amount: int) -> None:
    """Minutes of the drive over and over, each copy with other bytes at its end."""
    originals = sorted(path for path in (MINUTES / "drive" / "disk").rglob("*") if path.is_file())
    for number, original in zip(range(amount), itertools.cycle(originals), strict=False):
        turn = number // len(originals)
        place = folder / original.parent.name / f"{turn:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{original.stem} ({turn}){original.suffix}").write_bytes(
            original.read_bytes() + f"\n{number}".encode()
        )


def run(folder: Path, amount: int) -> None:
    """All figures."""
    os.environ["KPSS_DATA_DIR"] = str(folder / "data")
    if not MINUTES.is_dir():
        print(f"no samples at {MINUTES}")
        return
    print("\nthe sample drive")
    measure(folder / "drive", MINUTES / "drive", 114, texts=True)
    copies(folder / "copies", amount)
    print(f"{amount} files in folders")
    measure(folder / "many", folder / "copies", amount, texts=True)
    with zipfile.ZipFile(folder / "many.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted((folder / "copies").rglob("*")):
            packed.write(path, path.relative_to(folder / "copies"))
    print(f"{amount} files in one ZIP")
    measure(folder / "packed", folder / "many.zip", amount, texts=False)
    if sys.platform != "win32":
        print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def test_intake(tmp_path: Path) -> None:
    """For `make bench`; KPSS_BENCH_FILES sets how many."""
    run(tmp_path, int(os.environ.get("KPSS_BENCH_FILES", "2000")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copies", type=int, nargs="?", default=2000)
    with tempfile.TemporaryDirectory() as made:
        run(Path(made), parser.parse_args().copies)
