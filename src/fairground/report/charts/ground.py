"""A plain map of streets, green spaces, homes and ways, drawn on the server: with north, a scale and a key.

Longitude and latitude are laid flat around the middle of the map, one metre as long from west to east as
from south to north (an equirectangular projection, Snyder 1987, USGS Professional Paper 1395): true to a
thousandth over ten kilometres. Each layer differs in shape or dash as well as in colour, and carries its
colours with it, so that the drawing can be saved and printed by itself; a page's style sheet may dress it
otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from xml.etree import ElementTree as ET

from shapely import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from fairground.report.charts.canvas import Canvas, step_of

Place = tuple[float, float]  # longitude, latitude
WIDTH, HEIGHT, EDGE, ROW = 640, 480, 16, 26
FOOT = 38  # the strip under the map for its scale, so that nothing of the map is covered
METRES_PER_DEGREE = 111_195.0
CROWD = 2000  # beyond so many dots, those on one spot of the drawing are drawn once
SPOTS = (1, 2, 4, 6, 8, 12, 16)  # how wide such a spot is: the smallest that leaves no crowd
MANY, SMALL = 300, 2.0  # beyond so many dots, they are drawn smaller
LEAST = 200.0  # metres: no map shows less


@dataclass(frozen=True)
class Layer:
    """How a kind of thing is drawn: an area, a line, or a dot of a shape; and its words in the key."""

    id: str
    kind: str
    words: str
    fill: str = "none"
    stroke: str = "none"
    width: float = 0.0
    dash: str = ""


LAYERS = (
    Layer("edge", "line", "Border of the area", stroke="#50605f", width=2, dash="8 5"),
    Layer("water", "area", "Water", fill="#b7d7ea"),
    Layer("green", "area", "Green space", fill="#bfe0b4", stroke="#2f6b2f", width=1),
    Layer("green-unknown", "area", "Green space, no way in mapped", "#eadcf0", "#7a3b69", 1.5, "4 3"),
    Layer("green-closed", "area", "Green, not open to all", "#e9e6dc", "#8a8778", 1, "2 3"),
    Layer("rail", "line", "Railway", stroke="#1b2a2f", width=2.5, dash="10 3"),
    Layer("street", "line", "Street or path", stroke="#8d938f", width=1.5),
    Layer("wheel-unknown", "line", "Not known for wheels", stroke="#7a3b69", width=4, dash="2 4"),
    Layer("wheel-no", "line", "Not for wheels", stroke="#b93f1b", width=2, dash="6 3"),
    Layer("steps", "line", "Steps", stroke="#b93f1b", width=5, dash="2 2"),
    Layer("met", "round", "Home that passes", stroke="#1c7a70", width=6),
    Layer("unmet", "cross", "Home that fails", stroke="#b93f1b", width=1.8),
    Layer("unknown", "ring", "Home, not known", stroke="#7a3b69", width=1.5),
    Layer("much", "round", "Home with most needs in reach", stroke="#12403c", width=6.5),
    Layer("half", "ring", "Home with half of them", stroke="#1c7a70", width=2),
    Layer("little", "cross", "Home with fewer", stroke="#b93f1b", width=2),
    Layer("asset-land", "ring", "Land", stroke="#2f6b2f", width=2.5),
    Layer("asset-building", "round", "Building", stroke="#b93f1b", width=7),
    Layer("asset-other", "cross", "Something else", stroke="#12403c", width=2.5),
    Layer("straight", "line", "Straight line", stroke="#1b2a2f", width=1.5, dash="5 4"),
    Layer("route", "line", "The way on foot", stroke="#0b3f8a", width=4),
    Layer("route-wheel", "line", "The way on wheels", stroke="#7a3b69", width=4, dash="9 4"),
    Layer("route-wheel-unsure", "line", "The way on wheels, not sure", stroke="#7a3b69", width=4, dash="3 7"),
    Layer("wheel-stop", "cross", "Stops wheels: a stile, gate or kerb", stroke="#b93f1b", width=3),
    Layer("wheel-stop-unknown", "ring", "Gate or kerb, not known for wheels", stroke="#7a3b69", width=3),
    Layer("site", "area", "The site", fill="none", stroke="#b93f1b", width=3),
    Layer("new", "plus", "Where one more would help most", stroke="#b93f1b", width=4),
    Layer("what-if", "plus", "As if it stood here", stroke="#7a3b69", width=2),
    Layer("entrance", "gate", "Way in", fill="#fffdf8", stroke="#2f6b2f", width=2.5),
    Layer("door", "pin", "Where you asked about", fill="#b93f1b", stroke="#fffdf8", width=2),
)
RADIUS = {"round": 3.0, "cross": 3.0, "ring": 3.0, "gate": 5.0, "pin": 9.0, "plus": 8.0}


@dataclass(frozen=True)
class Mark:
    """One thing on the ground: its layer, its rings, line or place as (longitude, latitude), and its name.

    An area may have holes: its rings are drawn even and odd. `parts` of a dot is one part of one place.
    """

    layer: str
    parts: tuple[tuple[Place, ...], ...]
    name: str = ""


@dataclass(frozen=True)
class Sheet:
    """A map without its key, and the key: a small drawing and the words of each layer that is on it."""

    svg: str
    key: tuple[tuple[str, str], ...]


def ground(marks: Sequence[Mark], *, title: str, told: str, within: Sequence[Place] = ()) -> str:
    """Return the map as SVG, with its key.

    Parameters
    ----------
    marks : what is on the ground, in any order; layers are drawn in the order of `LAYERS`.
    title : the accessible name. told : what the map says, for those who do not see it.
    within : places that must be on the map; without them it shows all marks.
    """
    drawing = _Drawing.of(marks, within)
    rows = (len(drawing.layers) + 1) // 2
    canvas = drawing.on_paper(title, told, 12 + rows * ROW)
    for n, (layer, _) in enumerate(drawing.layers):
        x, y = 8 + (n % 2) * WIDTH / 2, HEIGHT + FOOT + 12 + (n // 2) * ROW
        _swatch(canvas, layer, x, y)
        canvas.text(x + 36, y + ROW / 2 + 5, layer.words, "fg-chart__key")
    return canvas.drawn()


def sheet(marks: Sequence[Mark], *, title: str, told: str, within: Sequence[Place] = ()) -> Sheet:
    """Return the same map for a page, which writes the key in letters of its own: readable on a telephone."""
    drawing = _Drawing.of(marks, within)
    key = tuple((_alone(layer), layer.words) for layer, _ in drawing.layers)
    return Sheet(drawing.on_paper(title, told, 0).drawn(), key)


@dataclass(frozen=True)
class _Drawing:
    """The layers that are on a map, each with its path and the name of its only thing, and what it shows."""

    layers: Sequence[tuple[Layer, str]]
    names: Mapping[str, str]
    view: _View

    @classmethod
    def of(cls, marks: Sequence[Mark], within: Sequence[Place]) -> _Drawing:
        view = _View.around(within or [at for mark in marks for part in mark.parts for at in part])
        held: dict[str, list[Mark]] = {}
        for mark in marks:
            held.setdefault(mark.layer, []).append(mark)
        paths = [(layer, _layer(layer, held[layer.id], view)) for layer in LAYERS if layer.id in held]
        drawn = [(layer, path) for layer, path in paths if path]
        return cls(drawn, {layer.id: _names(held[layer.id]) for layer, _ in drawn}, view)

    def on_paper(self, title: str, told: str, below: float) -> Canvas:
        """Return the drawn map with so much room below it."""
        canvas = Canvas(title, told, width=WIDTH, height=HEIGHT + FOOT + below)
        canvas.svg.set("class", "fg-chart fg-ground")
        canvas.rectangle(0, 0, WIDTH, HEIGHT + FOOT + below, "fg-ground__paper")
        canvas.svg[-1].set("fill", "#fffdf8")
        for layer, path in self.layers:
            _draw(canvas.svg, layer, path, told=self.names[layer.id])
        _scale(canvas, self.view)
        return canvas


@dataclass(frozen=True)
class _View:
    """Turns longitude and latitude into places on the paper."""

    west: float
    north: float
    across: float  # drawing units for a degree of longitude
    down: float

    @classmethod
    def around(cls, places: Iterable[Place]) -> _View:
        lon, lat = zip(*(places or [(0.0, 0.0)]), strict=True)
        middle = ((min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2)
        east = METRES_PER_DEGREE * cos(radians(middle[1]))
        wide = max((max(lon) - min(lon)) * east, LEAST)
        high = max((max(lat) - min(lat)) * METRES_PER_DEGREE, LEAST)
        unit = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
        across, down = unit * east, unit * METRES_PER_DEGREE
        return cls(middle[0] - WIDTH / 2 / across, middle[1] + HEIGHT / 2 / down, across, down)

    def at(self, place: Place) -> Place:
        return (place[0] - self.west) * self.across, (self.north - place[1]) * self.down


def shapes(marks: Sequence[Mark], *, note: str = "") -> str:
    """Return the same marks as GeoJSON (RFC 7946), each with its layer and name, and how layers are drawn.

    The members `layers` and `note` are foreign members, which readers of GeoJSON pass over (section 6.1).
    """
    used = [layer for layer in LAYERS if any(mark.layer == layer.id for mark in marks)]
    found = [_feature(layer, mark) for layer in used for mark in marks if mark.layer == layer.id]
    whole = {"type": "FeatureCollection", "note": note, "layers": list(map(_look, used)), "features": found}
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False)


def _feature(layer: Layer, mark: Mark) -> dict[str, object]:
    held: object = mark.parts
    if layer.kind == "area":
        kind = "Polygon"
    elif layer.kind == "line":
        kind = "MultiLineString"
    else:
        kind, held = "MultiPoint", [part[0] for part in mark.parts]
    facts = {"layer": layer.id, "is": layer.words, "name": mark.name}
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": held}, "properties": facts}


def _look(layer: Layer) -> dict[str, object]:
    look = {name: getattr(layer, name) for name in ("id", "kind", "words", "fill", "stroke", "width", "dash")}
    dot = layer.kind in RADIUS
    return look | (
        {"path": _dot(layer.kind, 12, 24 if layer.kind == "pin" else 12, RADIUS[layer.kind])} if dot else {}
    )


FRAME = box(0, 0, WIDTH, HEIGHT)


def _layer(layer: Layer, marks: Sequence[Mark], view: _View) -> str:
    """Return the path of all marks of a layer that lie on the paper; empty where none does."""
    if layer.kind not in {"area", "line"}:
        return _dots(layer.kind, [view.at(part[0]) for mark in marks for part in mark.parts])
    steps = []
    for mark in marks:
        parts = [[view.at(at) for at in part] for part in mark.parts]
        steps += [_path(line, closed=layer.kind == "area") for line in _clipped(layer.kind, parts)]
    return "".join(steps)


def _clipped(kind: str, parts: Sequence[Sequence[Place]]) -> list[Sequence[Place]]:
    """Return lines or rings cut at the edge of the paper, without points that make no visible difference."""
    if kind == "area":
        rings = [part for part in parts if len(part) >= 4]
        whole: BaseGeometry = Polygon(rings[0], rings[1:]).buffer(0) if rings else Polygon()
    else:
        whole = MultiLineString([part for part in parts if len(part) >= 2])
    cut = whole.intersection(FRAME).simplify(0.3)
    found: list[Sequence[Place]] = []
    for piece in getattr(cut, "geoms", [cut]):
        if isinstance(piece, Polygon) and not piece.is_empty:
            found += [ring.coords for ring in (piece.exterior, *piece.interiors)]
        elif isinstance(piece, LineString) and not piece.is_empty:
            found.append(piece.coords)
    return found


def _path(line: Sequence[Place], *, closed: bool) -> str:
    points = line[:-1] if closed else line
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def _dots(kind: str, places: Sequence[Place]) -> str:
    seen = [(x, y) for x, y in places if 0 <= x <= WIDTH and 0 <= y <= HEIGHT]
    for size in SPOTS:
        if len(seen) > CROWD:
            seen = list(
                dict.fromkeys((round(x / size) * float(size), round(y / size) * float(size)) for x, y in seen)
            )
    radius = RADIUS[kind] if len(seen) <= MANY else min(RADIUS[kind], SMALL)
    return "".join(_dot(kind, x, y, radius) for x, y in seen)


def _dot(kind: str, x: float, y: float, r: float) -> str:
    if kind == "cross":
        return f"M{x - r:.1f} {y - r:.1f}l{2 * r:g} {2 * r:g}m0-{2 * r:g}l-{2 * r:g} {2 * r:g}"
    if kind == "round":
        return f"M{x:.1f} {y:.1f}h.01"
    if kind == "plus":
        return f"M{x - r:.1f} {y:.1f}h{2 * r:g}m-{r:g}-{r:g}v{2 * r:g}"
    if kind == "gate":
        return f"M{x - r:.1f} {y - r:.1f}h{2 * r:g}v{2 * r:g}h-{2 * r:g}Z"
    if kind == "pin":
        return f"M{x:.1f} {y:.1f}l-{r:g}-{1.4 * r:g}a{r * 1.02:.1f} {r * 1.02:.1f} 0 1 1 {2 * r:g} 0Z"
    return f"M{x - r:.1f} {y:.1f}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0-{2 * r:g} 0"


def _draw(svg: ET.Element, layer: Layer, path: str, *, told: str = "") -> None:
    look = {"d": path, "class": f"fg-ground__{layer.id}", "fill": layer.fill, "fill-rule": "evenodd"}
    if layer.width:
        look |= {"stroke": layer.stroke, "stroke-width": f"{layer.width:g}", "stroke-linejoin": "round"}
    if layer.kind == "round":
        look["stroke-linecap"] = "round"
    if layer.dash:
        look["stroke-dasharray"] = layer.dash
    drawn = ET.SubElement(svg, "path", look)
    if told:
        ET.SubElement(drawn, "title").text = told


def _names(marks: Sequence[Mark]) -> str:
    """Return the name of a layer's only thing; nothing where there are many."""
    names = {mark.name for mark in marks}
    return names.pop() if len(names) == 1 else ""


def _swatch(canvas: Canvas, layer: Layer, x: float, y: float) -> None:
    _draw(canvas.svg, layer, _sample(layer, x, y))


def _sample(layer: Layer, x: float, y: float) -> str:
    """Return a small piece of a layer, 26 wide and `ROW` high."""
    middle = y + ROW / 2
    if layer.kind == "area":
        return f"M{x:g} {y + 5:g}h26v16h-26Z"
    if layer.kind == "line":
        return f"M{x:g} {middle:g}h26"
    return _dot(layer.kind, x + 13, middle + (7 if layer.kind == "pin" else 0), RADIUS[layer.kind])


def _alone(layer: Layer) -> str:
    """Return a small piece of a layer as a drawing of its own, for the eye only."""
    look = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 26 {ROW}", "aria-hidden": "true"}
    svg = ET.Element("svg", look)
    _draw(svg, layer, _sample(layer, 0, 0))
    return ET.tostring(svg, encoding="unicode")


def _scale(canvas: Canvas, view: _View) -> None:
    per_metre = view.down / METRES_PER_DEGREE
    metres = step_of(WIDTH / per_metre)
    long, y = metres * per_metre, HEIGHT + FOOT - 12
    canvas.rectangle(0, HEIGHT, WIDTH, FOOT, "fg-ground__paper")
    canvas.svg[-1].set("fill", "#fffdf8")
    canvas.path([(0, HEIGHT), (WIDTH, HEIGHT)], "fg-ground__foot")
    canvas.svg[-1].set("stroke", "#d9d2c1")
    canvas.path([(16, y - 6), (16, y), (16 + long, y), (16 + long, y - 6)], "fg-chart__limit")
    canvas.svg[-1].set("fill", "none")
    canvas.svg[-1].set("stroke", "#1b2a2f")
    words = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    canvas.text(24 + long, y + 3, words, "fg-chart__mark")
    canvas.text(WIDTH - 16, y + 3, "North is up", "fg-chart__mark", anchor="end")
