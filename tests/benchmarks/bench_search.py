"""How fast and how large the search is: made documents of about 5 KB, 10,000 of them unless told otherwise.

    python tests/benchmarks/bench_search.py [documents]

The sentences are those of the Czech translations that lie on this computer (share/locale/cs), mixed with words of
social services, names, and rare words of simplemma's dictionary, so that the vocabulary is as large as a real one.
Times are CPU milliseconds of this process.
"""

from __future__ import annotations

import argparse
import contextlib
import gettext
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import quantiles

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.catalogue.documents import insert_document, save_group
from kpss_desktop.catalogue.fulltext import refresh
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.scope import Scope
from kpss_desktop.catalogue.search import Order, count, facets, search
from kpss_desktop.catalogue.texts import put_text
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.model import Dated, Document, Extract, Group, Kind, PartialDate, StoredFile, TextState

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.lighting import looked_at

SAMPLE = 400  # documents in which every hit and every lit word is looked at
GROUPS = ("Péče", "Prevence", "Senioři", "Rodina", "Bydlení", "ŘS")
TOPICS = (
    "pečovatelská služba", "odlehčovací služby", "rozšíření pečovatelské služby", "terénní program", "dluhová poradna",
    "domov pro seniory", "v domovech se zvláštním režimem", "sociální bydlení", "dům s pečovatelskou službou",
    "osobní asistence", "nízkoprahové zařízení", "rozpočet na příští rok", "žádost o dotaci", "střednědobý plán",
    "komunitní plánování", "zástupci poskytovatelů", "péče o blízkou osobu", "dobrovolníci v nemocnici",
    "prevence kriminality", "mládež a volný čas", "paní Nováková", "pana Dvořáka", "v Roudnici", "z Litoměřic",
)  # fmt: skip
WORDS = (
    "péče", "služby", "seniorů", "dotaci", "rozpočet", "plán", "bydlení", "dluhy", "prevence", "rodina", "mládež",
    "poradna", "domov", "asistence", "poskytovatel", "zástupci", "schválit", "projednání", "žádost", "jednání",
    "město", "obec", "kraj", "úřad", "zdraví", "soubor", "příkaz", "hodnota", "nelze", "chyba", "zařízení",
    "seznam", "jméno", "adresář", "systém", "Nováková", "Roudnice", "Litoměřice", "dobrovolník", "kriminalita",
    "nemocnice", "osoba", "střednědobý", "komunitní", "terénní", "odlehčovací", "sociální", "program", "výbor",
    "řada",
)  # fmt: skip
PAIRS = (
    "pečovatelská služba", "domov seniory", "sociální bydlení", "žádost dotaci", "rozpočet rok", "plán město",
    "osobní asistence", "dluhová poradna", "prevence kriminality", "soubor chyba", "nelze otevřít", "volný čas",
    "péče osobu", "zástupci poskytovatelů", "terénní program", "paní Nováková", "mládež prevence", "seznam jmen",
    "komunitní plán", "dobrovolníci nemocnice",
)  # fmt: skip

FREQUENT = "pro a v"  # words of most texts
SHAPES = {
    "a word of most texts": ("a", "v", "pro", "je"),
    "three words of most texts": (FREQUENT, "je v a", "na se pro"),
    "a phrase of three words of most texts": ('"pro a v"', '"je v a"', '"není na v"', '"a to je"'),
    "without a word": ("-soubor", "seznam -soubor", "-a", '-"sociální bydlení"', "péče -a -v -pro"),
    "one of ten words": (" NEBO ".join(WORDS[:10]), " NEBO ".join(WORDS[20:30]), " NEBO ".join(PAIRS[:10])),
    "ten words": (" ".join(WORDS[25:35]), "a v je na pro se s z k o"),
    "w*, * alone": ("s*", "p*", "př*", "*", "a* b* c*"),
    "a word no text has": ("nesmyslxyz", "pečovatelska slovoxyz", '"xyz péče"'),
    "the very form": ('"soubor"', '"a"', '"péče" "služby"'),
}


def sentences() -> list[str]:
    """Czech sentences of this computer's translations; a few made ones when there are none."""
    found: set[str] = set()
    for path in sorted(Path("/usr/share/locale/cs/LC_MESSAGES").glob("*.mo")):
        with path.open("rb") as file, contextlib.suppress(OSError, UnicodeDecodeError):
            catalogue: dict[object, str] = vars(gettext.GNUTranslations(file))["_catalog"]
            found |= {text for text in catalogue.values() if len(text) > 20}
    return sorted(found) or [f"Jednání o tématu {topic} se koná v úterý." for topic in TOPICS]


def made_texts(amount: int) -> Iterator[str]:
    """Texts of about 5 KB, the same ones every time."""
    chance = random.Random(1)
    pool, rare = sentences(), sorted(DefaultDictionaryFactory().get_dictionary("cs"))
    for _ in range(amount):
        lines = chance.choices(pool, k=40) + chance.choices(TOPICS, k=8)
        # A rare word now and then, the rarer the further down the list.
        lines += [rare[int(len(rare) * chance.random() ** 2)] for _ in range(20)]
        chance.shuffle(lines)
        text = "\n".join(lines)
        while len(text) < 4600:
            text += "\n" + chance.choice(pool)
        yield text[:6000]


def fill(catalogue: Catalogue, amount: int) -> int:
    """Put made documents in; returns the bytes of their texts."""
    chance = random.Random(2)
    size = 0
    with catalogue.transaction():
        for name in GROUPS:
            save_group(catalogue.db, Group(name, name))
        for i, text in enumerate(made_texts(amount)):
            date = PartialDate(chance.randint(2008, 2020), chance.randint(1, 12), chance.randint(1, 28))
            group = chance.choice(GROUPS)
            title = f"Zápis PS {group} {date}" if i % 10 else f"{chance.choice(TOPICS)} {date}"
            file = StoredFile(f"f{i}", f"{i}/{title}.txt", len(text), f"{i:064}", "text/plain", f"{title}.txt")
            document = Document(f"d{i}", title, chance.choice(list(Kind)), (file,), (group,), Dated(date))
            insert_document(catalogue.db, document, f"{group}/{date.year}", [file.path])
            put_text(catalogue.db, file.sha256, Extract("text/plain", TextState.READY, text))
            size += len(text.encode())
    return size


def timed(name: str, jobs: Iterable[Callable[[], object]]) -> None:
    """Print p50 and p95 of the CPU milliseconds of the jobs, each run twice and the second taken."""
    taken = []
    for job in jobs:
        job()
        start = time.process_time()
        job()
        taken.append((time.process_time() - start) * 1000)
    cuts = quantiles(taken, n=100, method="inclusive")
    print(f"{name:44} p50 {cuts[49]:7.2f}   p95 {cuts[94]:7.2f}   max {max(taken):7.2f} ms  ({len(taken)})")


def measure(catalogue: Catalogue) -> None:
    """Print the latencies of a filled catalogue."""
    db = catalogue.db

    def page(
        text: str, scope: Scope | None = None, *, order: Order = "typing", live: bool = False
    ) -> Callable[[], object]:
        return lambda: search(db, LANGUAGE, parse(text), scope or Scope(), order=order, live=live)

    narrow = Scope(groups=("Péče",), years=((2019, 2019),))
    typed = [text[:i] for text in (*WORDS, *PAIRS) for i in range(1, len(text) + 1)]
    letters = sorted({word[:n] for word in WORDS for n in (1, 2, 3)})
    phrases = [f'"{pair}"' for pair in (*PAIRS, *(topic for topic in TOPICS if " " in topic))]
    timed("one word, page of 50", map(page, WORDS))
    timed("one word without accents", (page(LANGUAGE.fold(word)) for word in WORDS))
    timed("two words", map(page, PAIRS))
    timed("phrase", map(page, phrases))
    timed("one word, group and year", (page(word, narrow) for word in WORDS))
    timed("two words, group and year", (page(pair, narrow) for pair in PAIRS))
    timed("every keystroke", (page(text, live=True) for text in typed))
    timed("beginnings of 1 to 3 letters", (page(text, live=True) for text in letters))
    timed("word*", (page(word[:4] + "*") for word in WORDS))
    timed("by relevance, one word", (page(word, order="relevance") for word in WORDS))
    timed("by relevance, two words", (page(pair, order="relevance") for pair in PAIRS))
    timed("by relevance, phrase", (page(phrase, order="relevance") for phrase in phrases))
    for name, texts in SHAPES.items():
        timed(name, map(page, texts))
    days = [Scope(since=since, until=until) for since, until in (("2019-03-01", "2019-03-31"), ("2009-05-02", None))]
    scopes = [*days, Scope(exclude_groups=("Péče",)), Scope(groups=("Péče", "ŘS"), kinds=("minutes",))]
    timed("days, groups, kinds, a word of most texts", (page("a", scope) for scope in scopes))
    timed("days, groups, kinds alone", (page("", scope) for scope in (*scopes, narrow, Scope())))
    timed("exact count, two words", (partial(count, db, LANGUAGE, parse(pair)) for pair in PAIRS))
    timed("counts to narrow by, one word", (partial(facets, db, LANGUAGE, parse(word)) for word in WORDS[:12]))


def run(folder: Path, amount: int) -> None:
    """Fill a new catalogue, index it and measure."""
    path = folder / "catalogue.db"
    catalogue = Catalogue(path, LANGUAGE, lambda one, other: (one > other) - (one < other))
    size = fill(catalogue, amount)
    before = path.stat().st_size
    LANGUAGE.key("předtím")  # loads the dictionary, which is not the index's work
    start = time.process_time()
    while refresh(catalogue.db, LANGUAGE):
        pass
    taken = time.process_time() - start
    forms = catalogue.db.execute("SELECT count(*) FROM forms").fetchone()[0]
    print(f"\n{amount} documents, {size / 1e6:.1f} MB of text, {forms} forms")
    print(f"index: {taken:.1f} CPU s, {taken / size * 1e6:.3f} s/MB")
    print(f"catalogue: {path.stat().st_size / size:.2f} times the text, {before / size:.2f} of it before the index")
    measure(catalogue)
    catalogue.close()


def prove_lit(folder: Path) -> None:
    """Print how many hits in a sample of the made documents are lit, and how much is lit that is no hit."""
    catalogue = Catalogue(folder / "sample.db", LANGUAGE, lambda one, other: (one > other) - (one < other))
    fill(catalogue, SAMPLE)
    while refresh(catalogue.db, LANGUAGE):
        pass
    phrases = [f'"{pair}"' for pair in PAIRS]
    shapes = [text for texts in SHAPES.values() for text in texts]
    print(f"lit in {SAMPLE} documents: {looked_at(catalogue.db, [*WORDS, *PAIRS, *phrases, *shapes])}")
    typed = [word[:3] for word in WORDS] + [pair[:-3] for pair in PAIRS]
    print(f"while it is typed: {looked_at(catalogue.db, typed, live=True)}")
    catalogue.close()


def test_search(tmp_path: Path) -> None:
    """For `make bench`; KPSS_BENCH_DOCUMENTS sets how many."""
    run(tmp_path, int(os.environ.get("KPSS_BENCH_DOCUMENTS", "10000")))
    prove_lit(tmp_path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int, nargs="?", default=10_000)
    with tempfile.TemporaryDirectory() as made:
        run(Path(made), parser.parse_args().documents)
        prove_lit(Path(made))
