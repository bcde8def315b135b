"""LibreOffice, when it is installed: makes a PDF of any office document.

It is given a copy of the document in a private folder, a profile made for this one conversion, no macros and no
network, and it is ended with all its processes when it takes too long. The caller sees to it that a document is
converted in a process of its own, whose end ends LibreOffice too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from kpss_desktop.formats.found import Unreadable, damaged
from kpss_desktop.formats.table import by_mime
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from kpss_desktop.formats.found import MoreTime

CONVERSION_SECONDS = 60.0
_SPARE = 15.0
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_SCRIPTING, _NETWORK = "/org.openoffice.Office.Common/Security/Scripting", "/org.openoffice.Inet/Settings"
# Macros off, links to anything outside the document not followed, and a proxy where nobody listens (the port named
# discard). Without these a conversion fetches remote pictures.
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "DisableOLEAutomation", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    (_NETWORK, "ooInetProxyType", "2"),
    *((_NETWORK, f"ooInet{scheme}ProxyName", "127.0.0.1") for scheme in ("HTTP", "HTTPS", "FTP")),
    *((_NETWORK, f"ooInet{scheme}ProxyPort", "9") for scheme in ("HTTP", "HTTPS", "FTP")),
)


def find() -> Path | None:
    """The program `soffice` of this computer; None when there is none."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(named) if named else next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def mark_of(program: Path) -> str:
    """What tells it from another version of itself; asking it for its version would take a second."""
    return f"LibreOffice {program.resolve().stat().st_mtime_ns}"


def convert(path: Path, mime: str, target: Path, more_time: MoreTime) -> None:
    """Write the document as a PDF to `target`; raises Unreadable when LibreOffice is missing, fails or takes too long.

    `mime` is what the document is by its content: LibreOffice goes by names, and these may be wrong.
    """
    program, extensions = find(), by_mime(mime).extensions
    if program is None or not extensions:
        raise Unreadable(TextState.UNSUPPORTED, Reason.NO_READER)
    with tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        copy = Path(folder, f"document{extensions[0]}")
        shutil.copyfile(path, copy)
        more_time(CONVERSION_SECONDS + _SPARE)
        _run(program, profile, copy, Path(folder, "made"))
        made = Path(folder, "made", "document.pdf")
        if not made.is_file():
            raise damaged()
        shutil.copyfile(made, target)


def _registry() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )


def _run(program: Path, profile: Path, document: Path, output: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {"HOME": str(profile), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(  # noqa: S603  (an installed program, no shell)
        [
            str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--nodefault", "--nologo", "--convert-to", "pdf", "--outdir", str(output), str(document),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=profile,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        process.wait(CONVERSION_SECONDS)
    except subprocess.TimeoutExpired:
        raise Unreadable(TextState.FAILED, Reason.TIMEOUT) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it started; asked politely, it waits for its own child for minutes."""
    with suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
    process.kill()
    process.wait()
