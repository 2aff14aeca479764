"""OpenStreetMap extracts: what is read, what is left out and why, and what is refused."""

import numpy as np
import osmium
import pytest

from fairground.errors import DataProblem
from fairground.networks import build_graph, profile, snap
from fairground.sources import streets
from fairground.sources.streets import read_osm


@pytest.fixture
def village(tmp_path):
    """A real PBF: a street with a gate, a park with a hole, a square, a bench, a shop."""
    path = tmp_path / "village.osm.pbf"
    places = [
        (0.0, 0.0),
        (0.001, 0.0),
        (0.001, 0.001),
        (0.0, 0.001),
        (0.0002, 0.0002),
        (0.0004, 0.0002),
        (0.0004, 0.0004),
    ]
    with osmium.SimpleWriter(str(path)) as writer:
        for number, place in enumerate(places, start=1):
            tags = {2: {"barrier": "gate", "colour": "red"}, 3: {"shop": "bakery", "name": "Crumb"}}.get(
                number, {}
            )
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place, tags=tags))
        for id, nodes, tags in (
            (10, [1, 2, 3], {"highway": "residential", "name": "High Street", "colour": "grey"}),
            (11, [1, 2, 3, 4, 1], {"leisure": "park", "name": "The Green"}),
            (12, [1, 2, 3, 4, 1], {"highway": "pedestrian", "area": "yes"}),
            (13, [5, 6, 7, 5], {"building": "house"}),
            (14, [3, 4, 99], {"waterway": "river"}),
            (15, [3, 98, 99], {"waterway": "river"}),
        ):
            writer.add_way(osmium.osm.mutable.Way(id=id, nodes=nodes, tags=tags))
    return path


def test_streets_points_and_areas_are_read_with_their_tags(village):
    found = read_osm(village)
    assert found.ways.id.tolist() == [10, 12, 14]
    assert found.ways.node.tolist() == [1, 2, 3, 1, 2, 3, 4, 1, 3, 4]
    assert found.ways.tags["highway"][0] == "residential"
    assert "colour" not in found.ways.tags
    assert found.points.id.tolist() == [2, 3]
    assert found.points.tags["name"][1] == "Crumb"
    parks = found.areas.matching({"leisure": ["park"]})
    assert [found.areas.id[k] for k in parks.nonzero()[0]] == ["w11"]
    assert found.areas.shape[parks][0].area == pytest.approx(1e-6)


def test_nobody_steps_over_the_shore_of_the_sea(tmp_path):
    path = tmp_path / "shore.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for id, place in ((1, (0.0, 0.0)), (2, (0.002, 0.0)), (3, (0.0, 0.0005)), (4, (0.002, 0.0005))):
            writer.add_node(osmium.osm.mutable.Node(id=id, location=place))
        for id, nodes, tags in (
            (1, [1, 2], {"highway": "residential"}),
            (2, [3, 4], {"natural": "coastline"}),
            (3, [3, 4], {"natural": "tree_row"}),
        ):
            writer.add_way(osmium.osm.mutable.Way(id=id, nodes=nodes, tags=tags))
    graph, _ = build_graph(read_osm(path).ways, profile("walk"))
    x, y = graph.projection.metres(np.array([0.001, 0.001]), np.array([0.0004, 0.0006]))
    assert graph.barrier.shape == (4, 1)
    assert snap(graph, x, y).crossed.tolist() == [False, True]


@pytest.mark.parametrize("where", ["memory", "disk"])
def test_places_looked_up_on_the_disk_give_the_same_map(village, monkeypatch, where):
    monkeypatch.setattr(streets, "IN_MEMORY", 0 if where == "disk" else 1_000_000)
    found = read_osm(village)
    assert (found.ways.x * 1000).round(6).tolist() == [0, 1, 1, 0, 1, 1, 0, 0, 1, 0]
    assert found.areas.id == ("w11", "w12", "w13")


def test_what_is_left_out_or_mended_is_counted_by_reason(village):
    quality = read_osm(village).quality
    assert quality.dropped == {"lies outside the extract": 1}
    assert quality.mended == {
        "a square drawn as an area is walked along its edge": 1,
        "runs out of the extract: the part inside is kept": 1,
    }


def test_the_source_names_the_contributors_and_the_file(village):
    found = read_osm(village)
    assert found.source.licence == "ODbL-1.0"
    assert "village.osm.pbf" in found.source.title
    assert found.digest in found.source.note


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda data: b"", "empty"),
        (lambda data: b"not a map, only words\n" * 20, "no OpenStreetMap extract"),
        (lambda data: data[: len(data) - 20], "cut short"),
    ],
    ids=["empty", "words", "cut"],
)
def test_a_file_that_is_no_whole_extract_is_refused(village, tmp_path, make, word):
    path = tmp_path / "bad.osm.pbf"
    path.write_bytes(make(village.read_bytes()))
    with pytest.raises(DataProblem, match=word) as caught:
        read_osm(path)
    assert "bad.osm.pbf" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataProblem, match=r"gone\.osm\.pbf"):
        read_osm(tmp_path / "gone.osm.pbf")


def test_an_extract_without_streets_is_refused(tmp_path):
    path = tmp_path / "sea.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        writer.add_node(osmium.osm.mutable.Node(id=1, location=(0.0, 0.0), tags={"shop": "bakery"}))
    with pytest.raises(DataProblem, match="no streets"):
        read_osm(path)


@pytest.mark.slow
@pytest.mark.shared
def test_a_real_extract_has_the_streets_parks_and_buildings_it_is_known_for(shared):
    found = read_osm(shared / "data" / "streets" / "newport.osm.pbf")
    assert found.ways.matching({"highway": ["*"]}).sum() > 8_000
    assert found.areas.matching({"building": ["*"]}).sum() > 34_000
    assert found.areas.matching({"leisure": ["park"]}).sum() >= 21
    assert found.edition == "2023-06-12"


def test_a_file_that_ends_anywhere_inside_a_block_is_refused(village, tmp_path):
    """Only an end exactly behind a block is one that the format cannot tell from a whole file."""
    data, ends, at = village.read_bytes(), set(), 0
    while at < len(data):
        ends.add(at)
        size = int.from_bytes(data[at : at + 4], "big")
        at += 4 + size + streets._datasize(data[at + 4 : at + 4 + size])
    assert at == len(data)
    short = tmp_path / "short.osm.pbf"
    for end in sorted(
        set(range(1, len(data), 23)) | {end + more for end in ends for more in (1, 3, 4, 9)} - ends
    ):
        if end >= len(data):
            continue
        short.write_bytes(data[:end])
        with pytest.raises(DataProblem, match=r"cut short|no streets|no OpenStreetMap"):
            read_osm(short)


def drawn(path, *, kind="pbf", order="nw", sign=1, ways=(), times=1, relations=()):
    """Write points 1 to 4, 111 metres apart to the east, and ways through them; `order`: which come first."""
    file = osmium.io.File(str(path), kind)
    with osmium.SimpleWriter(file, overwrite=True) as writer:
        for part in order * times:
            for number in range(1, 5) if part == "n" else ():
                place = (number / 1000, 0.0)
                writer.add_node(osmium.osm.mutable.Node(id=sign * number, location=place, version=1))
            for id, nodes, tags in ways if part == "w" else ():
                refs = [sign * node for node in nodes]
                writer.add_way(osmium.osm.mutable.Way(id=sign * id, nodes=refs, tags=tags, version=1))
        for id, members, tags in relations:
            writer.add_relation(osmium.osm.mutable.Relation(id=id, members=members, tags=tags))
    return path


STREET = (1, [1, 2, 3, 4], {"highway": "residential"})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.osm.pbf", "pbf,pbf_dense_nodes=false"),
        ("a.osm.pbf", "pbf,pbf_compression=none"),
        ("a.osm.pbf", "pbf,pbf_compression=lz4"),
        ("a.osm.pbf", "pbf,locations_on_ways=true"),
        ("a.osm.pbf", "pbf,add_metadata=false"),
        ("a.osm", "osm"),
        ("a.osm.bz2", "osm.bz2"),
        ("a.opl", "opl"),
    ],
)
def test_every_way_to_write_an_extract_gives_the_same_street(tmp_path, name, kind):
    found = read_osm(drawn(tmp_path / name, kind=kind, ways=[STREET]))
    assert found.ways.node.tolist() == [1, 2, 3, 4]
    assert (found.ways.x * 1000).round(6).tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"order": "wn"}, "points that it does not hold before them"),
        ({"sign": -1}, "points that it does not hold before them"),
        ({"times": 2, "ways": [STREET, (2, [1, 2], {"highway": "path"})]}, "not in order"),
        ({"kind": "osh.pbf"}, "history or change file"),
        ({"ways": [STREET, STREET]}, "twice"),
    ],
)
def test_a_file_in_another_order_or_of_many_days_is_refused_with_what_helps(tmp_path, how, said):
    with pytest.raises(DataProblem, match=said) as caught:
        read_osm(drawn(tmp_path / "a.osm.pbf", **{"ways": [STREET], **how}))
    assert "osmium" in caught.value.try_this


def test_two_points_with_a_missing_one_between_them_are_not_joined(tmp_path):
    path = drawn(tmp_path / "a.osm.pbf", ways=[(1, [1, 2, 99, 3, 4, 98, 1], {"highway": "residential"})])
    found = read_osm(path)
    assert found.ways.id.tolist() == [1, 1]
    assert found.ways.starts.tolist() == [0, 2, 4]
    assert found.ways.node.tolist() == [1, 2, 3, 4]
    assert found.quality.read == found.quality.kept == 1
    graph, _ = build_graph(found.ways, profile("walk"))
    assert graph.edges == 2


def test_ways_of_one_point_and_areas_that_are_not_whole_are_counted_by_reason(tmp_path):
    ways = [STREET, (2, [1], {"highway": "footway"}), (3, [1, 2, 3], {}), (4, [4, 97, 1], {})]
    park = {"type": "multipolygon", "leisure": "park"}
    relations = [(7, [("w", 3, "outer"), ("w", 99, "outer")], park), (8, [("w", 3, "outer")], park)]
    found = read_osm(drawn(tmp_path / "a.osm.pbf", ways=ways, relations=relations)).quality
    assert found.dropped == {
        "has fewer than two points": 1,
        streets.HALF_OUTSIDE: 1,  # relation 7: one of its ways is not in the file
        streets.UNCLOSED: 1,  # relation 8: its one way does not come back to its start
    }
    assert found.read == found.kept + sum(found.dropped.values())
