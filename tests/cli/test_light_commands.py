"""Commands that need no compiler do not load one: it takes a second, and more where nothing is cached."""

import subprocess
import sys

import pytest

RUN = """
import sys
from click.testing import CliRunner
from fairground.cli import fairground
shown = CliRunner().invoke(fairground, sys.argv[1:], catch_exceptions=False)
assert shown.exit_code == 0, shown.output
print("numba" in sys.modules)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "award Stoke-on-Trent 56000000 --years 5",
        "allocate --pot 8600000000 --floor 0.7 --cap 1.6",
        "sensitivity --pot 8600000000 --draws 100",
    ],
)
def test_no_question_about_funding_loads_the_compiler(line):
    words = ["wealth", "funding", *line.split()]
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("False", 0), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("choices", ["", "--completion add1", "--rule greedy", "--rule bos"])
def test_counting_one_vote_loads_no_compiler(choices, tmp_path):
    from fairground.questions.power.elections import EXAMPLE

    (tmp_path / "town.pb").write_text(EXAMPLE, "utf-8")
    words = ["power", "budgeting", "count", str(tmp_path / "town.pb"), *choices.split()]
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("False", 0), done.stderr
