"""Letters in letters, letters of a hundred thousand parts, and broken headers."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.hostile.traps import Member, Trap, raw_zip

_HEAD = b"From: a@b.cz\nTo: c@d.cz\nSubject: %s\nDate: Thu, 16 Jan 2020 08:00:00 +0100\nMIME-Version: 1.0\n"


def traps(host: str = "203.0.113.7") -> Iterator[Trap]:
    """All of them."""
    yield Trap("nested-1000.eml", lambda: nested(1000))
    yield Trap("nested-30.eml", lambda: nested(30))
    yield Trap("multiparts-1000.eml", multiparts)
    yield Trap("parts-100000.eml", lambda: _mixed(b"--x\nContent-Type: text/plain\n\na\n" * 100_000))
    yield Trap("attachments-100000.eml", lambda: _mixed(
        b"".join(b"--x\nContent-Disposition: attachment; filename=a%d.txt\n\na%d\n" % (n, n) for n in range(100_000))))  # fmt: skip
    yield Trap("zip-in-letter-in-zip.eml", dolls)
    yield Trap("remote.eml", lambda: _HEAD % b"a" + b"Content-Type: text/html\n\n<p>Text<img src='http://" + host.encode()
               + b"/a.png'><script src='http://" + host.encode() + b"/b'></script>")  # fmt: skip
    yield Trap("external-body.eml", lambda: _mixed(
        b"--x\nContent-Type: message/external-body; access-type=URL; URL=\"http://" + host.encode() + b"/a\"\n\n\n"))  # fmt: skip
    yield Trap("names.eml", lambda: _mixed(b"".join(_attached(name) for name in _NAMES)))
    yield Trap("header-50mb.eml", lambda: _HEAD % (b"a" * 50_000_000) + b"\ntext\n")
    yield Trap("headers-1000000.eml", lambda: _HEAD % b"a" + b"X-A: b\n" * 1_000_000 + b"\ntext\n")
    yield Trap("folded-header.eml", lambda: _HEAD % (b"a\n" + b" b\n" * 1_000_000) + b"\ntext\n")
    yield Trap("encoded-words.eml", lambda: _HEAD % (b"=?utf-8?q?=C3=A1?= " * 200_000) + b"\ntext\n")
    yield Trap(
        "addresses.eml", lambda: b"From: " + b"(" * 50_000 + b"\nTo: " + b"<" * 100_000 + b"\nSubject: a\n\ntext\n"
    )
    yield Trap("groups.eml", lambda: b"From: a@b.cz\nTo: " + b"a:b@c;," * 50_000 + b"\nSubject: a\n\ntext\n")
    yield Trap(
        "parameters.eml", lambda: _HEAD % b"a" + b"Content-Type: text/plain" + b"; a*0*=b" * 100_000 + b"\n\ntext\n"
    )
    yield Trap("boundary.eml", lambda: _HEAD % b"a" + b'Content-Type: multipart/mixed; boundary=""\n\n--\n\na\n--\n')
    yield Trap("charset.eml", lambda: _HEAD % b"a" + b'Content-Type: text/plain; charset="zlib_codec"\n\ntext\n')
    yield Trap(
        "charset-hex.eml", lambda: _HEAD % b"a" + b'Content-Type: text/plain; charset="idna"\n\n' + b"a" * 1_000_000
    )
    yield Trap("base64-line.eml", lambda: _mixed(_attached(b"a.bin", b"QUJD" * 5_000_000)))
    yield Trap(
        "uuencode.eml",
        lambda: _HEAD % b"a" + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 ../x\n" + b"M" * 500_000,
    )


_NAMES = (
    b"../../venku.txt",
    b"/etc/passwd",
    b"C:\\a.txt",
    b"CON",
    b"",
    b"..",
    b"a\\..\\..\\b.txt",
    b"\x00.txt",
    b"x" * 5000,
)


def nested(depth: int) -> bytes:
    """A letter that holds a letter that holds a letter."""
    made = _HEAD % b"dno" + b"\ntext\n"
    for number in range(depth):
        made = _HEAD % b"%d" % number + b"Content-Type: message/rfc822\n\n" + made if number % 2 else (
            _HEAD % b"x" + b"Content-Type: message/rfc822\n\n" + made)  # fmt: skip
    return made


def multiparts() -> bytes:
    """Parts in parts."""
    made = b"Content-Type: text/plain\n\ndno\n"
    for number in range(1000):
        made = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s\n--b%d--\n" % (number, number, made, number)
    return _HEAD % b"a" + made


def dolls() -> bytes:
    """ZIPs in letters in ZIPs, thirty deep."""
    made = b"dno"
    for _ in range(15):
        made = raw_zip(
            [Member(b"a.eml", _mixed(_attached(b"b.zip", base64.encodebytes(raw_zip([Member(b"c.txt", made)])))))]
        )
        made = _mixed(_attached(b"b.zip", base64.encodebytes(made)))
    return made


def _attached(name: bytes, body: bytes = b"QUJD") -> bytes:
    return b'--x\nContent-Disposition: attachment; filename="%s"\nContent-Transfer-Encoding: base64\n\n%s\n' % (
        name,
        body,
    )


def _mixed(parts: bytes) -> bytes:
    return _HEAD % b"a" + b"Content-Type: multipart/mixed; boundary=x\n\n" + parts + b"--x--\n"
