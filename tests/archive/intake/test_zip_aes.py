"""ZIPs that 7-Zip and WinZip encrypt by AES; `aes-7zip.zip` was made by 7-Zip 22 with the password "heslo"."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.intake.filing import Filed, file_intake
from kpss_desktop.archive.intake.plan import ItemState
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.intake.zips import BadZip, Refusal, entries, opened, unpacked
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

MADE = (Path(__file__).parents[1] / "data" / "aes-7zip.zip").read_bytes()
NAME = "Zápis PS Péče 12. 3. 2018.txt"
FIELD = b"\x01\x99\x07\x00\x02\x00AE\x03"  # tag, length, AE-2, vendor, a key of 256 bits


@pytest.fixture
def packed(inbox: Path) -> Path:
    """The ZIP, as a clerk gets it."""
    path = inbox / "tajné.zip"
    path.write_bytes(MADE)
    return path


def test_it_opens_by_its_password(desk: Desk, packed: Path) -> None:
    for passwords in ((), ("jiné",)):
        locked = plan_intake(desk.archive, [packed], silent, passwords=passwords).items[0]
        assert (locked.name, locked.state, locked.refusal) == (NAME, ItemState.REFUSED, Refusal.PASSWORD)
    report = file_intake(desk.archive, plan_intake(desk.archive, [packed], silent, passwords=["heslo"]), silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.FILED]
    taken = desk.archive.store.inside(desk.one(NAME).file.path).read_text(encoding="utf-8")
    assert taken.startswith("Zápis z jednání pracovní skupiny Péče\n")


@pytest.mark.parametrize("place", [60, 120, 150])
def test_a_changed_byte_is_told(packed: Path, place: int) -> None:
    packed.write_bytes(MADE[:place] + bytes([MADE[place] ^ 1]) + MADE[place + 1 :])
    with opened(packed) as zipped, pytest.raises(BadZip) as told, unpacked(zipped, 0, "heslo"):
        pass
    assert told.value.refusal is Refusal.DAMAGED_ZIP


@pytest.mark.parametrize("field", [FIELD[:-1] + b"\x09", FIELD[:2] + b"\x03" + FIELD[3:]])
def test_a_key_of_unknown_length_is_damage(packed: Path, field: bytes) -> None:
    assert FIELD in MADE
    packed.write_bytes(MADE.replace(FIELD, field))
    with pytest.raises(BadZip) as told, opened(packed) as zipped:
        entries(zipped)
    assert told.value.refusal is Refusal.DAMAGED_ZIP
