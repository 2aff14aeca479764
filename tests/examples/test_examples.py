"""Each example runs and prints what it printed when it was last read by a person.

To renew the golden texts after a change that you have read: `make examples`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_prints_its_golden_text(path):
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    golden = Path(__file__).with_name(f"{path.stem}.txt")
    assert golden.is_file(), "no golden text: run make examples, read it, commit it"
    assert done.stdout == golden.read_text("utf-8")


def test_there_is_an_example_for_each_area():
    assert {
        "inequality",
        "claims",
        "award",
        "counterfactual",
        "fair_formula",
        "measures",
        "budgeting",
        "green_space",
    } <= {path.stem for path in EXAMPLES}
