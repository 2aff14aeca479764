"""A midnight is written as the end of the day before it, so that nobody comes a day late."""

from datetime import UTC, datetime

import pytest

from fairground.web.ballots.templatetags.moments import closing, opening


@pytest.mark.parametrize(
    ("moment", "opens", "closes"),
    [
        (datetime(2026, 12, 14, tzinfo=UTC), "14 December 2026", "the end of 13 December 2026"),
        (datetime(2026, 7, 13, 23, tzinfo=UTC), "14 July 2026", "the end of 13 July 2026"),
        (datetime(2026, 12, 31, 18, 5, tzinfo=UTC), "31 December 2026 at 18:05", "18:05 on 31 December 2026"),
    ],
    ids=["winter", "summer time", "evening"],
)
def test_a_moment_in_words(moment, opens, closes):
    assert (opening(moment), closing(moment)) == (opens, closes)
