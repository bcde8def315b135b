"""A process that does an act once, with every step below its world written down.

`python -m tests.torture.recorder ACT ROOT` leaves `world` as it was before, the record in `log`, and in `kept.json`
what the archive held before and after.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from tests.torture import work
from tests.torture.layer import Disaster, How, Layer


def main(name: str, root: str) -> None:
    """Record the act."""
    act = next(act for act in work.ACTS if act.__name__ == name)
    place, layer = work.made(Path(root) / "world", documents=6, more=3), Layer()
    before = work.look(place)
    original = Path(root) / "original"
    shutil.copytree(place.root, original)
    log = os.open(Path(root) / "log", os.O_CREAT | os.O_WRONLY)
    layer.arm(place.root, Disaster(How.RECORD), log=log)
    act(place)
    layer.disarm()
    kept = {"before": asdict(before), "after": asdict(work.look(place))}
    (Path(root) / "kept.json").write_text(json.dumps(kept), encoding="utf-8")
    shutil.rmtree(place.root)
    original.rename(place.root)


if __name__ == "__main__":
    main(*sys.argv[1:])
