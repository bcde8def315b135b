"""KPSS Desktop keeps the minutes of community planning of social services in order."""

__version__ = "0.1.0"
