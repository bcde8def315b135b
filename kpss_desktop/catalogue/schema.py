"""The tables, the triggers that record every change, and the ones that say what must follow it.

Two things are kept by triggers rather than by code, so that no change can forget them:

* the journal: while a step is open, the image of each changed row before and after (JSON). Undo and redo put the
  images back, whatever the change was;
* what follows a change of rows: an intent for each file that must move (`intents`), a mark for each record file that
  must be written again (`dirty_shelves`), and for each document the full text must take up again (`stale`).
"""

from __future__ import annotations

from collections.abc import Iterable

TABLES = """
CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE groups(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, colour INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE aliases(
  group_id TEXT NOT NULL REFERENCES groups(id) DEFERRABLE INITIALLY DEFERRED, alias TEXT NOT NULL,
  PRIMARY KEY(group_id, alias)
) WITHOUT ROWID;

CREATE TABLE meetings(
  id TEXT PRIMARY KEY, date TEXT NOT NULL, home TEXT NOT NULL, number INTEGER
) WITHOUT ROWID;

CREATE TABLE documents(
  number INTEGER PRIMARY KEY,  -- the full text's handle; never leaves this computer
  id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL DEFAULT 1,
  title TEXT NOT NULL, kind TEXT NOT NULL,
  date TEXT, year INTEGER, date_source TEXT, date_certainty TEXT,
  note TEXT NOT NULL DEFAULT '', added TEXT NOT NULL,
  trashed INTEGER NOT NULL DEFAULT 0,
  meeting_id TEXT REFERENCES meetings(id) DEFERRABLE INITIALLY DEFERRED,
  shelf TEXT NOT NULL  -- the record file that holds it: "Péče/2020", or "" for the trash
);
CREATE INDEX documents_by_date ON documents(trashed, date);
CREATE INDEX documents_by_year ON documents(trashed, year);
CREATE INDEX documents_by_kind ON documents(trashed, kind);
CREATE INDEX documents_by_shelf ON documents(shelf);
CREATE INDEX documents_by_meeting ON documents(meeting_id);

CREATE TABLE files(
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  path TEXT NOT NULL, path_key TEXT NOT NULL UNIQUE,  -- case-folded, so that names are unique on Windows too
  size INTEGER NOT NULL, sha256 TEXT NOT NULL, mime TEXT NOT NULL,
  original_name TEXT NOT NULL, original_raw TEXT,  -- hex digits
  source TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX files_by_document ON files(document_id, position);
CREATE INDEX files_by_digest ON files(sha256);

CREATE TABLE document_groups(
  document_id TEXT NOT NULL REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
  group_id TEXT NOT NULL REFERENCES groups(id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL, PRIMARY KEY(document_id, group_id)
) WITHOUT ROWID;
CREATE INDEX document_groups_by_group ON document_groups(group_id);

CREATE TABLE document_tags(
  document_id TEXT NOT NULL REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
  tag TEXT NOT NULL, PRIMARY KEY(document_id, tag)
) WITHOUT ROWID;
CREATE INDEX document_tags_by_tag ON document_tags(tag);

CREATE TABLE texts(  -- by digest, so a text outlives undo, trash and a second copy; a missing row is an unread file
  sha256 TEXT PRIMARY KEY, state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
  mime TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL DEFAULT '', pages INTEGER, machine_read INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE steps(
  id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, amount INTEGER NOT NULL DEFAULT 1,
  at TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE journal(
  seq INTEGER PRIMARY KEY AUTOINCREMENT, step_id INTEGER NOT NULL REFERENCES steps(id) ON DELETE CASCADE,
  tbl TEXT NOT NULL, before TEXT, after TEXT
);
CREATE INDEX journal_by_step ON journal(step_id);
CREATE TABLE recording(step_id INTEGER NOT NULL);  -- one row while a step is open

CREATE TABLE intents(
  seq INTEGER PRIMARY KEY AUTOINCREMENT, file_id TEXT NOT NULL, sha256 TEXT NOT NULL,
  source TEXT, target TEXT  -- paths in the archive; no source: staged, no target: withdrawn
);
CREATE TABLE dirty_shelves(shelf TEXT PRIMARY KEY) WITHOUT ROWID;  -- '*' is archive.json
CREATE TABLE touched(document_id TEXT PRIMARY KEY) WITHOUT ROWID;  -- rev must grow before the commit
CREATE TABLE stale(document_id TEXT PRIMARY KEY) WITHOUT ROWID;    -- the full text must take it up again
CREATE TABLE record_files(shelf TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;  -- as last written or read
"""

# What the second version of the tables brought; the searches and synonyms are also in archive.json.
MORE_TABLES = """
CREATE TABLE saved_searches(name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE indexed ADD COLUMN beside TEXT NOT NULL DEFAULT '[]';  -- note and file names, as a JSON list
INSERT OR IGNORE INTO stale SELECT id FROM documents;
DELETE FROM record_files WHERE shelf = '*';
"""

# The third version: prints of texts (see `prints`). One that is NULL has not been taken yet.
PRINTS = """
CREATE TABLE prints(sha256 TEXT PRIMARY KEY, letters TEXT) WITHOUT ROWID;
CREATE INDEX prints_by_letters ON prints(letters);
INSERT INTO prints(sha256) SELECT sha256 FROM texts;
CREATE TRIGGER texts_insert_print AFTER INSERT ON texts BEGIN
  INSERT OR REPLACE INTO prints(sha256) VALUES(NEW.sha256);
END;
CREATE TRIGGER texts_delete_print AFTER DELETE ON texts BEGIN
  DELETE FROM prints WHERE sha256 = OLD.sha256;
END;
"""

# The journal puts back whole rows, so the row numbers and revs that only this computer counts stay out of it.
JOURNALLED = {
    "groups": ("id", "name", "kind", "colour", "position"),
    "aliases": ("group_id", "alias"),
    "meetings": ("id", "date", "home", "number"),
    "documents": (
        "id", "title", "kind", "date", "year", "date_source", "date_certainty", "note", "added", "trashed",
        "meeting_id", "shelf",
    ),
    "files": (
        "id", "document_id", "position", "path", "path_key", "size", "sha256", "mime", "original_name",
        "original_raw", "source",
    ),
    "document_groups": ("document_id", "group_id", "position"),
    "document_tags": ("document_id", "tag"),
    "saved_searches": ("name", "query"),
    "synonyms": ("family", "phrase"),
}  # fmt: skip
_SINCE_SECOND = ("saved_searches", "synonyms")

KEYS = {
    "groups": ("id",), "aliases": ("group_id", "alias"), "meetings": ("id",), "documents": ("id",), "files": ("id",),
    "document_groups": ("document_id", "group_id"), "document_tags": ("document_id", "tag"),
    "saved_searches": ("name",), "synonyms": ("family", "phrase"),
}  # fmt: skip

# What a change of a document, of what belongs to it, or of the archive's own words must be followed by.
_FOLLOWS = """
CREATE TRIGGER documents_insert_follow AFTER INSERT ON documents BEGIN
  INSERT OR IGNORE INTO dirty_shelves VALUES(NEW.shelf);
  INSERT OR IGNORE INTO touched VALUES(NEW.id);
  INSERT OR IGNORE INTO stale VALUES(NEW.id);
END;
CREATE TRIGGER documents_delete_follow AFTER DELETE ON documents BEGIN
  INSERT OR IGNORE INTO dirty_shelves VALUES(OLD.shelf);
  INSERT OR IGNORE INTO stale VALUES(OLD.id);
END;
CREATE TRIGGER documents_update_follow
AFTER UPDATE OF title, kind, date, year, date_source, date_certainty, note, trashed, meeting_id, shelf ON documents
BEGIN
  INSERT OR IGNORE INTO dirty_shelves VALUES(OLD.shelf);
  INSERT OR IGNORE INTO dirty_shelves VALUES(NEW.shelf);
  INSERT OR IGNORE INTO touched VALUES(NEW.id);
  INSERT OR IGNORE INTO stale VALUES(NEW.id);
END;
CREATE TRIGGER files_insert_follow AFTER INSERT ON files BEGIN
  INSERT INTO intents(file_id, sha256, source, target) VALUES(NEW.id, NEW.sha256, NULL, NEW.path);
END;
CREATE TRIGGER files_delete_follow AFTER DELETE ON files BEGIN
  INSERT INTO intents(file_id, sha256, source, target) VALUES(OLD.id, OLD.sha256, OLD.path, NULL);
END;
CREATE TRIGGER files_update_follow AFTER UPDATE OF path ON files WHEN OLD.path <> NEW.path BEGIN
  INSERT INTO intents(file_id, sha256, source, target) VALUES(NEW.id, NEW.sha256, OLD.path, NEW.path);
END;
CREATE TRIGGER texts_insert_follow AFTER INSERT ON texts BEGIN
  INSERT OR IGNORE INTO stale SELECT document_id FROM files WHERE sha256 = NEW.sha256;
END;
CREATE TRIGGER texts_update_follow AFTER UPDATE ON texts BEGIN
  INSERT OR IGNORE INTO stale SELECT document_id FROM files WHERE sha256 = NEW.sha256;
END;
"""


def _image(row: str, columns: tuple[str, ...]) -> str:
    return "json_object(" + ", ".join(f"'{column}', {row}.{column}" for column in columns) + ")"


def _journal_triggers(tables: Iterable[str]) -> str:
    """One trigger for each table and operation; active only while a step is open."""
    made = []
    for table in tables:
        columns = JOURNALLED[table]
        for operation, before, after in (
            ("INSERT", "NULL", _image("NEW", columns)),
            ("DELETE", _image("OLD", columns), "NULL"),
            ("UPDATE", _image("OLD", columns), _image("NEW", columns)),
        ):
            changed = ""
            if operation == "UPDATE":
                changed = " AND (" + " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns) + ")"
            made.append(
                f"CREATE TRIGGER {table}_{operation.lower()}_journal AFTER {operation} ON {table}\n"
                f"WHEN EXISTS(SELECT 1 FROM recording){changed} BEGIN\n"
                f"  INSERT INTO journal(step_id, tbl, before, after)\n"
                f"  SELECT step_id, '{table}', {before}, {after} FROM recording;\nEND;\n"
            )
    return "".join(made)


def _belonging_triggers() -> str:
    """Files, groups and tags of a document change the document: its record, its rev and its full text."""
    made = []
    for table in ("files", "document_groups", "document_tags"):
        for operation, row in (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "NEW")):
            made.append(
                f"CREATE TRIGGER {table}_{operation.lower()}_belongs AFTER {operation} ON {table} BEGIN\n"
                f"  INSERT OR IGNORE INTO dirty_shelves SELECT shelf FROM documents WHERE id = {row}.document_id;\n"
                f"  INSERT OR IGNORE INTO touched SELECT id FROM documents WHERE id = {row}.document_id;\n"
                f"  INSERT OR IGNORE INTO stale VALUES({row}.document_id);\nEND;\n"
            )
    for operation, rows in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", ("OLD", "NEW"))):
        marks = "".join(f"  INSERT OR IGNORE INTO dirty_shelves VALUES({row}.home);\n" for row in rows)
        made.append(
            f"CREATE TRIGGER meetings_{operation.lower()}_belongs AFTER {operation} ON meetings BEGIN\n{marks}END;\n"
        )
    return "".join(made) + _facts_triggers(("groups", "aliases"))


def _facts_triggers(tables: Iterable[str]) -> str:
    """What stands in archive.json has it written again."""
    return "".join(
        f"CREATE TRIGGER {table}_{operation.lower()}_belongs AFTER {operation} ON {table} BEGIN\n"
        f"  INSERT OR IGNORE INTO dirty_shelves VALUES('*');\nEND;\n"
        for table in tables
        for operation in ("INSERT", "DELETE", "UPDATE")
    )


def triggers() -> str:
    """All triggers of version 1."""
    return _FOLLOWS + _journal_triggers(t for t in JOURNALLED if t not in _SINCE_SECOND) + _belonging_triggers()


def more_triggers() -> str:
    """The triggers that version 2 added."""
    return _journal_triggers(_SINCE_SECOND) + _facts_triggers(_SINCE_SECOND)
