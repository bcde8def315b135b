"""How the preview looks, in the CSS that QTextDocument knows."""

from __future__ import annotations

# Sizes of headings are words: Qt adds its own enlargement of a heading to any size in points.
STYLESHEET = """
h1 { font-size: x-large; font-weight: 600; margin-top: 12px; margin-bottom: 8px; }
h2 { font-size: large; font-weight: 600; margin-top: 16px; margin-bottom: 6px; }
h3 { font-size: medium; font-weight: 600; margin-top: 14px; margin-bottom: 4px; }
h4 { font-size: medium; font-weight: 600; margin-top: 12px; margin-bottom: 4px; }
p { margin-top: 0px; margin-bottom: 8px; line-height: 130%; }
ul, ol { margin-top: 0px; margin-bottom: 8px; }
li { margin-top: 0px; margin-bottom: 3px; line-height: 130%; }
table { border-collapse: collapse; border-color: #b5b5b5; margin-top: 6px; margin-bottom: 12px; }
td, th { border: 1px solid #b5b5b5; padding: 4px 7px; vertical-align: top; }
th { background-color: #f0f0f0; font-weight: 600; text-align: left; }
pre { font-family: monospace; margin-top: 0px; margin-bottom: 8px; }
"""
