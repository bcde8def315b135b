from __future__ import annotations

import os
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


@pytest.mark.skipif(sys.platform == "win32", reason="no process is forked on Windows")
def test_a_forked_process_gives_out_ids_of_its_own() -> None:
    new_id()
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(tell, new_id().encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(told, 32).decode() not in {new_id() for _ in range(1_000)}
    os.close(told)
    os.close(tell)
