"""A scan made here, as a worn office scanner gives it."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

TEXT = """Zápis z jednání pracovní skupiny Péče
konaného dne 16. ledna 2020

Přítomni: Žaneta Šťastná, Vojtěch Čížek, Květoslava Říhová
Pečovatelská služba hlásí nedostatek pracovníků.
Usnesení č. 7/2020: skupina doporučuje schválit příspěvek.
"""
FONT = "DejaVuSerif.ttf"


def draw_scan(text: str = TEXT, *, grain: float = 0.25) -> Image.Image:
    """A page A4 at 200 dpi, a little askew, grainy; raises OSError where the font is not installed."""
    page = Image.new("L", (1654, 2339), 250)
    ImageDraw.Draw(page).multiline_text((160, 160), text, font=ImageFont.truetype(FONT, 31), fill=20, spacing=14)
    page = page.rotate(0.7, fillcolor=245, resample=Image.Resampling.BICUBIC)
    return Image.blend(page, Image.effect_noise(page.size, 40), grain)
