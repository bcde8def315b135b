"""The preview of a document: safe HTML with its headings, lists and tables for Qt's rich text."""

from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.families import structure
from kpss_desktop.formats.structure.stylesheet import STYLESHEET
from kpss_desktop.formats.structure.words import Words

__all__ = ["STYLESHEET", "NotStructured", "Words", "structure"]
