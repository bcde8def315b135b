"""What many requests have in common is told to a process once, and nothing is lost by that."""

from __future__ import annotations

import json
from typing import Any

from kpss_desktop.formats.processes.requests import Heard, Told


def test_requests_come_whole_and_what_they_share_is_sent_once() -> None:
    told, heard = Told(), Heard()
    far, near = "x" * 5_000, "y" * 5_000
    requests: list[dict[str, Any]] = [
        {"do": "look", "name": "a.doc", "context": far, "groups": near},
        {"do": "look", "name": "b.doc", "context": near, "groups": near},
        {"do": "read", "name": "c.doc"},
        {"do": "look", "name": "d.doc", "context": far, "groups": near},
    ]
    sent = [json.dumps(told.shortened(request)) for request in requests]
    assert sum(map(len, sent)) < 11_000
    assert [heard.whole(json.loads(line)) for line in sent] == requests
    assert requests[0]["context"] == far, "the request itself stays whole, for a process that takes over"
