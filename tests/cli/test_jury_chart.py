"""`fairground power juries select --chart`: a drawing that stands by itself and shows everyone once."""

import json
import re

from click.testing import CliRunner

from fairground.cli import fairground
from tests.cli import jury_example


def test_a_draw_is_drawn_with_everyone_in_one_band_of_chances(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pool.csv").write_text(jury_example.POOL)
    (tmp_path / "targets.csv").write_text(jury_example.TARGETS)
    asked = "power juries select pool.csv targets.csv --size 4 --rule nash --chart chances.svg --json"
    done = CliRunner().invoke(fairground, asked.split())
    assert done.exit_code == 0, done.output
    drawing = (tmp_path / "chances.svg").read_text("utf-8")
    told = re.findall(r"<desc[^>]*>(.*?)</desc>", drawing)[0]
    people = [int(bar.split()[-1]) for bar in told.split(";")]
    chances = json.loads(done.stdout)["value"]["probabilities"]
    assert sum(people) == len(chances) == 20
    assert "pool.csv" in drawing
    assert "class=" not in drawing
