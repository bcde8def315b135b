"""Our search beside Recoll's on the same files in the same run: build, size, latency, and what is found of the pairs.

    python tests/benchmarks/bench_recoll.py [documents] [pairs.tsv]

Recoll is a desktop search (GPL, used here only to compare); where it or its Python module is not installed, the
benchmark says so and ends. Both look for all words of a query, in the text and in the name. Times are CPU milliseconds.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.catalogue.documents import insert_document
from kpss_desktop.catalogue.fulltext import refresh
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.search import search
from kpss_desktop.catalogue.texts import put_text
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.model import Document, Extract, Kind, StoredFile, TextState

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.bench_search import PAIRS, WORDS, made_texts

SHARED_PAIRS = Path(__file__).resolve().parents[3] / "shared" / "search" / "pairs.tsv"
MODULES = Path("/usr/lib/python3/dist-packages")  # where Debian puts Recoll's module
MADE = "made-"
PAGE, EVERYTHING = 50, 100_000

Find = Callable[[str, int], set[str]]


def write_files(folder: Path, amount: int, texts: Iterable[str]) -> int:
    """The made documents and the texts of the pairs, one file each; the bytes of all."""
    folder.mkdir()
    size = 0
    for name, content in [
        *((f"{MADE}{i}.txt", text) for i, text in enumerate(made_texts(amount))),
        *((f"pair-{i}.txt", text) for i, text in enumerate(texts)),
    ]:
        data = content.encode()
        (folder / name).write_bytes(data)
        size += len(data)
    return size


def ours(files: Path, folder: Path) -> tuple[float, int, Find]:
    """Index with our catalogue: CPU seconds, bytes on the disk without the texts themselves, and the search."""
    catalogue = Catalogue(folder / "catalogue.db", LANGUAGE, lambda one, other: (one > other) - (one < other))
    with catalogue.transaction():
        for i, path in enumerate(sorted(files.iterdir())):
            file = StoredFile(path.name, path.name, 1, f"{i:064}", "", path.name)
            insert_document(catalogue.db, Document(path.name, path.stem, Kind.OTHER, (file,)), "", [path.name])
            put_text(catalogue.db, file.sha256, Extract("", TextState.READY, path.read_text(encoding="utf-8")))
    before = (folder / "catalogue.db").stat().st_size
    LANGUAGE.key("předtím")  # loads the dictionary
    start = time.process_time()
    while refresh(catalogue.db, LANGUAGE):
        pass
    taken = time.process_time() - start
    size = (folder / "catalogue.db").stat().st_size - before

    def find(query: str, limit: int) -> set[str]:
        return {hit.document_id for hit in search(catalogue.db, LANGUAGE, parse(query), limit=limit).hits}

    return taken, size, find


def recoll(files: Path, folder: Path) -> tuple[float, int, Find]:
    """The same with Recoll, as it is installed, but for the folder it indexes."""
    config = folder / "recoll"
    config.mkdir()
    (config / "recoll.conf").write_text(
        f"topdirs = {files}\nindexstemminglanguages = english\nloglevel = 1\n", encoding="utf-8"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["recollindex", "-c", str(config)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(path.stat().st_size for path in (config / "xapiandb").rglob("*") if path.is_file())
    database = _module().connect(confdir=str(config))

    def find(query: str, limit: int) -> set[str]:
        asked = database.query()
        asked.execute(query, stemming=1)
        return {os.fsdecode(found.filename) for found in asked.fetchmany(limit)}

    return taken, size, find


def _module() -> Any:
    sys.path.append(str(MODULES))
    return importlib.import_module("recoll.recoll")


def latency(find: Find, queries: Iterable[str]) -> str:
    """p50 and p95 of the second of two runs."""
    taken = []
    for query in queries:
        find(query, PAGE)
        start = time.process_time()
        find(query, PAGE)
        taken.append((time.process_time() - start) * 1000)
    cuts = quantiles(taken, n=100, method="inclusive")
    return f"p50 {cuts[49]:6.2f}  p95 {cuts[94]:6.2f} ms"


def pairs_found(find: Find, pairs: list[dict[str, str]], numbers: dict[str, int]) -> str:
    """How many of the wanted pairs are found, and how many of the unwanted."""
    counts = {"1": [0, 0], "0": [0, 0]}
    for pair in pairs:
        of = counts[pair["must_match"]]
        of[0] += f"pair-{numbers[pair['text']]}.txt" in find(pair["query"], EVERYTHING)
        of[1] += 1
    return f"must-find {counts['1'][0]}/{counts['1'][1]}  must-not {counts['0'][0]}/{counts['0'][1]}"


def run(folder: Path, amount: int, pairs_file: Path) -> None:
    """Index the same files with both and print the figures."""
    pairs: list[dict[str, str]] = []
    if pairs_file.exists():
        with pairs_file.open(encoding="utf-8") as file:
            pairs = list(csv.DictReader(file, delimiter="\t"))
    texts = sorted({pair["text"] for pair in pairs})
    numbers = {text: i for i, text in enumerate(texts)}
    size = write_files(folder / "files", amount, texts)
    print(f"\n{amount} made documents and {len(texts)} of pairs, {size / 1e6:.1f} MB")
    for name, build in (("ours", ours), ("Recoll", recoll)):
        taken, held, find = build(folder / "files", folder)
        print(f"{name:7} build {taken:6.1f} CPU s ({taken / size * 1e6:.2f} s/MB)  index {held / size:.2f} x the text")
        print(f"{name:7} one word   {latency(find, WORDS)}")
        print(f"{name:7} two words  {latency(find, PAIRS)}")
        phrases = [f'"{pair}"' for pair in PAIRS]
        print(f"{name:7} phrase     {latency(find, phrases)}")
        if pairs:
            print(f"{name:7} {pairs_found(find, pairs, numbers)}")


def is_missing() -> bool:
    """Whether there is no Recoll to compare with."""
    return shutil.which("recollindex") is None or not (MODULES / "recoll").exists()


@pytest.mark.skipif(is_missing(), reason="Recoll and its Python module are not installed (recollcmd, python3-recoll)")
def test_recoll(tmp_path: Path) -> None:
    """For `make bench`; KPSS_BENCH_DOCUMENTS sets how many, a fifth of what the search alone is measured with."""
    run(tmp_path, int(os.environ.get("KPSS_BENCH_DOCUMENTS", "10000")) // 5, SHARED_PAIRS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int, nargs="?", default=2_000)
    parser.add_argument("pairs", type=Path, nargs="?", default=SHARED_PAIRS)
    chosen = parser.parse_args()
    if is_missing():
        sys.exit("Recoll and its Python module are not installed (recollcmd, python3-recoll)")
    with tempfile.TemporaryDirectory() as made:
        run(Path(made), chosen.documents, chosen.pairs)
