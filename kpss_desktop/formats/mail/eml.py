"""Letters as RFC 5322 text (.eml), also web pages saved as one (.mht)."""

from __future__ import annotations

import email
import email.policy
import itertools
import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from kpss_desktop.formats import html
from kpss_desktop.formats.encodings import decode
from kpss_desktop.formats.mail.letter import Attachment, Letter

if TYPE_CHECKING:
    from kpss_desktop.formats.found import Found
    from kpss_desktop.formats.source import Source

_MAX_PARTS = 500
_BOUNDARY = re.compile(rb"\n--")
_MAX_BOUNDARIES = 5000  # what may be one, for a signature and a ruled line begin so too


def read(source: Source) -> Found:
    """Subject, sender, recipients, the body and the names of the attachments."""
    return letter(source.data()).found()


def letter(data: bytes) -> Letter:
    """The letter in `data`, with its attachments."""
    message = parsed(data)
    plain: list[str] = []
    pages: list[str] = []
    attachments: list[Attachment] = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.is_multipart():
            continue
        name = _file_name(part)
        if name or part.get_content_maintype() != "text":
            attachments.append(Attachment(name or part.get_content_type(), _payload(part)))
        elif part.get_content_subtype() == "html":
            pages.append(html.told(_payload(part), part.get_content_charset("")).text)
        else:
            plain.append(_text(part))
    body = "\n".join(text for text in (plain or pages) if text.strip())
    return Letter(
        _header(message, "subject"), _header(message, "from"), _header(message, "to"), _date(message),
        body or "\n".join(pages), tuple(attachments),
    )  # fmt: skip


def parsed(data: bytes) -> EmailMessage:
    """The letter as Python has it; what comes after thousands of parts is left out, for each takes its time."""
    beyond = next(itertools.islice(_BOUNDARY.finditer(data), _MAX_BOUNDARIES, None), None)
    message = email.message_from_bytes(data[: beyond.start()] if beyond else data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage) -> str:
    data = _payload(part)
    charset = part.get_content_charset("")
    try:
        return data.decode(charset) if charset and charset != "us-ascii" else decode(data)
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _file_name(part: EmailMessage) -> str:
    try:
        return str(part.get_filename() or "")
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        # The parser of headers raises these on broken ones.
        return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        return ""


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "date")).isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
