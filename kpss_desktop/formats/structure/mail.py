"""Letters: who writes to whom, the body, and the names of what is attached."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from kpss_desktop.formats.encodings import decode
from kpss_desktop.formats.mail.eml import parsed
from kpss_desktop.formats.structure.blocks import Block, Cell, Look, Markup, Paragraph, Span, Table
from kpss_desktop.formats.structure.markup import simplified
from kpss_desktop.formats.structure.page import decoded
from kpss_desktop.formats.structure.plain import paragraphs
from kpss_desktop.formats.structure.words import Words

MAX_LETTER = 40_000_000


def read(path: Path, words: Words) -> list[Block]:
    """The letter with its head as a table."""
    with path.open("rb") as file:
        message = parsed(file.read(MAX_LETTER))
    return [head(_fields(message, words)), *_body(message)]


def head(fields: Mapping[str, str]) -> Table:
    """The head of a letter, a row for each field that is not empty; the keys are what the fields are called."""
    return Table(tuple(_row(label, value) for label, value in fields.items() if value.strip()))


def _fields(message: EmailMessage, words: Words) -> dict[str, str]:
    named = {
        "from": words.sender,
        "to": words.recipient,
        "cc": words.copy,
        "date": words.date,
        "subject": words.subject,
    }
    attached = [part.get_filename() or "" for part in message.iter_attachments()]
    found = {label: _field(message, name) for name, label in named.items()}
    return found | {words.attachments: ", ".join(filter(None, attached))}


def _field(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        # The standard library stumbles over some broken addresses and dates: the field as it stands then.
        return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def _row(label: str, value: str) -> tuple[Cell, ...]:
    return (
        Cell((Paragraph((Span(label, Look(bold=True)),)),), header=True),
        Cell((Paragraph((Span(" ".join(value.split())),)),)),
    )


def _body(message: EmailMessage) -> list[Block]:
    body = message.get_body(("html", "plain"))
    if body is None:
        return []
    data = body.get_payload(decode=True)
    charset = body.get_content_charset("")
    assert isinstance(data, bytes)
    if body.get_content_subtype() == "html":
        return [Markup(simplified(_decoded(data, charset) or decoded(data), _pictures(message)))]
    return paragraphs(_decoded(data, charset) or decode(data))


def _decoded(data: bytes, charset: str) -> str:
    """The text in the encoding the letter names; empty when that does not fit."""
    try:
        return data.decode(charset).replace("\r\n", "\n") if charset else ""
    except (LookupError, UnicodeDecodeError):
        return ""


def _pictures(message: EmailMessage) -> dict[str, bytes]:
    pictures: dict[str, bytes] = {}
    for part in message.walk():
        identity = part.get("content-id")
        if identity and part.get_content_maintype() == "image":
            data = part.get_payload(decode=True)
            pictures[str(identity).strip(" <>")] = data if isinstance(data, bytes) else b""
    return pictures
