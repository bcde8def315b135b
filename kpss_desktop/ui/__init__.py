"""The window: the only room that knows Qt."""

from __future__ import annotations

from kpss_desktop.ui.immortals import keep_constants_alive

keep_constants_alive()
