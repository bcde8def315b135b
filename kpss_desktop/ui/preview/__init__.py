"""The right upper pane: a document as it can be read without opening it."""

from kpss_desktop.ui.preview.feed import ItemFeed, PreviewFeed
from kpss_desktop.ui.preview.gather import Preview, View, gather
from kpss_desktop.ui.preview.pane import PreviewPane

__all__ = ["ItemFeed", "Preview", "PreviewFeed", "PreviewPane", "View", "gather"]
