"""A jury of six with thirty volunteers, two officers, and a draw that can be made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.power.juries.conftest import jury, make_jury, volunteer  # noqa: F401

VALUES = ["9, 18, 26, 34, 41, 45", "7"]


@pytest.fixture
def ola(make_user, jury, bob):  # noqa: F811
    """A second officer of the jury."""
    from fairground.web.participation.actions import give_round_role
    from fairground.web.participation.models import RoundRoleName

    user = make_user("ola")
    give_round_role(jury.round, user, RoundRoleName.OFFICER, by=bob)
    return user


@pytest.fixture
def call_off(make_user, bob):
    """Call a draw off as two officers do: Bob says why, Ola agrees."""
    from fairground.web.accounts.models import User
    from fairground.web.power.juries.actions.people import add_officer
    from fairground.web.power.lots.actions import lottery

    def go(draw, reason="A slip."):
        second = User.objects.filter(email="ola@example.org").first() or make_user("ola")
        add_officer(draw.jury, second.email, by=bob)
        lottery.ask_to_call_off(draw, reason, by=bob)
        lottery.call_off(draw, by=second)

    return go


@pytest.fixture
def pooled(jury, volunteer):  # noqa: F811
    from fairground.web.power.juries.models import Jury

    for n in range(30):
        volunteer(jury, n)
    Jury.objects.filter(pk=jury.pk).update(registration_closes=timezone.now() - timedelta(minutes=1))
    jury.refresh_from_db()
    return jury


@pytest.fixture
def prepared(pooled, bob):
    from fairground.web.power.lots.actions import lottery

    known = timezone.now() + timedelta(days=1)
    return lottery.prepare(
        pooled,
        by=bob,
        rule="leximin",
        announced=["Lotto of Saturday", "Bonus ball"],
        known_from=known,
        place=False,
    )


@pytest.fixture
def sealed(prepared):
    from fairground.web.power.lots.actions import lottery

    lottery.make(prepared, lambda share: None)
    prepared.refresh_from_db()
    return prepared


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the clock on by days."""
    real = timezone.now

    def go(days):
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=days))

    return go


@pytest.fixture
def drawn(sealed, bob, ola, later):
    from fairground.web.power.lots.actions import lottery

    later(2)
    assert lottery.read_out(sealed, VALUES, by=bob) is None
    made = lottery.read_out(sealed, ["45 41 34 26 18 9", "7"], by=ola)
    assert made is not None
    return made
