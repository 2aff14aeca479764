"""Says where each asset of a list is, which district and region it lies in, and how we know.

*Rule 1* The place: the list's own coordinates; else its UPRN; else the middle of its whole postcode; else
nobody knows. *Rule 2* The district: that of its whole postcode; else the one that the list names; else that
of the three nearest postcodes, where they agree and the nearest is within 2 km; else the body's own area;
else nobody knows. *Rule 3* The region: that of the district; else that of the body's area.

The middle of a postcode stands for some 15 addresses: in a town it is within about 100 m of them, in the
country it can be kilometres off (Ordnance Survey, Code-Point Open user guide). It is never called exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from fairground import places
from fairground.errors import BadInput
from fairground.places import national_grid
from fairground.sources.asset_lists import Asset
from fairground.sources.postcode_spots import Box, Found, find_postcodes, find_uprns

__all__ = ["Spot", "locate"]

NEAR = 2_000.0  # metres to the nearest postcode, beyond which its district says nothing
NEIGHBOURS = 3
MARGIN = 5_000.0


@dataclass(frozen=True)
class Spot:
    """Where one asset is, how we know and to how many metres; its district, how we know, and its region."""

    longitude: float | None = None
    latitude: float | None = None
    by: str = ""
    metres: int | None = None
    district: str = ""
    district_by: str = ""
    region: str = ""


def locate(
    assets: Sequence[Asset], *, home: str, postcodes: Sequence[Path] = (), uprns: Sequence[Path] = ()
) -> tuple[Spot, ...]:
    """Return where each asset of a list is, in their order.

    Parameters
    ----------
    home : name or code of the body's own area. postcodes : files of Code-Point Open.
    uprns : files of OS Open UPRN.

    Raises
    ------
    NotFound : no place is called so. DataProblem : a file cannot be read.

    >>> from fairground.questions.wealth.asset_places import locate
    >>> from fairground.sources.asset_lists import Asset
    >>> (spot,) = locate([Asset(2, {"name": "Old Library"})], home="Redcar and Cleveland")
    >>> spot.by, spot.district, spot.district_by, spot.region
    ('', 'E06000003', 'body', 'E12000001')
    """
    known = _by_uprn(assets, uprns)
    found = _by_postcode(assets, postcodes)
    degrees = _degrees(found)
    spots = [_place(asset, known, degrees) for asset in assets]
    return _with_districts(assets, spots, found, places.get(home).code)


def _by_uprn(assets: Sequence[Asset], files: Sequence[Path]) -> dict[str, tuple[float, float]]:
    wanted = {a.said["uprn"] for a in assets if a.longitude is None and a.said.get("uprn")}
    return {uprn: spot for file in files if wanted for uprn, spot in find_uprns(file, wanted).items()}


def _by_postcode(assets: Sequence[Asset], files: Sequence[Path]) -> Found:
    wanted = {a.said["postcode"] for a in assets if " " in a.said.get("postcode", "")}
    held = [(a.longitude, a.latitude) for a in assets if a.longitude is not None]
    box = None
    if held:
        at = national_grid.metres(*zip(*held, strict=True))
        box = Box(at.x.min() - MARGIN, at.y.min() - MARGIN, at.x.max() + MARGIN, at.y.max() + MARGIN)
    found = Found()
    for file in files:
        more = find_postcodes(file, wanted, box)
        found.asked |= more.asked
        found.around += more.around
    return found


def _degrees(found: Found) -> dict[str, tuple[float, float]]:
    if not found.asked:
        return {}
    east, north = zip(*((x, y) for x, y, _ in found.asked.values()), strict=True)
    made = national_grid.degrees(east, north)
    return {name: (float(x), float(y)) for name, x, y in zip(found.asked, made.x, made.y, strict=True)}


def _place(
    asset: Asset, uprns: Mapping[str, tuple[float, float]], middles: Mapping[str, tuple[float, float]]
) -> Spot:
    """Return the place of an asset by the first rule that gives one."""
    if asset.longitude is not None:
        grid = not (asset.said.get("longitude") and asset.said.get("latitude"))
        metres = max(1, round(asset.doubt or 0)) if grid else None
        return Spot(asset.longitude, asset.latitude, "grid" if grid else "degrees", metres)
    if spot := uprns.get(asset.said.get("uprn", "")):
        return Spot(*spot, "uprn", 1)
    if spot := middles.get(asset.said.get("postcode", "")):
        return Spot(*spot, "postcode", 100)
    return Spot()


def _with_districts(
    assets: Sequence[Asset], spots: Sequence[Spot], found: Found, home: str
) -> tuple[Spot, ...]:
    near = _nearest(spots, found)
    own = places.get(home)
    body = home if own.kind == "district" else ""
    done = []
    for asset, spot, beside in zip(assets, spots, near, strict=True):
        by_postcode = found.asked.get(asset.said.get("postcode", ""), (0, 0, ""))[2]
        ladder = (("postcode", by_postcode), ("list", _named(asset.said.get("district", ""))),
                  ("near", beside), ("body", body))  # fmt: skip
        by, code = next(((by, code) for by, code in ladder if code), ("", ""))
        region = (_region(code) if code else "") or _region(home)
        done.append(Spot(spot.longitude, spot.latitude, spot.by, spot.metres, code, by, region))
    return tuple(done)


def _nearest(spots: Sequence[Spot], found: Found) -> list[str]:
    """Return for each spot the district on which its nearest postcodes agree, or nothing."""
    near = [""] * len(spots)
    at = [n for n, spot in enumerate(spots) if spot.longitude is not None]
    if not at or len(found.around) < NEIGHBOURS:
        return near
    tree = cKDTree(np.array([(x, y) for x, y, _ in found.around], float))
    here = national_grid.metres(*np.array([(spots[n].longitude, spots[n].latitude) for n in at], float).T)
    metres, which = tree.query(np.column_stack((here.x, here.y)), k=NEIGHBOURS)
    for n, far, ones in zip(at, metres, which, strict=True):
        codes = {found.around[one][2] for one in ones}
        if far[0] <= NEAR and len(codes) == 1:
            near[n] = codes.pop()
    return near


def _named(text: str) -> str:
    """Return the code of the district that a list names, where it is one without doubt."""
    if not text:
        return ""
    try:
        place = places.get(text)
    except BadInput:
        return ""
    return place.code if place.kind == "district" else ""


def _region(code: str) -> str:
    try:
        place = places.get(code)
    except BadInput:
        return ""
    return place.code if place.kind == "region" else place.region
