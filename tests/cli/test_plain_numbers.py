"""A command reads the numbers of its options in the digits 0 to 9 only."""

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput

AWARD = ["wealth", "funding", "award", "Stoke-on-Trent", "56000000"]
DECOMPOSE = ["wealth", "inequality", "decompose", "gdhi_per_head", "2023"]


@pytest.mark.parametrize("text", ["٥", "5_0", "five", "1e100000000"])
@pytest.mark.parametrize(("words", "option"), [(AWARD, "years"), (DECOMPOSE, "alpha")])
def test_other_digits_and_underscores_are_refused_with_the_option_named(words, option, text):
    error = CliRunner().invoke(fairground, [*words, f"--{option}", text]).exception
    assert isinstance(error, BadInput)
    assert (error.field, error.value) == (option, text)


@pytest.mark.parametrize("words", [[*AWARD, "--years", "5"], [*DECOMPOSE, "--alpha", "0"], DECOMPOSE])
def test_plain_numbers_are_read(words):
    assert CliRunner().invoke(fairground, words).exit_code == 0
