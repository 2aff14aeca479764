"""Which tags of OpenStreetMap are read, and what they are read for.

A key that no rule or question asks about is not kept: an extract of a nation must fit. Adding a question
about another key is adding a line here. Reference: https://wiki.openstreetmap.org/wiki/Map_features.
"""

from __future__ import annotations

# A way with one of these is read as a line: streets, and what stands in the way of people.
LINE_KEYS = ("highway", "railway", "waterway", "route", "man_made", "public_transport", "motorroad")

# So is a way whose `natural` is one of these: nobody walks across the shore of the sea.
SHORES = ("coastline",)

# Of a way, these are kept beside those keys.
WAY_TAGS = frozenset(
    [
        *LINE_KEYS,
        "natural",
        "access",
        "foot",
        "bicycle",
        "wheelchair",
        "vehicle",
        "motor_vehicle",
        "designation",
        "surface",
        "smoothness",
        "incline",
        "width",
        "tracktype",
        "step_count",
        "ramp",
        "ramp:wheelchair",
        "ramp:stroller",
        "ramp:bicycle",
        "ramp:luggage",
        "handrail",
        "conveying",
        "sidewalk",
        "sidewalk:left",
        "sidewalk:right",
        "sidewalk:both",
        "footway",
        "crossing",
        "kerb",
        "tactile_paving",
        "oneway",
        "oneway:bicycle",
        "oneway:foot",
        "junction",
        "cycleway",
        "cycleway:left",
        "cycleway:right",
        "cycleway:both",
        "cycleway:oneway",
        "cycleway:left:oneway",
        "cycleway:right:oneway",
        "cycleway:both:oneway",
        "segregated",
        "maxspeed",
        "lanes",
        "service",
        "indoor",
        "level",
        "layer",
        "tunnel",
        "bridge",
        "covered",
        "area",
        "lit",
        "name",
        "ref",
        "ferry",
        "duration",
    ]
)

# A node with one of these is read as a point: barriers, crossings, entrances, stops and services.
POINT_KEYS = (
    "barrier",
    "kerb",
    "entrance",
    "crossing",
    "amenity",
    "shop",
    "leisure",
    "healthcare",
    "office",
    "tourism",
    "sport",
    "playground",
    "addr:housenumber",
)

# Of a node, these are kept beside those keys.
POINT_TAGS = frozenset(
    [
        *POINT_KEYS,
        "highway",
        "railway",
        "public_transport",
        "bus",
        "access",
        "foot",
        "bicycle",
        "wheelchair",
        "locked",
        "maxwidth:physical",
        "width",
        "name",
        "operator",
        "opening_hours",
        "fee",
        "isced:level",
        "social_facility",
        "community_centre",
        "building",
        "addr:housename",
        "addr:unit",
        "addr:street",
        "addr:postcode",
    ]
)

# A closed way or a multipolygon with one of these is put together to a polygon.
AREA_KEYS = (
    "leisure",
    "landuse",
    "natural",
    "building",
    "amenity",
    "shop",
    "healthcare",
    "office",
    "tourism",
    "boundary",
    "place",
    "water",
    "sport",
)

# Of an area, these are kept beside those keys.
AREA_TAGS = frozenset(
    [
        *AREA_KEYS,
        "building:use",
        "building:levels",
        "building:flats",
        "protect_class",
        "access",
        "foot",
        "fee",
        "ownership",
        "operator",
        "operator:type",
        "name",
        "designation",
        "opening_hours",
        "garden:type",
        "golf",
        "grass",
        "school",
        "isced:level",
        "social_facility",
        "community_centre",
        "wheelchair",
        "waterway",
        "admin_level",
        "addr:housenumber",
        "addr:housename",
        "addr:street",
        "addr:postcode",
    ]
)
