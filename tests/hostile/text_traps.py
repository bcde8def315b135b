"""Plain texts and names that regular expressions choke on."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.traps import Trap

MEGABYTE = 1 << 20
_BAIT = (
    "1", "1.", "1. ", "1 . ", "12. 3. ", "1/2/", "20", "2020 ", "-", "- ", " ", "\t", ".", "leden ", "ledna 2020 ",
    "zápis ", "Zápis č. ", "PS ", "a.b", "a-", "–", "16. 1. ", "1-1-1-", "č. ", "„", "(", "[", "a b ", "\u00a0", "\n \n",
    "pracovní skupina ", "ze dne ", "1. 1. 2020 - ", "I", "XIV. ", "ř", "\u0301", "0" * 9 + " ", "e1", "@a.", "&#", "<",
)  # fmt: skip


def traps() -> Iterator[Trap]:
    """All of them."""
    for number, bait in enumerate(_BAIT):
        yield Trap.of(f"bait-{number:02}.txt", ("Zápis " + bait * (MEGABYTE // 4 // len(bait))).encode())
    yield Trap("one-line.txt", lambda: b"a" * (50 * MEGABYTE))
    yield Trap("one-line-words.txt", lambda: "příliš žluťoučký ".encode() * (2 * MEGABYTE))
    yield Trap("lines.txt", lambda: b"\n" * (50 * MEGABYTE))
    yield Trap("distinct-words.txt", lambda: " ".join(f"slovo{n}x" for n in range(1_500_000)).encode())
    yield Trap(
        "dates.txt", lambda: "".join(f"{n % 28 + 1}. {n % 12 + 1}. {1990 + n % 40}\n" for n in range(300_000)).encode()
    )
    yield Trap("dates.csv", lambda: ("1. 1. 2020;" * 200_000).encode())
    yield Trap("long-field.csv", lambda: b'"' + b"a;" * (10 * MEGABYTE))
    yield Trap("quotes.csv", lambda: b'"' * (10 * MEGABYTE))
    yield Trap("formula.csv", lambda: b"=cmd|'/c calc'!A1;+1;-1;@SUM(1)\n")
    for size, count in (("", 100_000), ("-small", 2000)):
        yield Trap.of(f"formula{size}.md", b"[" * 2 * count + b"](" * 2 * count)
        yield Trap.of(f"emphasis{size}.md", b"*a **b _c " * count)
    yield Trap("table.md", lambda: b"|" * 500_000 + b"\n" + b"|-" * 250_000)
    yield Trap("zeros.txt", lambda: bytes(20 * MEGABYTE))
    yield Trap("utf16.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * MEGABYTE)
    yield Trap("utf32.txt", lambda: b"\xff\xfe\0\0" + b"\xff" * MEGABYTE)
    yield Trap("utf7.txt", lambda: b"+AGEA" * 200_000)
    yield Trap("latin.txt", lambda: bytes(range(128, 256)) * 40_000)
    yield Trap("control.txt", lambda: b"\x1b[31m\x07\x08text\x9b" * 1000)
    yield Trap("combining.txt", lambda: ("a" + "\u0301" * 500_000).encode())
    yield Trap("combining-unordered.txt", lambda: ("a" + "\u0301\u0316" * 250_000).encode())
    yield Trap("bidi.txt", lambda: "\u202e\u2066".encode() * 200_000)
    yield Trap("ligature.txt", lambda: "\ufdfa".encode() * 300_000)
    yield Trap("desky.602", lambda: b"@CT 1\n" + b"\x13\x10." * 500_000)


def names() -> Iterator[str]:
    """Names of files, each as long as a file system lets it be."""
    for bait in _BAIT:
        clean = bait.replace("\n", " ").replace("/", "-").replace("\t", " ")
        room = 245 // len(clean.encode())
        yield "a" + clean * room + ".txt"
    yield from ("=1+1.txt", "+1.txt", "-1.txt", "@a.txt", "\u202egpj.exe.txt", "CON.txt", "nul", "a ", "a.", " .txt",
                "\x1b[2Ja.txt", "a\nb.txt", "a\\b.txt", "C:a.txt", "<script>.txt", "%2e%2e%2f.txt", "-rf.txt")  # fmt: skip
