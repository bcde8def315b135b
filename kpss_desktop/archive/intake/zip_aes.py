"""ZIPs whose members are encrypted by AES, as 7-Zip and WinZip make them; Python's own reader knows only the old way.

The library that reads them takes a fifth of a second to load, so it is loaded when the first such ZIP is met.
Source: WinZip's "AES Encryption Information", AE-1 and AE-2 (APPNOTE.TXT 6.3.10 appendix E names the method 99).
"""

from __future__ import annotations

import sys
import zipfile
from typing import IO, cast

_AES = 99  # the compression method that stands for it
_STRENGTHS = (1, 2, 3)  # keys of 128, 192 and 256 bits


def is_aes(packed: zipfile.ZipFile) -> bool:
    """Whether a member is encrypted so."""
    return any(info.compress_type == _AES for info in packed.infolist())


def opened_aes(stream: IO[bytes]) -> zipfile.ZipFile:
    """The ZIP by a reader that knows AES and is used like Python's; raises what Python's raises, and `aes_errors`."""
    import pyzipper  # noqa: PLC0415  # see above

    packed = pyzipper.AESZipFile(stream)
    for info in packed.infolist():
        if info.wz_aes_version is not None and info.wz_aes_strength not in _STRENGTHS:
            raise pyzipper.BadZipFile("a key of unknown length")
    return cast(zipfile.ZipFile, packed)


def aes_errors() -> tuple[type[Exception], ...]:
    """What that reader raises where Python's raises BadZipFile."""
    loaded = sys.modules.get("pyzipper")
    return (loaded.BadZipFile,) if loaded else ()
