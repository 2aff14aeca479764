"""Streets that were read once and kept, so that the next question opens them in milliseconds.

A prepared file holds the map and its networks for walking, wheeling and cycling. Its name carries the
checksum of the map and of the rules: when either changes, the old file is not found and a new one is made. It
lies beside the map, or in the folder that the caller gives where the map's own folder may not be written to.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground import __version__
from fairground.errors import DataProblem
from fairground.evidence import Quality, Source, digest, plain, restored
from fairground.networks import StreetGraph, StreetMap, build_graph, profile
from fairground.networks.streetmap import Areas, Points
from fairground.networks.ways import TagColumn, Tags, Ways
from fairground.sources.packed import pack, unpack
from fairground.sources.streets import checksum, read_osm

__all__ = ["Prepared", "is_prepared", "opened", "prepare"]

NETWORKS = (("walk", "metres"), ("wheel", "metres"), ("cycle", "minutes"))
FORM = 5  # of the file: changes when what is kept changes
SUFFIX = ".streets.arrow"
ASIDE, OLD = ".preparing-", 24 * 3600.0  # the name of a folder, and seconds after which it is left over
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Prepared:
    """A map and its networks, opened from `path` ("" when they are only in memory)."""

    path: str
    arrays: dict[str, Any]
    notes: dict[str, Any]

    @cached_property
    def map(self) -> StreetMap:
        """The map: ways, points, areas."""
        return _map(self.arrays, self.notes)

    def graph(self, mode: str, unit: str = "metres") -> StreetGraph:
        """Return the network of one way of travelling; "minutes" of walk and wheel are metres over the speed.

        Raises
        ------
        NotFound : there is no such way of travelling.
        """
        if (mode, unit) not in self._graphs:
            other = "metres" if unit == "minutes" else "minutes"
            profile(mode)
            self._graphs[mode, unit] = counted_in(unit, self._graphs[mode, other])
        return self._graphs[mode, unit]

    def quality(self, mode: str, unit: str = "metres") -> Quality:
        """Return what became of the map's ways in one network: kept, left out and unknown, by rule."""
        kept = dict(NETWORKS).get(mode, unit)
        found: Quality = restored(self.notes["networks"][f"{mode}-{kept}"])
        return found

    @cached_property
    def _graphs(self) -> dict[tuple[str, str], StreetGraph]:
        return {(mode, unit): _graph(self.arrays, self.notes, mode, unit) for mode, unit in NETWORKS}


@dataclass(frozen=True)
class Fresh(Prepared):
    """A map that was read now and is kept nowhere; each network is built when it is asked for."""

    read: StreetMap

    @cached_property
    def map(self) -> StreetMap:
        """The map: ways, points, areas."""
        return self.read

    @cached_property
    def _built(self) -> dict[tuple[str, str], tuple[StreetGraph, Quality]]:
        return {}

    def _network(self, mode: str, unit: str) -> tuple[StreetGraph, Quality]:
        if (mode, unit) not in self._built:
            made = build_graph(self.read.ways, profile(mode), unit=unit, water=water(self.read))
            self._built[mode, unit] = made
        return self._built[mode, unit]

    def graph(self, mode: str, unit: str = "metres") -> StreetGraph:
        """Return the network of one way of travelling."""
        return self._network(mode, unit)[0]

    def quality(self, mode: str, unit: str = "metres") -> Quality:
        """Return what became of the map's ways in one network."""
        return self._network(mode, unit)[1]


def counted_in(unit: str, graph: StreetGraph) -> StreetGraph:
    """Return the same network with costs in the other unit.

    A metre costs one metre wherever it may be used: stress lengthens minutes only. Minutes of those who walk
    or wheel are metres over their speed.
    """
    costs = (graph.cost_to, graph.cost_back)
    if unit == "metres":
        there, back = (np.where(np.isinf(cost), cost, 1.0) for cost in costs)
    else:
        there, back = (cost / profile(graph.mode).metres_per_minute for cost in costs)
    return replace(graph, unit=unit, cost_to=there, cost_back=back)


def read_map(file: Path) -> StreetMap:
    """Return the streets of a file: OS Open Roads where it is a GeoPackage, else OpenStreetMap."""
    if file.suffix.lower() == ".gpkg":
        from fairground.sources.open_roads import read_open_roads

        return read_open_roads(file)
    return read_osm(file)


def water(read: StreetMap) -> NDArray[np.object_]:
    """Return the lakes and other areas of water, whose shores nobody steps over."""
    found: NDArray[np.object_] = read.areas.shape[read.areas.matching({"natural": ["water"]})]
    return found


def prepare(path: Path | str, *, folder: Path | None = None, tell: Tell | None = None) -> Prepared:
    """Read a map, build its networks, and keep both for the next question.

    Parameters
    ----------
    path : an OpenStreetMap extract (`.osm.pbf`), or OS Open Roads (`.gpkg`).
    folder : where to keep them if the map's own folder cannot be written to.
    tell : is told each stage as it begins: "read", "walk", "wheel", "cycle", "keep".

    Raises
    ------
    DataProblem : the map is missing, cut short or no extract, or nothing can be written; nothing is
    half-written.
    """
    file = Path(path)
    tell = tell or _silent
    with _aside(_places(file, folder)) as aside:
        read, arrays, notes = _made(file, tell, aside)
        tell("keep")
        name = _name(file, read.digest)
        for place in _places(file, folder):
            try:
                _kept(place, file, name, arrays, notes)
            except OSError as fault:
                problem = fault
            else:
                return Prepared(str(place / name), *unpack(place / name))
    raise DataProblem(f"The prepared streets cannot be written ({problem.strerror})", name) from problem


def opened(path: Path | str, *, folder: Path | None = None, keep: bool = True) -> Prepared:
    """Return prepared streets: those kept for this very map and these rules, or made now.

    Parameters
    ----------
    path : an OpenStreetMap extract (`.osm.pbf`), or OS Open Roads (`.gpkg`).
    folder : where else they may be kept.
    keep : keep them if they have to be made now.

    Raises
    ------
    DataProblem : as for `prepare`, but that nothing can be written is no matter here.
    """
    file = Path(path)
    name = _name(file, checksum(file))
    for place in _places(file, folder):
        if (place / name).is_file():
            return Prepared(str(place / name), *unpack(place / name))
    if not keep:
        return Fresh("", {}, {}, read_map(file))
    _, arrays, notes = _made(file, _silent, None)
    for place in _places(file, folder):
        with suppress(OSError):
            _kept(place, file, name, arrays, notes)
            break
    return Prepared("", arrays, notes)


def is_prepared(path: Path | str) -> bool:
    """Return whether streets of this map lie beside it, prepared since it was last changed.

    It does not read the map: whether they are of this very map and these rules, `opened` finds out.
    """
    file = Path(path)
    kept = file.parent.glob(f"{file.name}.????????????-{_rules()}{SUFFIX}")
    return any(one.stat().st_mtime_ns >= file.stat().st_mtime_ns for one in kept)


def _silent(_stage: str) -> None:
    """Tell nobody."""


def _places(file: Path, folder: Path | None) -> tuple[Path, ...]:
    return (file.parent, folder) if folder else (file.parent,)


@contextmanager
def _aside(places: Iterable[Path]) -> Iterator[Path | None]:
    """Open a folder for networks that wait to be kept together, so that memory holds one at a time."""
    for place in places:
        with suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            _forget_old(place)
            folder = tempfile.TemporaryDirectory(dir=place, prefix=ASIDE)
            break
    else:
        yield None
        return
    with folder:
        yield Path(folder.name)


def _forget_old(place: Path) -> None:
    """Delete what a process that was killed long ago had set aside."""
    for left in place.glob(f"{ASIDE}*"):
        if left.stat().st_mtime < place.stat().st_mtime - OLD:
            shutil.rmtree(left, ignore_errors=True)


def _set_aside(network: dict[str, Any], aside: Path | None, name: str) -> dict[str, Any]:
    """Return a network's arrays as they lie in a file of their own; in memory where none can be written."""
    if aside is not None:
        with suppress(OSError):
            pack(aside / name, network, {})
            return unpack(aside / name)[0]
    return network


def _made(file: Path, tell: Tell, aside: Path | None) -> tuple[StreetMap, dict[str, Any], dict[str, Any]]:
    tell("read")
    read = read_map(file)
    arrays, notes = _packed_map(read)
    arrays = _set_aside(arrays, aside, "map")
    read = _lying_in(arrays, notes, read)
    notes["networks"] = {}
    for mode, unit in NETWORKS:
        tell(mode)
        graph, quality = build_graph(read.ways, profile(mode), unit=unit, water=water(read))
        network = {f"{mode}-{unit}/{name}": value for name, value in graph.arrays().items()}
        arrays |= _set_aside(network, aside, f"{mode}-{unit}")
        notes["networks"][f"{mode}-{unit}"] = plain(quality)
        notes["crs"] = graph.crs
        del graph, network
    return read, arrays, notes


def _lying_in(arrays: dict[str, Any], notes: dict[str, Any], read: StreetMap) -> StreetMap:
    """Return a map whose places and tags are those that lie in a file, so that memory holds them no more."""
    lying = _map(arrays, notes, areas=read.areas)
    return replace(read, ways=lying.ways, points=lying.points)


def _kept(place: Path, file: Path, name: str, arrays: dict[str, Any], notes: dict[str, Any]) -> None:
    """Write a prepared file, and remove those of earlier editions of the same map."""
    pack(place / name, arrays, notes)
    for old in place.glob(f"{file.name}.????????????-????????{SUFFIX}"):
        if old.name != name:
            old.unlink(missing_ok=True)


@cache
def _rules() -> str:
    """Return a checksum of all that decides what a network looks like."""
    home = files("fairground.networks")
    texts = [home.joinpath(name).read_text("utf-8") for name in ("rules.toml", "standards.toml")]
    return digest("\n".join([*texts, str(FORM), __version__]))[:8]


def _name(file: Path, checksum: str) -> str:
    return f"{file.name}.{checksum[:12]}-{_rules()}{SUFFIX}"


def _packed_map(read: StreetMap) -> tuple[dict[str, Any], dict[str, Any]]:
    arrays: dict[str, Any] = {f"ways/{n}": getattr(read.ways, n) for n in ("id", "starts", "node", "x", "y")}
    arrays |= {f"points/{n}": getattr(read.points, n) for n in ("id", "longitude", "latitude")}
    arrays["areas/shape"] = list(shapely.to_wkb(read.areas.shape))
    arrays["areas/id"] = [id.encode() for id in read.areas.id]
    texts = {}
    for part, tags in (("ways", read.ways.tags), ("points", read.points.tags), ("areas", read.areas.tags)):
        arrays |= {f"{part}/tags/{key}": column.codes for key, column in tags.items()}
        texts[part] = {key: column.texts for key, column in tags.items()}
    notes = {name: getattr(read, name) for name in ("name", "digest", "edition")}
    notes |= {
        "source": plain(read.source),
        "quality": plain(read.quality),
        "outline": shapely.to_wkt(read.outline),
    }
    return arrays, {**notes, "texts": texts, "ways_crs": read.ways.crs}


def _map(arrays: dict[str, Any], notes: dict[str, Any], *, areas: Areas | None = None) -> StreetMap:
    """Return the map that arrays hold. areas : its areas, where somebody has them already."""

    def tags(part: str) -> Tags:
        return {
            key: TagColumn(arrays[f"{part}/tags/{key}"], tuple(texts))
            for key, texts in notes["texts"][part].items()
        }

    points = {name: arrays[f"points/{name}"] for name in ("id", "longitude", "latitude")}
    ways = {name: arrays[f"ways/{name}"] for name in ("id", "starts", "node", "x", "y")}
    source: Source = restored(notes["source"])
    return StreetMap(
        notes["name"],
        notes["digest"],
        notes["edition"],
        Ways(
            **ways, tags=tags("ways"), point_id=points["id"], point_tags=tags("points"), crs=notes["ways_crs"]
        ),
        Points(**points, tags=tags("points")),
        areas
        or Areas(
            tuple(id.decode() for id in _listed(arrays["areas/id"])),
            np.asarray(shapely.from_wkb(_listed(arrays["areas/shape"])), dtype=object),
            tags("areas"),
        ),
        shapely.from_wkt(notes["outline"]),
        source,
        restored(notes["quality"]),
    )


def _listed(value: Any) -> list[bytes]:
    found: list[bytes] = value if isinstance(value, list) else value.to_pylist()
    return found


def _graph(arrays: dict[str, Any], notes: dict[str, Any], mode: str, unit: str) -> StreetGraph:
    def part(name: str) -> Any:
        value = arrays[f"{mode}-{unit}/{name}"]
        if name == "barrier":
            return value.reshape(4, -1)
        return value.view(bool) if name in {"unknown", "mainland"} else value

    arrayed = [f.name for f in fields(StreetGraph) if f.name not in {"mode", "unit", "crs"}]
    return StreetGraph(mode=mode, unit=unit, crs=notes["crs"], **{name: part(name) for name in arrayed})
