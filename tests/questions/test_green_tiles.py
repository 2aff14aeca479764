"""Green space worked out tile by tile, here and on other processes, is what it is all at once."""

import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from fairground.errors import BadInput, DataProblem
from fairground.networks import squares
from fairground.questions.opportunity import neighbourhoods
from fairground.questions.opportunity.green_coverage import coverage
from fairground.questions.opportunity.green_homes import homes_of
from fairground.questions.opportunity.ground import ground

FURTHEST = 400.0  # metres: far less than a town, so that tiles are real parts of it


def told(streets, homes, **asked):
    """Return the answer and, home by home, everything that is told of it."""
    blocks = []
    answer = coverage(streets, homes, furthest=FURTHEST, each=lambda block, _: blocks.append(block), **asked)
    (block,) = blocks
    return answer, block


def same(one, other):
    assert one[0].value == other[0].value
    assert [step.facts for step in one[0].steps] == [step.facts for step in other[0].steps]
    for name in ("x", "y", "metres", "verdict"):
        assert np.array_equal(getattr(one[1], name), getattr(other[1], name), equal_nan=True)
    assert (one[1].reason, one[1].space, one[1].block.id) == (
        other[1].reason,
        other[1].space,
        other[1].block.id,
    )
    for measure, metres in one[1].measures.items():
        assert metres.tolist() == other[1].measures[measure].tolist()


def tiles_of(streets, homes, side):
    known = ground(streets)
    block = next(homes_of(known, homes)[1])
    return len(squares(block.x, block.y, side))


@pytest.mark.slow
def test_a_town_cut_into_nine_tiles_and_more_has_the_same_answer_to_the_last_bit(doggerby):
    streets, homes = doggerby / "town.osm.pbf", doggerby / "homes.csv"
    assert tiles_of(streets, homes, 350.0) >= 9
    same(told(streets, homes), told(streets, homes, tile=350.0))


def test_looking_less_far_changes_no_verdict(doggerby):
    streets, homes = doggerby / "town.osm.pbf", doggerby / "homes.csv"
    near, far = told(streets, homes)[0].value, coverage(streets, homes).value
    assert (near.passing, near.unknown, near.wheel_passing) == (far.passing, far.unknown, far.wheel_passing)
    assert replace(near, furthest=(), rows=()) == replace(far, furthest=(), rows=())


@pytest.mark.slow
@pytest.mark.shared
def test_a_real_county_cut_into_nine_tiles_and_more_has_the_same_answer_to_the_last_bit(shared):
    streets = shared / "data/streets/rutland.osm.pbf"
    assert tiles_of(streets, "", 5_000.0) >= 9
    same(told(streets, ""), told(streets, "", tile=5_000.0))


@pytest.fixture(scope="module")
def cluster():
    """Run a Dask scheduler and two workers, each a process of its own; yield the scheduler's address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    running = [
        subprocess.Popen([sys.executable, "-m", f"distributed.cli.{name}", *rest], **quiet)
        for name, *rest in (scheduler, worker, worker)
    ]
    yield address
    for process in running:
        process.kill()
        process.wait(timeout=30)


@pytest.mark.slow
def test_a_cluster_of_two_workers_gives_the_same_answer_to_the_last_bit(doggerby, cluster):
    from distributed import Client

    streets, homes = doggerby / "town.osm.pbf", doggerby / "homes.csv"
    with Client(cluster, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    same(told(streets, homes), told(streets, homes, tile=350.0, cluster=cluster))


@pytest.mark.slow
def test_the_same_cluster_scores_what_a_day_needs_to_the_last_bit(doggerby, cluster, tmp_path):
    from distributed import Client

    streets, asked = doggerby / "town.osm.pbf", {"homes": doggerby / "homes.csv", "preset": "sustrans"}
    whole = neighbourhoods.score(streets, out=tmp_path / "whole.csv", **asked)
    with Client(cluster, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    tiled = neighbourhoods.score(streets, out=tmp_path / "tiles.csv", tile=700.0, cluster=cluster, **asked)
    assert (tmp_path / "tiles.csv").read_text() == (tmp_path / "whole.csv").read_text()
    assert tiled.value.rows == whole.value.rows


@pytest.mark.slow
def test_sharing_out_needs_tiles_and_looking_no_further_than_the_limit_is_refused(doggerby):
    streets, homes = doggerby / "town.osm.pbf", doggerby / "homes.csv"
    with pytest.raises(BadInput, match="tiles"):
        coverage(streets, homes, workers=2)
    with pytest.raises(BadInput, match="How far"):
        coverage(streets, homes, furthest=299)
    with pytest.raises(DataProblem, match="does not answer"):
        coverage(streets, homes, tile=500, cluster="tcp://127.0.0.1:9")
