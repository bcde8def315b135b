"""What is dropped or pasted and lies in no folder yet: mails out of a mail program, attachments, a picture.

Windows programs hand over a list of names (FILEGROUPDESCRIPTORW, shlobj_core.h) and each content by its number; others
hand over the mail itself as message/rfc822. Some only promise to write a file where the receiver says, which Qt has no
way to ask for: of those the clerk is told what to do instead.
"""

from __future__ import annotations

import email
import email.policy
import itertools
import struct
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from kpss_desktop.i18n import _
from kpss_desktop.lasting import safe_write
from kpss_desktop.safe_names import numbered, safe_name
from kpss_desktop.ui import mime

_WINDOWS = 'application/x-qt-windows-mime;value="{name}"'
_LIST = _WINDOWS.format(name="FileGroupDescriptorW")
_CONTENT = _WINDOWS.format(name="FileContents")
_MAIL = "message/rfc822"
_PROMISES = ("text/x-moz-message", "application/x-moz-file-promise", "application/x-moz-file-promise-url")
# cItems, then for each file 72 bytes of which dwFlags and dwFileAttributes matter here, and 260 letters of its name.
_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<I32xI32x520s")
_HAS_ATTRIBUTES, _FOLDER = 0x4, 0x10
_MOST = 1000  # files in one drop


def can_be_taken(data: QMimeData) -> bool:
    """Whether there is a file in it, or something that becomes one."""
    return bool(mime.files_of(data)) or _is_virtual(data)


def is_promise(data: QMimeData) -> bool:
    """Whether a program only promises a file that nobody can make it write."""
    return not can_be_taken(data) and any(data.hasFormat(one) for one in _PROMISES)


def taken(data: QMimeData) -> tuple[Path, ...]:
    """Files and folders as they lie, or else written to a private folder that goes with the program.

    Empty when the other program did not give all it named, or when the disk did not take it.
    """
    if paths := mime.files_of(data):
        return paths
    try:
        return tuple(_write(data))
    except OSError:
        return ()


def picture(image: QImage) -> Path:
    """A picture written as a file; raises OSError when the disk does not take it."""
    path = _fresh_folder() / _("Picture from the clipboard.png")
    if not image.save(str(path)):
        raise OSError(str(path))
    return path


def _is_virtual(data: QMimeData) -> bool:
    return data.hasFormat(_LIST) or data.hasFormat(_MAIL)


def _write(data: QMimeData) -> Iterator[Path]:
    folder, used = _fresh_folder(), set[str]()
    for name, content in _contents(data):
        if not content:
            raise FileNotFoundError(name)
        tries = (numbered(safe_name(name), number) for number in itertools.count(1))
        free = next(tried for tried in tries if tried.casefold() not in used)
        used.add(free.casefold())
        safe_write(folder / free, content)
        yield folder / free


def _contents(data: QMimeData) -> Iterator[tuple[str, bytes]]:
    """Names and contents; a content the program does not give is empty, as of a mail of Outlook that is a storage."""
    if data.hasFormat(_LIST):
        names = list(_names(_bytes(data, _LIST)))
        for number, name in names:
            content = _bytes(data, f"{_CONTENT};index={number}")
            if not content and len(names) == 1:
                content = _bytes(data, _CONTENT)
            yield name, content
    elif content := _bytes(data, _MAIL):
        yield _subject(content), content


def _names(described: bytes) -> Iterator[tuple[int, str]]:
    """The numbers and names of the files, without folders; a list that is cut short gives those that are whole."""
    if len(described) < _COUNT.size:
        return
    (count,) = _COUNT.unpack_from(described)
    whole = (len(described) - _COUNT.size) // _ENTRY.size
    for number in range(min(count, whole, _MOST)):
        flags, attributes, letters = _ENTRY.unpack_from(described, _COUNT.size + number * _ENTRY.size)
        name = PureWindowsPath(letters.decode("utf-16-le", "replace").partition("\0")[0]).name
        if name and not (flags & _HAS_ATTRIBUTES and attributes & _FOLDER):
            yield number, name


def _subject(mail: bytes) -> str:
    """A file name for a mail."""
    subject = email.message_from_bytes(mail[:100_000], policy=email.policy.default)["subject"]
    name = str(subject or "").strip() or _("Message")
    return f"{name}.eml"


def _bytes(data: QMimeData, kind: str) -> bytes:
    return bytes(data.data(kind).data())


def _fresh_folder() -> Path:
    return Path(tempfile.mkdtemp(dir=_arrivals().name))


@cache
def _arrivals() -> tempfile.TemporaryDirectory[str]:
    """The folder of all that arrived in this run; it goes with the program."""
    return tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True)
