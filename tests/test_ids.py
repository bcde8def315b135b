from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

from kpss_desktop.ids import new_id


def test_ids_of_many_threads_are_all_different_random_uuids() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: new_id(), range(5_000)))
    assert len(set(made)) == 5_000
    assert {uuid.UUID(one).version for one in made} == {4}
    assert all(one == uuid.UUID(one).hex for one in made)
