"""Pictures of the window for the README: `python -m tests.journeys.pictures [FOLDER]`.

The stations of the tour on the sample archive, in Czech, light and dark, at 1280x800; documents and search also at
200 % on a screen of 2560x1440, and at 1920x1080. Each is played in a process of its own, for the scale is fixed when
Qt starts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOST = 150 * 1024
"""Bytes of one picture."""

_STATIONS = {
    "1-start": "start",
    "2-intake": "intake",
    "3-documents": "documents",
    "4-search": "search",
    "5-export": "export",
    "6-details": "details",
}
_FEW = ("documents", "search")


@dataclass(frozen=True, slots=True)
class Show:
    """One play of the tour: which pictures it gives and what is added to their names."""

    suffix: str
    stations: tuple[str, ...]
    theme: str = "light"
    scale: int = 1
    size: tuple[int, int] = (1280, 800)


SHOWS = (
    Show("light", tuple(_STATIONS.values())),
    Show("dark", tuple(_STATIONS.values()), theme="dark"),
    Show("light-200", _FEW, scale=2, size=(1280, 720)),
    Show("light-1920", _FEW, size=(1920, 1080)),
)


def play(show: Show, folder: Path) -> list[Path]:
    """Play the tour in a process of its own and keep its pictures; where they lie."""
    # A short, telling path, for it is seen in the pictures; the tour empties it first.
    stage = Path(tempfile.gettempdir(), "Dokumenty")
    if stage.exists():
        raise FileExistsError(stage)
    size = "x".join(str(length) for length in show.size)
    try:
        subprocess.run(
            [sys.executable, "-m", "tests.journeys.tour", str(stage), "--theme", show.theme, "--size", size],
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(show.scale)},
            cwd=FOLDER.parents[1],
            stdout=subprocess.DEVNULL,
        )
        made = []
        for station, name in _STATIONS.items():
            if name in show.stations:
                made.append(folder / f"{name}-{show.suffix}.png")
                shrink(stage / f"{station}.png", made[-1])
        return made
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def shrink(source: Path, target: Path) -> None:
    """Save a picture with as many colours as stay under MOST bytes; a window needs few."""
    picture = Image.open(source).convert("RGB")
    aside = target.with_suffix(".part")
    for colours in (256, 128, 64, 48, 40, 32, 24):
        palette = Image.new("P", (1, 1))
        palette.putpalette(chosen(picture, colours))
        picture.quantize(palette=palette, dither=Image.Dither.NONE).save(aside, format="PNG", optimize=True)
        if aside.stat().st_size < MOST:
            break
    shutil.move(aside, target)


def chosen(picture: Image.Image, number: int) -> list[int]:
    """A palette: the commonest colours as they are, and some that stand for the rare ones, such as those of groups."""
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    common = [colour for _count, colour in counted[: number * 3 // 5]]
    few = number - len(common)
    rare = picture.quantize(few, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    return [int(part) for colour in common if isinstance(colour, tuple) for part in colour] + rare[: 3 * few]


def main(arguments: list[str]) -> int:
    """Make all pictures, or with `--only SUFFIX` those of one play."""
    folder = Path(arguments[0] if arguments and not arguments[0].startswith("-") else FOLDER).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else None
    for show in SHOWS:
        if only in (None, show.suffix):
            for path in play(show, folder):
                print(f"{path.name}: {path.stat().st_size:,} B")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
