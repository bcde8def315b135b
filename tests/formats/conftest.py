"""Makes small real files of each format, and knows where those lie that offices made."""

from __future__ import annotations

import struct
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    MakeZip = Callable[[str, Mapping[str, str | bytes]], Path]
    MakeCompound = Callable[[str, Mapping[str, bytes]], Path]

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the small documents kept with the tests."""
    return Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The public test documents, when they lie beside the project."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "samples" / "documents"
    if not folder.is_dir():
        pytest.skip(f"the samples are not at {folder}")
    return folder


@pytest.fixture
def make_zip(tmp_path: Path) -> MakeZip:
    """A ZIP with these members, in their order."""

    def make(name: str, members: Mapping[str, str | bytes]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
            for member, content in members.items():
                opened.writestr(member, content)
        return path

    return make


@pytest.fixture
def break_member() -> Callable[[Path, str], None]:
    """Puts bytes that cannot be unpacked in the place of a member of a ZIP."""

    def break_it(path: Path, member: str) -> None:
        with zipfile.ZipFile(path) as opened:
            found = opened.getinfo(member)
        data = bytearray(path.read_bytes())
        lengths = struct.unpack_from("<HH", data, found.header_offset + 26)
        start = found.header_offset + 30 + sum(lengths)
        data[start : start + found.compress_size] = b"\xff" * found.compress_size
        path.write_bytes(data)

    return break_it


@pytest.fixture
def make_docx(make_zip: MakeZip) -> Callable[..., Path]:
    """A DOCX with this body (XML inside w:body) and further parts."""

    def make(body: str, name: str = "a.docx", **parts: str) -> Path:
        kinds = {"document": "document.main"} | {part: part.rstrip("0123456789") for part in parts}
        overrides = "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument'
            f'.wordprocessingml.{kind}+xml"/>'
            for part, kind in kinds.items()
        )
        members = {
            "customXml/item1.xml": "<a/>",
            "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f"{overrides}</Types>",
            "word/document.xml": word_xml("document", f"<w:body>{body}</w:body>"),
        }
        members |= {f"word/{part}.xml": word_xml(_ROOTS.get(part, part), content) for part, content in parts.items()}
        return make_zip(name, members)

    return make


_ROOTS = {"header1": "hdr", "header2": "hdr", "footer1": "ftr"}


def word_xml(root: str, content: str) -> str:
    """One part of a DOCX."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:{root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        f' xmlns:wps="urn:wps" xmlns:v="urn:v">{content}</w:{root}>'
    )


@pytest.fixture
def make_compound(tmp_path: Path) -> MakeCompound:
    """An OLE compound file with these streams; "a/b" lies in the storage "a". Streams are filled up to 4096 bytes."""

    def make(name: str, streams: Mapping[str, bytes]) -> Path:
        path = tmp_path / name
        path.write_bytes(_compound(streams))
        return path

    return make


def _compound(streams: Mapping[str, bytes]) -> bytes:
    # Entries: name, kind (1 storage, 2 stream, 5 root), content, names of children.
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]
    storages = {"": 0}
    for name, content in streams.items():
        storage, _, leaf = name.rpartition("/")
        if storage not in storages:
            storages[storage] = len(entries)
            entries[0][3].append(len(entries))
            entries.append((storage, 1, b"", []))
        entries[storages[storage]][3].append(len(entries))
        # Streams shorter than 4096 bytes would have to lie in a stream of small sectors.
        entries.append((leaf, 2, content.ljust(4096, b"\0"), []))
    while len(entries) % 4:
        entries.append(("", 0, b"", []))
    fat: list[int] = []
    body = b""
    starts: dict[int, int] = {}
    for index, (_name, kind, content, _children) in enumerate(entries):
        if kind == 2:
            starts[index] = len(fat)
            body += content + b"\0" * (-len(content) % _SECTOR)
            fat += _chain(len(fat), -(-len(content) // _SECTOR))
    siblings = {one: following for _name, _kind, _content, children in entries for one, following in pairwise(children)}
    directory = b"".join(
        _entry(name, kind, starts.get(index, 0), len(content), children[:1], siblings.get(index, _FREE))
        for index, (name, kind, content, children) in enumerate(entries)
    )
    directory_start = len(fat)
    fat += _chain(len(fat), len(directory) // _SECTOR)
    tables = -(-(len(fat) + 16) // 128)
    table_start = len(fat)
    fat += [_FAT] * tables
    fat += [_FREE] * (128 * tables - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory_start, 0, 4096, _END, 0,
                          _END, 0, table_start)  # fmt: skip
    header += struct.pack(f"<{tables - 1}I", *range(table_start + 1, table_start + tables))
    return header.ljust(_SECTOR, b"\xff") + body + directory + struct.pack(f"<{len(fat)}I", *fat)


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def _entry(name: str, kind: int, start: int, size: int, child: list[int], sibling: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le") if name else b""
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide), kind, 1, _FREE, sibling, child[0] if child else _FREE)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
