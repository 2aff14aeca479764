"""A long command says that it is still at work, and says nothing once it is done."""

import time

from fairground.cli.waiting import still_at_work


def test_a_long_command_says_again_and_again_that_it_is_at_work_and_only_on_the_error_output(capsys):
    told = ""
    with still_at_work("Counting.", first=0.01, every=0.01):
        while told.count("Counting. ") < 2 or "seconds so far." not in told:
            time.sleep(0.01)
            out, err = capsys.readouterr()
            told += err
            assert not out
    capsys.readouterr()
    time.sleep(0.05)
    assert capsys.readouterr() == ("", "")


def test_a_short_command_says_nothing(capsys):
    with still_at_work("Counting."):
        pass
    assert capsys.readouterr() == ("", "")
