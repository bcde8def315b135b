"""Pictures that claim to be larger than any screen, and compound files and PDFs that go in circles."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.hostile.traps import Trap

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def traps() -> Iterator[Trap]:
    """All of them."""
    yield Trap("gigapixel.png", lambda: png(50_000, 50_000))
    yield Trap("terapixel.png", lambda: png(2**31 - 1, 2**31 - 1, rows=1))
    yield Trap("text-chunks.png", lambda: _text_chunks())
    yield Trap("gigapixel.bmp", lambda: struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 100, 0, 0, 54, 40, 60_000, 60_000, 1, 24,
                                                    0, 0, 0, 0, 0, 0) + bytes(100))  # fmt: skip
    yield Trap("rle.bmp", lambda: struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 2000, 0, 0, 1078, 40, 40_000, 40_000, 1, 8,
                                              1, 0, 0, 0, 256, 0) + bytes(1024) + b"\xff\0" * 500 + b"\0\1")  # fmt: skip
    yield Trap("gigapixel.tif", lambda: tiff(60_000, 60_000))
    yield Trap("loop.tif", lambda: b"II*\0" + struct.pack("<I", 8) + struct.pack("<HI", 0, 8))
    yield Trap("gigapixel.gif", lambda: b"GIF89a\xff\xff\xff\xff\xf7\0\0" + bytes(768) + b",\0\0\0\0\xff\xff\xff\xff\0\x08"
               + b"\xff" + b"\x55" * 255 + b"\0;")  # fmt: skip
    yield Trap("frames.gif", lambda: b"GIF89a\x40\x1f\x40\x1f\x80\0\0\0\0\0\xff\xff\xff"
               + b",\0\0\0\0\x40\x1f\x40\x1f\0\2\2\x4c\1\0" * 20_000 + b";")  # fmt: skip
    yield Trap(
        "gigapixel.jpg",
        lambda: (
            b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0?\0"
        ),
    )
    yield Trap("webp.webp", lambda: b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff")
    yield Trap("placed.wmf", lambda: b"\xd7\xcd\xc6\x9a" + bytes(18) + b"\xff" * 500)
    yield from _compound()


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A grey PNG; `rows` of it are there."""
    packer, made = zlib.compressobj(9), bytearray()
    line = bytes(width // 8 + 2) if rows is None else b"\0"
    for _ in range(height if rows is None else rows):
        made += packer.compress(line)
    made += packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", bytes(made)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _text_chunks() -> bytes:
    bomb = zlib.compress(bytes(100 << 20))
    whole = png(8, 8)
    return whole[:33] + b"".join(_chunk(b"zTXt", b"a%d\0\0" % n + bomb) for n in range(20)) + whole[33:]


def tiff(width: int, height: int) -> bytes:
    """A TIFF of one strip that unpacks to nothing."""
    tags = ((256, width), (257, height), (258, 8), (259, 8), (262, 1), (273, 200), (277, 1), (278, height), (279, 20))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    made = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0)
    return made.ljust(200, b"\0") + zlib.compress(bytes(1000))


def compound(fat: list[int], first_directory: int = 1, streams: tuple[tuple[str, int, int], ...] = ()) -> bytes:
    """A compound file ([MS-CFB] 2) with this chain of sectors; streams are (name, first sector, size)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1,
                                                                        first_directory, 0, 4096, _END, 0, _END, 0)  # fmt: skip
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *(fat + [_FREE] * (128 - len(fat))))
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)]
    for number, (name, start, size) in enumerate(streams):
        entries.append(_entry(name, 2, start, size, right=number + 2 if number + 1 < len(streams) else 1))
    return head + table + b"".join(entries).ljust(512, b"\0") + bytes(512 * 8)


def _entry(name: str, kind: int, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    wide = name.encode("utf-16-le")[:62]
    made = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1)
    return made + struct.pack("<III", _FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)


def _compound() -> Iterator[Trap]:
    loop = [_FAT, _END, 3, 2, 4, 5]
    for suffix, stream in (("doc", "WordDocument"), ("xls", "Workbook"), ("ppt", "PowerPoint Document"),
                           ("msg", "__properties_version1.0")):  # fmt: skip
        yield Trap.of(f"loop.{suffix}", compound(loop, streams=((stream, 2, 2**31), ("1Table", 3, 2**31))))
        yield Trap.of(f"self.{suffix}", compound([_FAT, _END, 2], streams=((stream, 2, 2**40),)))
        yield Trap.of(f"directory-loop.{suffix}", compound([_FAT, 1], streams=((stream, 2, 600),)))
        yield Trap.of(f"tree-loop.{suffix}", compound([_FAT, _END, 3, _END], streams=((stream, 2, 900), ("a", 2, 9))))
        yield Trap.of(f"fat-loop.{suffix}", _fat_loop(compound([_FAT, _END, 3, _END], streams=((stream, 2, 900),))))
        yield Trap.of(
            f"ones.{suffix}", compound([_FAT, _END, 3, _END], streams=((stream, 2, 900),))[:1536] + b"\xff" * 4096
        )
        yield Trap(f"sectors.{suffix}", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600_000)


def _fat_loop(data: bytes) -> bytes:
    """A list of tables of sectors that follows itself (DIFAT)."""
    return data[:68] + struct.pack("<II", 0, 0x7FFFFFFF) + data[76:]
