from __future__ import annotations

import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from kpss_desktop.ids import new_id


def test_ids_of_many_threads_are_all_different_random_uuids() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: new_id(), range(5_000)))
    assert len(set(made)) == 5_000
    assert {uuid.UUID(one).version for one in made} == {4}
    assert all(one == uuid.UUID(one).hex for one in made)


FORKING = """
import os
from kpss_desktop.ids import new_id
new_id()
child = os.fork()
print(*(new_id() for _ in range(300)), flush=True)
if child:
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no process is forked on Windows")
def test_a_forked_process_gives_out_ids_of_its_own() -> None:
    made = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, check=True).stdout.split()
    assert len(made) == len(set(made)) == 600
