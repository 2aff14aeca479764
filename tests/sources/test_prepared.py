"""Streets are read once and kept: whole or not at all, and never used after the map or the rules changed."""

import os
import time

import numpy as np
import pytest

from fairground.errors import DataProblem
from fairground.networks import bends, build_graph, nearest, profile
from fairground.sources import prepared
from fairground.sources.prepared import opened, prepare
from fairground.sources.streets import read_osm
from fairground.sources.town import write

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    write(folder, seed=1)
    return next(folder.glob("*.osm.pbf"))


@pytest.fixture
def copy(town, tmp_path):
    path = tmp_path / "here" / town.name
    path.parent.mkdir()
    path.write_bytes(town.read_bytes())
    return path


def test_what_is_opened_is_what_was_read(copy):
    made, read = prepare(copy), read_osm(copy)
    found = opened(copy).map
    assert made.path == opened(copy).path
    for part in ("id", "starts", "node", "x", "y"):
        assert np.array_equal(getattr(found.ways, part), getattr(read.ways, part))
    assert found.areas.id == read.areas.id
    assert all(a.equals_exact(b) for a, b in zip(found.areas.shape, read.areas.shape, strict=True))
    for ours, theirs in ((found.ways.tags, read.ways.tags), (found.points.tags, read.points.tags)):
        assert {k: (v.codes.tolist(), v.texts) for k, v in ours.items()} == {
            k: (v.codes.tolist(), v.texts) for k, v in theirs.items()
        }
    assert (found.source, found.quality, found.edition) == (read.source, read.quality, read.edition)


@pytest.mark.parametrize(
    ("mode", "unit"),
    [("walk", "metres"), ("wheel", "metres"), ("cycle", "minutes"), ("cycle", "metres"), ("walk", "minutes")],
)
def test_a_kept_network_gives_the_same_distances(copy, mode, unit):
    kept = prepare(copy).graph(mode, unit)
    made, _ = build_graph(read_osm(copy).ways, profile(mode), unit=unit)
    every = bends(made)
    goals = every.rows(np.arange(0, every.count, 40))
    one = nearest(kept, bends(kept), goals, limit=400)
    other = nearest(made, every, goals, limit=400)
    assert np.allclose(one.cost, other.cost, rtol=1e-12, equal_nan=True)
    assert one.reached.any()


def test_networks_wait_in_a_folder_that_is_gone_afterwards_and_one_left_by_a_killed_process_goes_too(copy):
    left, fresh = copy.parent / ".preparing-dead", copy.parent / ".preparing-alive"
    for folder, age in ((left, 3 * 24 * 3600), (fresh, 0)):
        folder.mkdir()
        os.utime(folder, (time.time() - age,) * 2)
    prepare(copy)
    assert sorted(path.name for path in copy.parent.glob(".preparing*")) == [".preparing-alive"]


def test_the_second_time_nothing_is_read(copy, monkeypatch):
    opened(copy)
    monkeypatch.setattr(prepared, "read_osm", lambda path: pytest.fail("read again"))
    assert opened(copy).graph("walk").edges > 50


@pytest.mark.slow
def test_another_edition_of_the_map_is_read_anew_and_replaces_the_old(copy, tmp_path):
    before = prepare(copy).path
    write(tmp_path / "other", seed=2)
    copy.write_bytes((tmp_path / "other" / copy.name).read_bytes())
    after = opened(copy).path or str(next(copy.parent.glob("*.arrow")))
    assert before != after
    assert [str(path) for path in copy.parent.glob("*.arrow")] == [after]


def test_other_rules_are_another_file(copy, monkeypatch):
    before = prepare(copy).path
    monkeypatch.setattr(prepared, "_rules", lambda: "0" * 8)
    assert prepare(copy).path != before


def test_where_the_folder_may_not_be_written_to_the_other_folder_is_used(copy, tmp_path, monkeypatch):
    def refusing(path, arrays, notes, pack=prepared.pack):
        if path.parent == copy.parent:
            raise PermissionError(13, "Permission denied")
        pack(path, arrays, notes)

    monkeypatch.setattr(prepared, "pack", refusing)
    assert prepare(copy, folder=tmp_path / "data").path.startswith(str(tmp_path / "data"))
    with pytest.raises(DataProblem, match="Permission denied"):
        prepare(copy)


def test_a_map_cut_short_leaves_nothing_behind(copy):
    copy.write_bytes(copy.read_bytes()[:-40])
    with pytest.raises(DataProblem):
        prepare(copy)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_prepared_file_cut_short_is_named(copy):
    made = prepare(copy).path
    with open(made, "r+b") as file:
        file.truncate(1000)
    with pytest.raises(DataProblem, match="prepare again"):
        opened(copy)


def test_streets_that_are_not_to_be_kept_give_the_same_and_write_nothing(copy):
    fresh = opened(copy, keep=False)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    kept = prepare(copy)
    for mode in ("walk", "cycle"):
        for name, array in fresh.graph(mode).arrays().items():
            assert np.array_equal(array, kept.graph(mode).arrays()[name], equal_nan=True), name
        assert fresh.quality(mode) == kept.quality(mode)
