"""The paper that every chart is drawn on: an SVG with a title, a text alternative and no styles of its own.

Text is escaped by the XML library; classes are coloured by the site's style sheet, so a strict content
security policy holds. Accessible names follow "SVG accessibility API mappings" (W3C): role img, title, desc.
"""

from __future__ import annotations

from hashlib import sha256
from xml.etree import ElementTree as ET

WIDTH = 440


class Canvas:
    """An SVG of fixed width that grows downwards and scales with the page."""

    def __init__(self, title: str, description: str, *, height: float, width: float = WIDTH) -> None:
        name = "c" + sha256(f"{title}{description}".encode()).hexdigest()[:10]
        self.svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width:g} {height:g}",
                "class": "fg-chart",
                "role": "img",
                "aria-labelledby": f"{name}t {name}d",
            },
        )
        ET.SubElement(self.svg, "title", {"id": f"{name}t"}).text = title
        ET.SubElement(self.svg, "desc", {"id": f"{name}d"}).text = description

    def rectangle(
        self, x: float, y: float, width: float, height: float, kind: str, *, told: str = ""
    ) -> None:
        """Draw a rectangle of a class; `told` shows where a pointer rests on it."""
        drawn = self._shape("rect", kind, x=x, y=y, width=max(width, 0), height=height, rx=2)
        if told:
            ET.SubElement(drawn, "title").text = told

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """Draw a line of a class."""
        self._shape("line", kind, x1=x1, y1=y1, x2=x2, y2=y2)

    def circle(self, x: float, y: float, radius: float, kind: str) -> None:
        """Draw a dot of a class."""
        self._shape("circle", kind, cx=x, cy=y, r=radius)

    def path(self, points: list[tuple[float, float]], kind: str) -> None:
        """Draw a line through points."""
        steps = " ".join(f"{'M' if i == 0 else 'L'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(points))
        ET.SubElement(self.svg, "path", {"d": steps, "class": kind})

    def text(self, x: float, y: float, words: str, kind: str, *, anchor: str = "start") -> None:
        """Write words; `anchor` is start, middle or end."""
        at = {"x": f"{x:.1f}", "y": f"{y:.1f}", "class": kind, "text-anchor": anchor}
        ET.SubElement(self.svg, "text", at).text = words

    def _shape(self, tag: str, kind: str, **numbers: float) -> ET.Element:
        return ET.SubElement(self.svg, tag, {**{k: f"{v:.1f}" for k, v in numbers.items()}, "class": kind})

    def drawn(self) -> str:
        """Return the SVG as text."""
        return ET.tostring(self.svg, encoding="unicode")


def step_of(span: float) -> float:
    """Return a round distance between marks, so that a span has three to six of them."""
    if span <= 0:
        return 1.0
    power = 10.0 ** len(str(int(span))) if span >= 1 else 1.0
    while power > span:
        power /= 10
    return next(power * part for part in (0.2, 0.5, 1, 2, 5) if span / (power * part) <= 6)
