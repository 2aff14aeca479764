"""A frozen paper that is open now, with a roll of five, and what each letter says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.ballots.papers import ROLL, specification


@pytest.fixture
def make_paper(make_round, bob):
    from fairground.web.ballots.actions import freeze_paper

    def make(kind="approval", *, opens=-1, closes=60, stage="ballot", **more):
        """Freeze a paper that opens and closes so many minutes from now."""
        now = timezone.now()
        return freeze_paper(
            round=make_round(stage),
            specification=specification(kind, **more),
            by=bob,
            opens_at=now + timedelta(minutes=opens),
            closes_at=now + timedelta(minutes=closes),
        )

    return make


@pytest.fixture
def paper(make_paper):
    return make_paper()


@pytest.fixture
def letters(paper, bob):
    """The code of each voter of the roll, by number."""
    return give_letters(paper, bob)


def give_letters(paper, by):
    from fairground.web.ballots.roll import import_roll, make_codes

    import_roll(paper=paper, text=ROLL, by=by)
    return {entry.number: code for entry, code in make_codes(paper=paper, by=by)}


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets minutes pass."""

    def pass_by(minutes):
        real = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: real + timedelta(minutes=minutes))

    return pass_by
