"""Where the street map of a place is to be had: the extract of OpenStreetMap that its county has.

Extracts are cut at the county's border, and what lies near the border on the other side counts too: then take
the map of England, or join two extracts. Stockton-on-Tees lies in two counties, so its map is England's.
"""

from __future__ import annotations

from fairground import places
from fairground.errors import NotFound
from fairground.places import Place
from fairground.sources.catalogue import File
from fairground.tables import toml

__all__ = ["extract_of"]

SOURCE = "openstreetmap-extracts"
LONDON, ENGLAND = "E12000007", "E92000001"


def extract_of(name: str) -> File:
    """Return the file with the streets of a place in England, with the address of its checksum.

    Raises
    ------
    NotFound : no place of that name, or a region, of which there is no extract.

    >>> from fairground.sources.street_extracts import extract_of
    >>> extract_of("Trafford").name
    'greater-manchester-latest.osm.pbf'
    """
    held = toml("fairground.sources", "street_extracts.toml")
    about, area = held["about"], _area(places.get(name), held["districts"])
    address = str(about["whole"] if area == "england" else about["address"].format(area=area))
    return File(
        id=SOURCE,
        name=f"{area}-latest.osm.pbf",
        page=str(about["page"]),
        reader="streets",
        address=address,
        companion=f"{address}.md5",
    )


def _area(place: Place, districts: dict[str, list[str]]) -> str:
    if place.code == ENGLAND:
        return "england"
    if LONDON in (place.code, place.region):
        return "greater-london"
    county = (places.get(place.county).slug if place.county else place.slug).removesuffix("-county")
    known = {slug: area for area, slugs in districts.items() for slug in slugs}
    if place.county or place.kind == "county":
        return county
    if place.slug in known:
        return known[place.slug]
    raise NotFound(
        "There is no extract of streets for this place",
        "place",
        place.name,
        "a district, a county, or England",
    )
