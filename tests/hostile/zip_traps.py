"""ZIPs that would fill the disk or the memory, lead out of the folder, or say one thing and hold another."""

from __future__ import annotations

import bz2
import io
import itertools
import lzma
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from tests.hostile.traps import Member, Trap, blank, deflated, raw_zip, zeros

MEGABYTE = 1 << 20
GOOD = Member(b"dobry.txt", b"Dobry den.")
NAMES: tuple[bytes, ...] = (
    b"../venku.txt", b"../../../../../../tmp/venku.txt", b"a/../../venku.txt", b"..\\venku.txt", b"/tmp/venku.txt",
    b"\\venku.txt", b"C:\\venku.txt", b"C:venku.txt", b"\\\\server\\share\\venku.txt", b"//server/share/venku.txt",
    b"\\\\?\\C:\\venku.txt", b"\\\\.\\PhysicalDrive0", b"a\\..\\../venku.txt", b"..", b".", b"./", b"", b"/", b"\\",
    b" ", b"...", b"a/./b/.//c.txt", b"CON", b"nul.doc", b"COM1.txt", b"LPT9", "COM\u00b9.txt".encode(), b"CONIN$",
    b"aux .txt", b"jmeno. ", b"jmeno...", b"a.txt:Zone.Identifier", b"a.txt::$DATA", b"a\0.exe.txt", b"\0",
    "faktura\u202egpj.exe".encode(), "a\u2066b\u2069.txt".encode(), "\u200b\u200d.txt".encode(), b"\xff\xfe\x80.txt",
    b"x" * 255 + b".txt", b"y" * 65_535, b"d/" * 10_000 + b"e.txt", "\u0301".encode() * 300, b"-rf", b"$(reboot).txt",
    b"a\nnot taken: vse v poradku\n.txt", b"\x1b[2J\x1b]0;titul\x07.txt", b"~/.bashrc", b"%TEMP%\\a.txt",
    b".kpss/archive.json", b".kpss/records/a.jsonl", b".KPSS\\lock", b"|rm -rf ~", b"a\r.txt", b"'\"; DROP TABLE files;--",
)  # fmt: skip


def traps() -> Iterator[Trap]:
    """All of them."""
    for number, name in enumerate(NAMES):
        yield Trap.of(f"name-{number:02}.zip", raw_zip([GOOD, Member(name, b"zlo", flags=_told(name))]))
    yield Trap("all-names.zip", lambda: raw_zip(Member(name, str(n).encode()) for n, name in enumerate(NAMES)))
    for number, mode in enumerate((stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK)):
        yield Trap.of(f"special-{number}.zip", raw_zip([GOOD, Member(b"x", b"/etc/passwd", mode=mode | 0o777)]))
    yield Trap("setuid.zip", lambda: raw_zip([Member(b"a.txt", b"a", mode=stat.S_IFREG | 0o6777)]))
    yield Trap("twice.zip", lambda: raw_zip(Member(n, d) for n, d in ((b"a", b"1"), (b"a", b"2"), (b"A", b"3"))))
    yield Trap(
        "file-and-folder.zip", lambda: raw_zip([Member(b"a", b"1"), Member(b"a/b", b"2"), Member(b"A/B/c", b"3")])
    )
    yield Trap("composed.zip", lambda: raw_zip([Member(_utf8("\xe1"), b"1", flags=0x800),
                                                Member(_utf8("a\u0301"), b"2", flags=0x800)]))  # fmt: skip
    yield from _bombs()
    yield from _liars()
    yield from _broken()


def _bombs() -> Iterator[Trap]:
    yield Trap("ratio.zip", lambda: raw_zip([GOOD, blank(b"b", 400 * MEGABYTE)]))
    yield Trap("many-small-ratios.zip", many_small)
    yield Trap("nested.zip", lambda: nested(4, 16, 100 * MEGABYTE))
    yield Trap("nested-text.zip", lambda: nested(5, 10, 10 * MEGABYTE))
    yield Trap("dolls.zip", lambda: nested(1000, 1, 0))
    yield Trap("overlap.zip", overlapping)
    yield Trap("quoted-overlap.zip", quoted_overlap)
    yield Trap("bzip2-lie.zip", lambda: _compressed(zipfile.ZIP_BZIP2, bz2.compress(bytes(1500 * MEGABYTE)), 1000))
    yield Trap("lzma-lie.zip", lambda: _compressed(zipfile.ZIP_LZMA, _lzma(1 << 23, 800 * MEGABYTE), 1000))
    yield Trap("lzma-window.zip", lambda: _compressed(zipfile.ZIP_LZMA, _lzma(0xFFFFFFFF, MEGABYTE), MEGABYTE))
    yield Trap("deflate-lie.zip", lambda: _compressed(zipfile.ZIP_DEFLATED, zeros(1000 * MEGABYTE), 1000))
    yield Trap("inner-lie.zip", lambda: raw_zip([Member(b"i.zip", _compressed(8, zeros(1000 * MEGABYTE), 1000))]))
    yield Trap("entries-65536.zip", lambda: _counted(65_536))
    yield Trap("entries-100001.zip", lambda: _counted(100_001))


def _liars() -> Iterator[Trap]:
    member = Member(b"lez.txt", b"x" * 1000)
    yield Trap("says-more.zip", lambda: raw_zip([replace(member, size=0xFFFFFFFE)]))
    yield Trap("says-less.zip", lambda: raw_zip([replace(member, size=1)]))
    yield Trap("wrong-sum.zip", lambda: raw_zip([replace(member, crc=0)]))
    yield Trap("other-local-name.zip", lambda: raw_zip([replace(member, local_name=b"../venku.txt")]))
    yield Trap("other-local-size.zip", lambda: raw_zip([replace(member, local_size=7)]))
    yield Trap("offset-minus.zip", lambda: raw_zip([replace(member, offset=-40)]))
    yield Trap("offset-beyond.zip", lambda: raw_zip([replace(member, offset=0x7FFFFFFF)]))
    yield Trap("zip64-offset.zip", lambda: raw_zip([replace(member, offset=-1, extra=_zip64(2**63 - 1))]))
    yield Trap("zip64-negative.zip", lambda: raw_zip([replace(member, offset=-1, extra=_zip64(2**64 - 20))]))
    yield Trap("unknown-method.zip", lambda: raw_zip([replace(member, method=97, packed=b"\0" * 50)]))
    yield Trap("deflate64.zip", lambda: raw_zip([replace(member, method=9, packed=deflated(b"x"))]))
    yield Trap("encrypted.zip", lambda: raw_zip([replace(member, flags=1, packed=b"\0" * 40)]))
    yield Trap("strong-encryption.zip", lambda: raw_zip([replace(member, flags=0x41, packed=b"\0" * 40)]))
    yield Trap("patched.zip", lambda: raw_zip([replace(member, flags=0x20)]))
    yield Trap("utf8-lie.zip", lambda: raw_zip([GOOD, replace(member, name=b"Z\xe1pis.txt", flags=0x800)]))
    yield Trap("broken-extra.zip", lambda: raw_zip([replace(member, extra=b"\1\0\xff\xff" + b"x" * 9)]))
    yield Trap("comment.zip", lambda: raw_zip([member], comment=b"PK\5\6" + bytes(18)))


def _broken() -> Iterator[Trap]:
    whole = raw_zip([GOOD, Member(b"b.txt", bytes(range(256)) * 20)])
    for share in (1, 3, 10, 50, 90, 99):
        yield Trap.of(f"cut-{share}.zip", whole[: len(whole) * share // 100])
    start = whole.index(b"PK\1\2")
    for number, place in enumerate(itertools.chain(range(start, start + 46, 4), range(len(whole) - 22, len(whole), 3))):
        yield Trap.of(f"flipped-{number:02}.zip", _overwritten(whole, place, b"\xff\xff"))
    yield Trap("directory-64k.zip", lambda: _overwritten(whole, len(whole) - 12, b"\xff\xff\xff\xff\xff\xff\xff\xff"))
    yield Trap("only-an-end.zip", lambda: b"PK\5\6" + bytes(18))
    yield Trap("many-ends.zip", lambda: b"PK\5\6" * 200_000)


def _told(name: bytes) -> int:
    """The flag that says UTF-8, for the names that are."""
    try:
        return 0 if name.isascii() else len(name.decode()) and 0x800
    except UnicodeDecodeError:
        return 0


def _utf8(name: str) -> bytes:
    return f"{name}.txt".encode()


def nested(levels: int, wide: int, size: int) -> bytes:
    """A ZIP of ZIPs of ZIPs, `wide` in each: at the bottom files of zeros."""
    bottom = blank(b"", size)
    made = raw_zip(replace(bottom, name=b"%d.txt" % number) for number in range(wide))
    for level in range(levels):
        made = raw_zip(Member(b"%d-%d.zip" % (level, number), made) for number in range(wide))
    return made


def many_small() -> bytes:
    """Each of its members packs well, none absurdly much by itself; together they fill a disk."""
    one = blank(b"", 19 * MEGABYTE)
    return raw_zip(replace(one, name=b"%d.txt" % number) for number in range(1000))


def overlapping() -> bytes:
    """Every entry of the directory is the same bytes (Fifield 2019)."""
    one = blank(b"", 15 * MEGABYTE)
    others = (replace(one, name=b"%d.txt" % number, packed=b"", offset=0) for number in range(1000))
    return raw_zip([replace(one, name=b"first.txt"), *others])


def quoted_overlap() -> bytes:
    """Each entry holds the local headers of all that follow as stored pieces of deflate, so that all share the end."""
    kernel, count = zeros(15 * MEGABYTE), 200
    made, places = bytearray(kernel), []
    for number in reversed(range(count)):
        head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0x21, 0, 0, 0, 8, 0) + b"%04d.txt" % number
        quote = struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF) if number < count - 1 else b""
        made = bytearray(head + quote) + made
        places.append(len(made))
    directory = bytearray()
    for number, from_end in enumerate(reversed(places)):
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 0x0314, 20, 0, 8, 0, 0x21, 0, from_end - 38,
                                 15 * MEGABYTE, 8, 0, 0, 0, 0, 0, len(made) - from_end) + b"%04d.txt" % number  # fmt: skip
    return bytes(made + directory) + struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), len(made), 0
    )


def _compressed(method: int, packed: bytes, size: int) -> bytes:
    return raw_zip([GOOD, Member(b"b.txt", method=method, packed=packed, size=size, crc=0)])


def _lzma(window: int, size: int) -> bytes:
    """Zeros as a ZIP holds LZMA: a version, the properties with the size of the window, the stream."""
    packer = lzma.LZMACompressor(
        lzma.FORMAT_RAW,
        filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 23, "mode": lzma.MODE_FAST, "mf": lzma.MF_HC3}],
    )
    made = bytearray(b"\x09\x04\x05\x00" + bytes([93]) + struct.pack("<I", window))
    for _ in range(size // MEGABYTE):
        made += packer.compress(bytes(MEGABYTE))
    return bytes(made + packer.flush())


def _counted(count: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for number in range(count):
            packed.writestr(zipfile.ZipInfo(f"{number}"), b"")
    return made.getvalue()


def _zip64(offset: int) -> bytes:
    return struct.pack("<HHQ", 1, 8, offset)


def _overwritten(data: bytes, place: int, piece: bytes) -> bytes:
    return data[:place] + piece + data[place + len(piece) :]
