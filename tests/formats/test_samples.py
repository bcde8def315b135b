"""All public test documents through the sandbox, many of them broken on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from pathlib import Path


def test_every_document_ends_in_a_text_or_a_reason(samples: Path) -> None:
    files = sorted(path for path in samples.rglob("*") if path.is_file())
    with Sandbox() as sandbox:
        found = dict(sandbox.read_many((path, "") for path in files))
    assert len(found) == len(files)
    for index, path in enumerate(files):
        extract = found[index]
        assert extract.state is not TextState.FAILED, path
        assert (extract.state is TextState.READY) == (extract.reason in (Reason.NONE, Reason.SCANNED_PAGES)), path
        assert bool(extract.text) == (extract.state is TextState.READY), path
    ready = sum(extract.state is TextState.READY for extract in found.values())
    assert ready / len(files) > 0.84


def test_a_large_document_takes_no_memory_from_those_after_it(samples: Path) -> None:
    large = next(samples.rglob("bug65649.docx"))
    whole = [path for path in sorted(samples.rglob("*.pdf")) if path.name.startswith(("pdflatex", "minimal"))]
    with Sandbox(1) as sandbox:
        found = dict(sandbox.read_many((path, "") for path in (large, *whole)))
    assert len(found) == len(whole) + 1 > 3
    assert {extract.state for extract in found.values()} == {TextState.READY}
