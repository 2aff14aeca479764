"""The command agrees with a slow twin that shares none of its code, at places drawn by lot on real maps."""

import json
import random

import pytest
import shapely
from click.testing import CliRunner

from fairground.cli import fairground
from tests.oracles.opportunity.ground import Twin

POINTS = 40


def places(twin, count, seed):
    """Return places near streets, as latitude and longitude, drawn by lot."""
    chance = random.Random(seed)
    for _ in range(count):
        line = twin.lines[chance.randrange(len(twin.lines))]
        at = shapely.centroid(line)
        x, y = at.x + chance.uniform(-60, 60), at.y + chance.uniform(-60, 60)
        longitude, latitude = twin.flat.transform(x, y, direction="INVERSE")
        yield round(latitude, 6), round(longitude, 6)


def compare(path, count, seed):
    twin = Twin(path)
    wrong = []
    for latitude, longitude in places(twin, count, seed):
        asked = ["--streets", str(path), f"--at={latitude},{longitude}", "--json"]
        shown = CliRunner().invoke(fairground, ["opportunity", "greenspace", "check", *asked])
        assert shown.exit_code == 0, shown.output
        ours = json.loads(shown.stdout)["value"]
        metres, verdict = twin.metres(longitude, latitude), twin.verdict(longitude, latitude)
        same = (ours["metres"] is None) == (metres is None)
        if (
            not same
            or (metres is not None and abs(ours["metres"] - metres) > 0.001)
            or ours["pass"] != verdict
        ):
            wrong.append((latitude, longitude, ours["metres"], metres, ours["pass"], verdict))
    assert wrong == []


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("name", ["newport", "rutland", "laspalmas"])
def test_every_walk_is_the_twins_to_a_millimetre_and_every_verdict_the_same(shared, name):
    compare(shared / "data" / "streets" / f"{name}.osm.pbf", POINTS, seed=4)


@pytest.mark.slow
def test_the_made_up_town_agrees_with_the_twin_too(doggerby):
    compare(doggerby / "town.osm.pbf", 20, seed=5)
