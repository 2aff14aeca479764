"""The figures of the research note on access come out again, by its own definitions, within a stated margin.

Newport (30,010 homes): the note counts every place where the walking network meets a site's edge as a way in,
streets that only run along the edge too, and counts every garden; our rules do neither. Ways in are therefore
taken here as the note takes them; the gardens that it counts besides are worth about one home in a hundred.
Trafford (11,264 postcodes, Indices of Deprivation 2025): straight lines to parks, playing fields and play
spaces, clipped at the border, and to every access point of Greater Manchester of whichever site; section 1.1.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import pytest
import rdata
import shapely

from fairground.networks import Projection
from fairground.networks.projection import lengths
from fairground.opportunity.greenspace import MEASURES, Tally, Walked, distances, gradient, join, ways_in
from fairground.opportunity.greenspace.coverage import Keys
from fairground.opportunity.greenspace.entrances import WaysIn
from fairground.opportunity.greenspace.mapped import paths
from fairground.questions.opportunity.green_file import read_green
from fairground.questions.opportunity.green_homes import homes_of
from fairground.questions.opportunity.ground import ground
from fairground.sources.homes import blocks, open_homes
from fairground.sources.shapes import read_shapes

pytestmark = pytest.mark.slow

NEWPORT = {  # per cent of homes within 300 m, by size floor; in the order of MEASURES
    0.02: (74.5, 58.1, 61.6, 36.4, 34.3),
    0.5: (46.1, 26.0, 36.8, 23.3, 21.8),
    2: (35.6, 15.0, 27.4, 17.6, 16.4),
}
MARGIN = {0.02: 4.0, 0.5: 1.5, 2: 1.6}  # points; pockets are mostly gardens and playgrounds


def meeting(known, sites):
    """Return the ways in as the note has them: wherever the walking network meets an edge."""
    edges, lines = shapely.boundary(sites.shapes), paths(known.streets, known.walk)
    line, edge = shapely.STRtree(edges).query(lines, predicate="intersects")
    parts, pair = shapely.get_parts(shapely.intersection(lines[line], edges[edge]), return_index=True)
    at, part = shapely.get_coordinates(parts, return_index=True)
    of = edge[pair[part]].astype(np.int64)
    met = set(of.tolist())
    found = tuple("inferred" if site in met else "unknown" for site in range(len(sites)))
    yes = np.ones(len(of), bool)
    return WaysIn(at[:, 0], at[:, 1], of, ~yes, yes, found)


@pytest.mark.shared
@pytest.mark.slow
def test_newports_homes_pass_as_often_as_in_the_note(shared):
    known = ground(shared / "data/streets/newport.osm.pbf")
    _, found = homes_of(known, "")
    homes = next(iter(found))
    assert abs(len(homes) - 30_010) < 100
    sites, _ = known.sites()
    ways = meeting(known, sites)
    assert (len(sites), ways.found.count("unknown")) == (92, 28)  # the note: 89 and 25
    walker, line = known.footing.walking(homes.x, homes.y), known.footing.line
    for hectares, noted in NEWPORT.items():
        asked = distances(sites, ways, homes.x, homes.y, walk=walker, line=line, hectares=hectares)
        ours = [100 * float((asked.metres[measure] <= 300).mean()) for measure in MEASURES]
        assert ours == pytest.approx(noted, abs=MARGIN[hectares])


def nowhere(x, y, to_x, to_y):
    """Walk nowhere: no streets of Trafford are at hand."""
    return Walked(np.full(len(x), np.inf), np.full(len(x), np.inf), np.full(len(x), -1))


@dataclass(frozen=True)
class Trafford:
    """Trafford's postcodes on one flat map, each with its tenth of deprivation (1 is most deprived)."""

    flat: Projection
    x: np.ndarray
    y: np.ndarray
    tenth: np.ndarray

    def distances(self, sites, ways, hectares=0.0):
        def line(*ends):
            return lengths(self.flat.crs, *ends)

        return distances(sites, ways, self.x, self.y, walk=nowhere, line=line, hectares=hectares)

    def by_tenths(self, near):
        """Return per cent of all postcodes, and of those in tenths 1 to 3, 4 to 7 and 8 to 10."""
        groups = [
            (self.tenth >= low) & (self.tenth <= high) for low, high in ((1, 10), (1, 3), (4, 7), (8, 10))
        ]
        return [100 * float(near[group].mean()) for group in groups]

    def gradient(self, near):
        tally = Tally()
        tally.add(Keys.of(self.tenth.astype(str).tolist()), near.astype(np.int8), np.ones(len(near)))
        return gradient({int(key): counts for key, counts in tally.counts.items()}).bounded


@pytest.fixture(scope="module")
def trafford(shared):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdata names R's own classes that it does not know
        table = rdata.read_rda(shared / "data/regions/imd2025_england_lsoa21.rda")["imd2025_england_lsoa21"]
    tenths = dict(zip(table.lsoa21_code, table.IMD_decile, strict=True))
    homes = next(blocks(open_homes(shared / "data/places/trafford_postcodes.csv")))
    flat = Projection.about(-2.35, 53.43)
    return Trafford(
        flat, *flat.metres(homes.x, homes.y), np.array([int(tenths[code]) for code in homes.group])
    )


@pytest.fixture(scope="module")
def clipped(shared, trafford):
    """Return parks, playing fields and play spaces as published: cut off at Trafford's border."""
    green = read_green(shared / "data/places/trafford_greenspace_sites.geojson", to=trafford.flat)
    return green.areas.rows(green.areas.kept(("park", "playground", "recreation-ground")))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("hectares", "noted"), [(0, (63.3, 46.8, 61.0, 70.3)), (2, (37.0, 27.1, 28.1, 45.4))]
)
def test_traffords_postcodes_near_an_edge_are_as_many_as_in_the_note(trafford, clipped, hectares, noted):
    sites, none = join(clipped), np.empty(0, object)
    ways = ways_in(clipped, paths=none, listed=none).onto(sites, np.arange(len(clipped)))
    found = trafford.distances(sites, ways, hectares)
    assert len(trafford.x) == 11_264
    assert trafford.by_tenths(found.metres["edge"] <= 300) == pytest.approx(noted, abs=0.2)
    assert (found.verdicts("door", 300) == 1).tolist() == found.inside.tolist()  # no streets are given


def listed_points(shared, flat):
    (layer,) = read_shapes(shared / "data/places/gm_greenspace_access_points.geojson", flat)
    on_foot = np.array(["Pedestrian" in told for told in layer.columns["access_type"]])
    return shapely.get_x(layer.shapes[on_foot]), shapely.get_y(layer.shapes[on_foot])


@pytest.mark.shared
def test_traffords_gradient_flips_with_the_definition_as_in_the_note(shared, trafford, clipped):
    sites, none = join(clipped), np.empty(0, object)
    shut = ways_in(clipped, paths=none, listed=none).onto(sites, np.arange(len(clipped)))
    to_edge = trafford.distances(sites, shut).metres["edge"] <= 300
    x, y = listed_points(shared, trafford.flat)
    yes = np.ones(len(x), bool)
    gates = WaysIn(x, y, np.zeros(len(x), np.int64), yes, yes, ("known",) * len(sites))
    elsewhere = join(clipped.rows(np.array([0])))  # only the points count, whichever space they open
    to_gate = trafford.distances(elsewhere, gates).metres["entrance"] <= 300
    assert trafford.by_tenths(to_gate) == pytest.approx((83.6, 91.2, 76.5, 85.0), abs=0.2)
    assert trafford.gradient(to_edge) > 0.1  # the least deprived have more
    assert trafford.gradient(to_gate) < 0  # the most deprived have more
