"""A real archive with short ways to fill it, to look at it whole, and to open it again."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive, create_archive, open_archive
from kpss_desktop.archive.intake.filing import IntakeReport, file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.model import Document, GroupKind, Reason, TextState
from kpss_desktop.progress import silent

GROUPS = (("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("ŘS", GroupKind.STEERING))
MADE = ".kpss"


class Desk:
    """An archive and the clerk who works with it."""

    def __init__(self, folder: Path) -> None:
        self.archive: Archive = create_archive(folder, GROUPS)

    @property
    def folder(self) -> Path:
        return self.archive.folder

    def take(self, *paths: Path, group: str | None = None, year: int | None = None, read: bool = False) -> IntakeReport:
        """File what lies there, unchanged; every row must end somehow."""
        plan = plan_intake(self.archive, paths, silent, group=group, year=year, read=read)
        report = file_intake(self.archive, plan, silent)
        assert len(report.outcomes) == len(plan.items)
        return report

    def documents(self) -> tuple[Document, ...]:
        """All of them, by path, without what only this computer counts."""
        found = looking.documents(self.archive, all_ids(self.archive.catalogue.db))
        return tuple(replace(document, rev=0) for document in sorted(found, key=lambda one: one.file.path))

    def one(self, name: str) -> Document:
        """The document whose file has this name."""
        return next(document for document in self.documents() if document.file.path.rpartition("/")[2] == name)

    def tree(self) -> dict[str, str]:
        """Every open file of the folder and its digest."""
        return tree(self.folder)

    def staged(self) -> list[str]:
        """What lies in staging; nothing should, between two changes."""
        staging = self.archive.store.staging
        return [path.name for path in staging.iterdir()] if staging.is_dir() else []

    def state(self) -> tuple[object, ...]:
        """All that a clerk could see a change of; what has been read so far is this computer's own."""
        unread = tuple(
            replace(
                one,
                files=tuple(replace(file, text_state=TextState.PENDING, text_reason=Reason.NONE) for file in one.files),
            )
            for one in self.documents()
        )
        return unread, looking.groups(self.archive), self.tree()

    def problems(self) -> list[tuple[str, str]]:
        """What a verification finds."""
        return [(finding.kind, finding.path) for finding in verify(self.archive, silent)]

    def reopen(self) -> None:
        """Close the archive and open it again."""
        self.archive.close()
        self.archive = open_archive(self.folder)

    def forget(self) -> None:
        """Open the archive on a computer that has never seen it, from its records alone."""
        self.archive.close()
        shutil.rmtree(self.archive.data)
        (self.folder / ".kpss" / "snapshot.db").unlink(missing_ok=True)
        self.archive = open_archive(self.folder)


def tree(folder: Path) -> dict[str, str]:
    """Path and digest of every file that lies openly in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != MADE
    }


class _RawName(zipfile.ZipInfo):
    """An entry whose name is written as these bytes, with or without the flag that says UTF-8."""

    raw = b""
    flagged = 0

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # the name zipfile calls it by
        return self.raw, self.flag_bits | self.flagged


def zipped(members: Iterable[tuple[str | bytes, bytes]], *, utf8: bool = False, extra: bytes = b"") -> bytes:
    """A ZIP of these members; a name given as bytes is written as they are, `utf8` says that they are UTF-8."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, (name, data) in enumerate(members):
            entry = _RawName(str(number))
            entry.raw = name if isinstance(name, bytes) else name.encode()
            entry.flagged = 0x800 if utf8 or isinstance(name, str) else 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.extra = extra
            packed.writestr(entry, data)
    return made.getvalue()


@pytest.fixture
def make_zip() -> Callable[..., bytes]:
    """`zipped`, for tests that cannot import it."""
    return zipped


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty archive with the groups Péče, Prevence and ŘS."""
    made = Desk(tmp_path / "Archiv KPSS")
    yield made
    made.archive.close()


@pytest.fixture
def filled(desk: Desk, shared: Path) -> Desk:
    """The archive with the four minutes of the town's page."""
    desk.take(shared / "minutes" / "seed-page")
    return desk


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder of the clerk's, outside the archive."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder
