"""Changes of rows that only a repair makes: files that are elsewhere, or have another content, than was filed."""

from __future__ import annotations

import sqlite_utils

from kpss_desktop.model import StoredFile


def release_path(db: sqlite_utils.Database, file_id: str) -> None:
    """Let another row have this file's path, until it gets a new one in the same transaction."""
    db.execute("UPDATE files SET path_key = ? WHERE id = ?", (f"/{file_id}", file_id))


def set_content(db: sqlite_utils.Database, file: StoredFile) -> None:
    """Say that a file has another content by now; nothing is moved."""
    db.execute(
        "UPDATE files SET size = ?, sha256 = ?, mime = ?, source = ? WHERE id = ?",
        (file.size, file.sha256, file.mime, file.source, file.id),
    )
