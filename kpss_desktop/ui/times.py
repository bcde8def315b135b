"""Moments as a clerk reads them."""

from __future__ import annotations

from datetime import datetime

from kpss_desktop.i18n import _, ngettext


def day_text(at: str) -> str:
    """A moment given as ISO 8601: "today 14:05", "16. 1. 2020 14:05"; as it is when it cannot be understood."""
    try:
        when = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    if when.date() == datetime.now().astimezone().date():
        return _("today {time}").format(time=f"{when:%H:%M}")
    return f"{when.day}. {when.month}. {when.year} {when:%H:%M}"


def ago_text(at: str) -> str:
    """How many days ago: "today", "3 days ago"."""
    days = (datetime.now().astimezone().date() - datetime.fromisoformat(at).astimezone().date()).days
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days) if days > 0 else _("today")
