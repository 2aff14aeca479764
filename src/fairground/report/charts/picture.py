"""Turns a map of `ground` or a chart of `alone` into a picture (PNG), for documents that take no SVG.

Only what our own drawings are made of is understood: rectangles, words, lines, circles, and paths of lines
and circular arcs, some of them moved as a group. The picture is drawn twice as fine as it is given back, so
that slanted lines are smooth. Paths follow Scalable Vector Graphics 1.1, section 8.3; arcs its appendix F.6.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from PIL import Image, ImageChops, ImageDraw, ImageFont

Place = tuple[float, float]
WIDE, FINE = 2, 2  # pixels of the picture to a unit of the drawing; how much finer it is drawn
INK, PAPER, LETTERS = "#1b2a2f", "#fffdf8", 15
MOVE = re.compile(r"-?\d+\.?\d*")
STEP = re.compile(r"[MLZhvlma]|-?(?:\d+\.?\d*|\.\d+)")
TAKES = {"M": 2, "L": 2, "m": 2, "l": 2, "h": 1, "v": 1, "a": 7, "Z": 0}
CHORDS = 24  # straight pieces that an arc is drawn with
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(svg: str) -> bytes:
    """Return a map or a chart as a picture.

    Parameters
    ----------
    svg : what `ground` or `alone` returned.

    Returns
    -------
    bytes : a PNG, two pixels to each unit of the drawing.
    """
    drawing = ET.fromstring(svg)
    _, _, width, height = map(float, drawing.get("viewBox", "0 0 1 1").split())
    paper = Image.new("RGB", (round(width * WIDE * FINE), round(height * WIDE * FINE)), PAPER)
    _draw(paper, drawing, (0.0, 0.0))
    smaller = paper.resize((round(width * WIDE), round(height * WIDE)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    smaller.save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(paper: Image.Image, drawing: ET.Element, moved: Place) -> None:
    """Draw every shape; `moved` is how far their group was moved, across and down."""
    for shape in drawing:
        kind = shape.tag.rpartition("}")[2]
        if kind == "g":
            across, down = map(float, MOVE.findall(shape.get("transform", "translate(0 0)")))
            _draw(paper, shape, (moved[0] + across, moved[1] + down))
        elif kind == "text":
            _words(paper, shape.attrib, shape.text or "", moved)
        elif kind in SHAPES:
            SHAPES[kind](paper, shape.attrib, moved)


def _numbers(look: Mapping[str, str], *names: str) -> list[float]:
    return [float(look[name]) for name in names]


def _pen(look: Mapping[str, str]) -> int:
    """Return how wide a line is drawn."""
    return max(1, round(float(look.get("stroke-width", "1")) * WIDE * FINE))


def _rectangle(paper: Image.Image, look: Mapping[str, str], moved: Place) -> None:
    x, y, width, height = _numbers(look, "x", "y", "width", "height")
    corners = [_at((x, y), moved), _at((x + width, y + height), moved)]
    outline = look.get("stroke")
    pen = _pen(look) if outline else 0
    ImageDraw.Draw(paper).rectangle(corners, fill=look.get("fill", PAPER), outline=outline, width=pen)


def _line(paper: Image.Image, look: Mapping[str, str], moved: Place) -> None:
    x1, y1, x2, y2 = _numbers(look, "x1", "y1", "x2", "y2")
    ends = [_at((x1, y1), moved), _at((x2, y2), moved)]
    ImageDraw.Draw(paper).line(ends, fill=look.get("stroke", INK), width=_pen(look))


def _circle(paper: Image.Image, look: Mapping[str, str], moved: Place) -> None:
    x, y, r = _numbers(look, "cx", "cy", "r")
    corners = [_at((x - r, y - r), moved), _at((x + r, y + r), moved)]
    ImageDraw.Draw(paper).ellipse(
        corners, fill=look.get("fill", INK), outline=look.get("stroke"), width=_pen(look)
    )


def _words(paper: Image.Image, look: Mapping[str, str], words: str, moved: Place) -> None:
    font = ImageFont.load_default(float(look.get("font-size", LETTERS)) * WIDE * FINE)
    x, y = _numbers(look, "x", "y")
    anchor = ANCHORS[look.get("text-anchor", "start")]
    bold = round(0.4 * WIDE * FINE) if look.get("font-weight") == "700" else 0
    fill = look.get("fill", INK)
    ImageDraw.Draw(paper).text(
        _at((x, y), moved), words, fill=fill, font=font, anchor=anchor, stroke_width=bold, stroke_fill=fill
    )


def _path(paper: Image.Image, look: Mapping[str, str], moved: Place) -> None:
    lines = [[_at(place, moved) for place in line] for line in _lines(look["d"])]
    fill, stroke = look.get("fill", "none"), look.get("stroke", "none")
    if fill != "none":
        paper.paste(fill, mask=_inside(paper.size, lines))
    if stroke == "none":
        return
    width = _pen(look)
    dash = [float(part) * WIDE * FINE for part in look.get("stroke-dasharray", "").split()]
    draw = ImageDraw.Draw(paper)
    for line in lines:
        if look.get("stroke-linecap") == "round":
            (x, y), r = line[0], width / 2
            draw.ellipse((x - r, y - r, x + r, y + r), fill=stroke)
        for piece in _dashed(line, dash) if dash else [line]:
            draw.line(piece, fill=stroke, width=width, joint="curve")


SHAPES = {"rect": _rectangle, "path": _path, "line": _line, "circle": _circle}


def _at(place: Place, moved: Place) -> Place:
    return (place[0] + moved[0]) * WIDE * FINE, (place[1] + moved[1]) * WIDE * FINE


def _inside(size: tuple[int, int], lines: Sequence[Sequence[Place]]) -> Image.Image:
    """Return what lies inside an odd number of rings."""
    mask = Image.new("L", size)
    for line in lines:
        if len(line) < 3:
            continue
        xs, ys = zip(*line, strict=True)
        left, top = math.floor(min(xs)), math.floor(min(ys))
        box = (left, top, math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1)
        ring = Image.new("L", (box[2] - left, box[3] - top))
        ImageDraw.Draw(ring).polygon([(x - left, y - top) for x, y in line], fill=255)
        mask.paste(ImageChops.difference(mask.crop(box), ring), box)
    return mask


def _dashed(line: Sequence[Place], dash: Sequence[float]) -> Iterator[list[Place]]:
    """Yield the pieces of a line that are drawn, where the lengths of dash and gap take turns."""
    turn, left, piece = 0, dash[0], [line[0]]
    for there in line[1:]:
        here = piece[-1]
        while (far := math.dist(here, there)) > left:
            part = left / far
            here = (here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part)
            if turn % 2 == 0:
                yield [*piece, here]
            turn, piece = turn + 1, [here]
            left = dash[turn % len(dash)]
        left -= far
        piece.append(there)
    if turn % 2 == 0 and len(piece) > 1:
        yield piece


def _lines(path: str) -> Iterator[list[Place]]:
    """Yield the lines of a path; a closed one ends where it began."""
    line: list[Place] = []
    for step, (x, y), numbers in _steps(path):
        if step in "Mm":
            if line:
                yield line
            line = [(x, y)]
        elif step == "a":
            line += _arc(line[-1], (x, y), numbers)
        else:
            line.append(line[0] if step == "Z" else (x, y))
    if line:
        yield line


def _steps(path: str) -> Iterator[tuple[str, Place, list[float]]]:
    """Yield each step of a path with the place that it leads to."""
    words, at, step = STEP.findall(path), 0, "M"
    x = y = 0.0
    while at < len(words):
        if words[at] in TAKES:
            step, at = words[at], at + 1
        numbers = [float(word) for word in words[at : at + TAKES[step]]]
        at += TAKES[step]
        if step in "ML":
            x, y = numbers
        elif step == "h":
            x += numbers[0]
        elif step == "v":
            y += numbers[0]
        elif step != "Z":
            x, y = x + numbers[-2], y + numbers[-1]
        yield step, (x, y), numbers


def _arc(start: Place, end: Place, numbers: Sequence[float]) -> list[Place]:
    """Return places along a circular arc to its end: radius twice, turn, large, sweep, and how far."""
    half = math.dist(start, end) / 2
    if half == 0:
        return []
    radius, large, sweep = max(numbers[0], half), numbers[3] != 0, numbers[4] != 0
    off = math.sqrt(max(radius**2 - half**2, 0.0)) * (1 if large != sweep else -1)
    across, down = (end[0] - start[0]) / (2 * half), (end[1] - start[1]) / (2 * half)
    x = (start[0] + end[0]) / 2 - off * down
    y = (start[1] + end[1]) / 2 + off * across
    first = math.atan2(start[1] - y, start[0] - x)
    turn = math.atan2(end[1] - y, end[0] - x) - first
    turn += 2 * math.pi if sweep and turn <= 0 else -2 * math.pi if not sweep and turn >= 0 else 0.0
    angles = (first + turn * n / CHORDS for n in range(1, CHORDS + 1))
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]
