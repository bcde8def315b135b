"""Backups of earlier versions open for ever. Their files in `data` are never made anew; later versions add theirs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.trust import restore
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.progress import silent

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("number", [1, 2])
def test_a_backup_of_layout_1_opens(number: int, tmp_path: Path) -> None:
    with zipfile.ZipFile(DATA / "backup-1.zip") as packed:
        packed.extractall(tmp_path / "Záloha")
    restore.restore(tmp_path / "Záloha", tmp_path / "Archiv", silent, number=number)
    with open_archive(tmp_path / "Archiv") as archive:
        found = {d.file.original_name: d for d in looking.documents(archive, all_ids(archive.catalogue.db))}
        assert [group.name for group in looking.groups(archive)] == ["Péče", "ŘS"]
        assert verify(archive, silent) == []
    minutes, steering = found["Zápis PS Péče 16 1 2020.txt"], found["Zápis ŘS 3 6 2021.txt"]
    assert (minutes.tags, minutes.groups, str(minutes.dated and minutes.dated.date)) == (
        ("důležité",), ("pece",), "2020-01-16",
    )  # fmt: skip
    assert minutes.meeting == found["Pozvánka PS Péče 16 1 2020.txt"].meeting
    assert steering.note == ("" if number == 1 else "schváleno")
    assert found["Katalog služeb 2019.txt"].trashed is (number == 2)
