"""What is carried by drag and drop and by the clipboard: files, and documents of the table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

DOCUMENTS = "application/x-kpss-documents"


def carry(ids: Sequence[str], paths: Sequence[Path]) -> QMimeData:
    """Documents as other programs take them (their files) and as our own window does (their ids)."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setData(DOCUMENTS, json.dumps(list(ids)).encode())
    return data


def files_of(data: QMimeData) -> tuple[Path, ...]:
    """Files and folders of this computer; nothing when the window carries its own documents."""
    if data.hasFormat(DOCUMENTS):
        return ()
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def documents_of(data: QMimeData) -> tuple[str, ...]:
    """Ids of documents that our own window carries."""
    if not data.hasFormat(DOCUMENTS):
        return ()
    return tuple(json.loads(bytes(data.data(DOCUMENTS).data())))
