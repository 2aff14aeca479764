"""Work that was killed goes on from its last finished block, to the same answer."""

import os
import signal
import subprocess
import sys

import pytest

from fairground.questions.opportunity import green_count
from fairground.questions.opportunity.green_coverage import coverage

KILLED = """
import os, signal, sys
from fairground.questions.opportunity.green_coverage import coverage
done = []
def so_far(homes):
    done.append(homes)
    if len(done) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
coverage(sys.argv[1], sys.argv[2], resume=sys.argv[3], block=500, progress=so_far)
"""


@pytest.fixture
def worked_out(monkeypatch):
    """Return a list that grows by the number of homes whenever a block is really worked out."""
    found, real = [], green_count.measured

    def measured(footing, sites, ways, x, *more):
        found.append(len(x))
        return real(footing, sites, ways, x, *more)

    monkeypatch.setattr(green_count, "measured", measured)
    return found


def ask(doggerby, folder="", **more):
    return coverage(doggerby / "town.osm.pbf", doggerby / "homes.csv", resume=folder, block=500, **more)


@pytest.mark.slow
def test_a_killed_process_has_its_finished_blocks_done_once_and_gives_the_same_answer(
    doggerby, tmp_path, worked_out
):
    line = [
        sys.executable,
        "-c",
        KILLED,
        doggerby / "town.osm.pbf",
        doggerby / "homes.csv",
        tmp_path / "kept",
    ]
    assert subprocess.run(list(map(str, line)), env=os.environ, check=False).returncode == -signal.SIGKILL
    assert len(list((tmp_path / "kept").glob("*.arrow"))) == 2
    resumed = ask(doggerby, tmp_path / "kept")
    assert worked_out == [500, 500, 441]
    assert resumed == ask(doggerby)


@pytest.mark.slow
def test_blocks_of_another_question_or_another_list_are_not_used(doggerby, tmp_path, worked_out):
    ask(doggerby, tmp_path / "kept")
    before = len(worked_out)
    other = ask(doggerby, tmp_path / "kept", min_hectares=2.0)
    assert len(worked_out) - before == before
    assert other == ask(doggerby, min_hectares=2.0)


def test_a_block_that_was_cut_short_is_worked_out_again(doggerby, tmp_path, worked_out):
    whole = ask(doggerby, tmp_path / "kept")
    first = min((tmp_path / "kept").glob("*.arrow"))
    first.write_bytes(first.read_bytes()[:200])
    worked_out.clear()
    assert ask(doggerby, tmp_path / "kept") == whole
    assert worked_out == [500]
