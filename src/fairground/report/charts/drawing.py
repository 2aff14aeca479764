"""The pieces that every chart is drawn from: the frame with its text alternative, text, lines, boxes.

Reference: SVG 1.1, https://www.w3.org/TR/SVG11/; text alternatives as in WAI-ARIA Graphics.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from html import escape

WIDTH = 640


def frame(parts: Iterable[str], *, height: int, title: str, description: str) -> str:
    """Return a whole SVG drawing with a title and a description that a screen reader reads."""
    key = "c" + hashlib.sha256((title + description).encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 17, bold: bool = False) -> str:
    """Return words at a point."""
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def box(x: float, y: float, width: float, height: float, *, kind: str) -> str:
    """Return a rectangle of a kind, which the style sheet colours."""
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" rx="2"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, *, kind: str) -> str:
    """Return a straight line of a kind."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
