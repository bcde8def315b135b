"""Signs of the fonts Symbol and Wingdings, whose numbers are not those of Unicode."""

from __future__ import annotations

CHECKED, UNCHECKED = "☒", "☐"
# The ones that forms and lists use; fonts put them at U+F000 and on.
_SIGNS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF06F: "□", 0xF071: "❑", 0xF0A8: "☐", 0xF0FE: "☒", 0xF0FC: "✓", 0xF0FB: "✗",
    0xF0D8: "➢", 0xF0E0: "→", 0xF0DE: "⇒", 0xF0AE: "→", 0xF02D: "-", 0xF04A: "☺", 0xF028: "☎", 0xF02A: "✉",
}  # fmt: skip


def sign(code: int) -> str:
    """The sign as Unicode has it; a bullet for one that is not known."""
    return _SIGNS.get(code if code >= 0xF000 else 0xF000 + code, "•")
