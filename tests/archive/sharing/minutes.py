"""What is filed where two clerks share an archive."""

from __future__ import annotations

NAMES = ("Zápis PS Péče 16 1 2020.txt", "Zápis PS Péče 5 3 2020.txt", "Zápis PS Prevence 2 2 2021.txt")
