from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpss_desktop.formats.containers.compound import Compound, _Entry
from kpss_desktop.formats.found import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.formats.conftest import MakeCompound

TABLE_PLACES, DIRECTORY_PLACE, FURTHER_PLACE = 76, 48, 68  # in the head of the file
ENTRY, SIBLING, SIZE = 128, 72, 120  # bytes of an entry of the directory, and places in it


def number(data: bytearray, place: int) -> int:
    return int(struct.unpack_from("<I", data, place)[0])


def sector(place: int) -> int:
    return 512 * (place + 1)


@pytest.fixture
def made(make_compound: MakeCompound) -> bytearray:
    """A file with two streams of 5,000 bytes, one of them in a storage."""
    path = make_compound("a.bin", {"Data": bytes(range(250)) * 20, "Obal/Dopis": b"ab" * 2500})
    return bytearray(path.read_bytes())


def test_streams_by_their_names(made: bytearray) -> None:
    compound = Compound(BytesIO(made))
    assert set(compound.names) == {"data", "obal"}
    assert compound.stream("DATA") == bytes(range(250)) * 20
    assert compound.stream("Obal", "dopis") == b"ab" * 2500


def test_what_is_not_there_is_empty(made: bytearray) -> None:
    compound = Compound(BytesIO(made))
    assert [compound.stream(*names) for names in ((), ("Obal",), ("Dopis",), ("Data", "Data"), ("Obal", "x"))] == [
        b""
    ] * 5


def test_small_streams_of_a_real_document(data: Path) -> None:
    with (data / "zapis.doc").open("rb") as file:
        compound = Compound(file)
        summary = compound.stream("\x05SummaryInformation")
        assert summary.startswith(b"\xfe\xff\0\0")
        assert 100 < len(summary) < 4096
        assert compound.stream("WordDocument").startswith(b"\xec\xa5")


def test_a_chain_in_a_circle_ends(made: bytearray) -> None:
    table, directory = sector(number(made, TABLE_PLACES)), sector(number(made, DIRECTORY_PLACE))
    struct.pack_into("<I", made, table, 0)  # the first sector, of the first stream, follows itself
    struct.pack_into("<I", made, directory + ENTRY + SIZE, 0x7FFFFFFF)
    assert 0 < len(Compound(BytesIO(made)).stream("Data")) <= len(made)


def test_a_directory_in_a_circle_ends(made: bytearray) -> None:
    directory = sector(number(made, DIRECTORY_PLACE))
    struct.pack_into("<I", made, directory + ENTRY + SIBLING, 1)
    assert Compound(BytesIO(made)).names == ("data",)


class Watched(Compound):
    """Notes the lines of the directory that are looked at."""

    def __init__(self, data: bytes) -> None:
        self.looked_at: list[int] = []
        super().__init__(BytesIO(data))

    def _entry(self, index: int) -> _Entry:
        self.looked_at.append(index)
        return super()._entry(index)


def test_a_line_of_the_directory_is_looked_at_once(make_compound: MakeCompound) -> None:
    path = make_compound("a.msg", {f"Dopis {index}/{name}": b"ab" for index in range(40) for name in ("Text", "Data")})
    opened = Watched(path.read_bytes())
    for name in 3 * opened.names:
        assert opened.stream(name, "Text") + opened.stream(name, "Data") == 2 * b"ab".ljust(4096, b"\0")
    assert sorted(opened.looked_at) == list(range(1 + 40 + 2 * 40))


def test_storages_that_claim_the_streams_of_all_others_do_not_get_them_again(make_compound: MakeCompound) -> None:
    path = make_compound("a.msg", {f"Dopis {index}/Text": b"ab" for index in range(40)})
    data = bytearray(path.read_bytes())
    directory = sector(number(data, DIRECTORY_PLACE))
    for stream in range(2, 80, 2):  # the stream of a storage has that of the next one at its side
        struct.pack_into("<I", data, directory + ENTRY * stream + SIBLING, stream + 2)
    opened = Watched(bytes(data))
    texts = [opened.stream(f"Dopis {index}", "Text") for index in range(40)]
    assert [bool(text) for text in texts] == [True] + 39 * [False]
    assert sorted(opened.looked_at) == list(range(1 + 40 + 40))


def test_a_count_of_lists_that_are_not_there(made: bytearray) -> None:
    struct.pack_into("<II", made, FURTHER_PLACE, 0xFFFFFFFE, 7)
    assert Compound(BytesIO(made)).stream("Obal", "Dopis") == b"ab" * 2500


def test_a_list_of_the_table_in_a_circle_ends(made: bytearray) -> None:
    place = len(made) // 512 - 1
    made += struct.pack("<128I", *[number(made, TABLE_PLACES)] * 127, place)
    struct.pack_into("<II", made, FURTHER_PLACE, place, 0xFFFFFFFF)
    assert Compound(BytesIO(made)).stream("Obal", "Dopis") == b"ab" * 2500


@pytest.mark.parametrize(
    ("place", "value"), [(0, 0), (30, 0xFFFF0010), (DIRECTORY_PLACE, 0x00FFFFFF), (TABLE_PLACES, 0x00FFFFFF)]
)
def test_a_head_that_cannot_be_true(made: bytearray, place: int, value: int) -> None:
    struct.pack_into("<I", made, place, value)
    with pytest.raises(Unreadable):
        Compound(BytesIO(made))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 1 << 16), st.sampled_from((0, 1, 2, 127, 254, 255))), max_size=30),
    st.integers(0, 1 << 16),
)
def test_no_broken_file_makes_more_than_it_holds(data: Path, changes: list[tuple[int, int]], length: int) -> None:
    broken = bytearray((data / "zapis.doc").read_bytes())
    for place, value in changes:
        broken[place % len(broken)] = value
    del broken[max(length, 512) :]
    try:
        compound = Compound(BytesIO(broken))
    except Unreadable:
        return
    for name in compound.names:
        assert len(compound.stream(name)) <= len(broken)
