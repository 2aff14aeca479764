"""A standing jury of six of whom two leave each time, and a way to fill a jury."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.power.juries.conftest import jury, make_jury, volunteer  # noqa: F401


@pytest.fixture
def ola(make_user):
    return make_user("ola")


@pytest.fixture
def fill(volunteer, bob, ola):  # noqa: F811
    """Return a function that fills a jury: thirty people volunteer, are drawn, and say yes."""
    from fairground.web.participation.actions import give_round_role
    from fairground.web.participation.models import RoundRoleName
    from fairground.web.power.juries.models import Jury
    from fairground.web.power.lots.actions import lottery, seats
    from fairground.web.power.lots.models import Seat, SeatState

    def go(jury, first=0, *, accept=True):  # noqa: F811
        give_round_role(jury.round, ola, RoundRoleName.OFFICER, by=bob)
        for n in range(first, first + 30):
            volunteer(jury, n)
        Jury.objects.filter(pk=jury.pk).update(registration_closes=timezone.now() - timedelta(hours=1))
        jury.refresh_from_db()
        now = timezone.now()
        draw = lottery.prepare(
            jury, by=bob, rule="leximin", announced=["Lotto"], known_from=now + timedelta(hours=1),
            place=False, now=now,
        )  # fmt: skip
        lottery.make(draw, lambda share: None, now=now)
        for officer in (bob, ola):
            lottery.read_out(draw, ["1, 2, 3"], by=officer, now=now + timedelta(hours=2))
        seats.invite(jury, by=bob, answer_by=timezone.localdate() + timedelta(days=9))
        for seat in Seat.objects.filter(jury=jury).select_related("jury__round", "volunteer"):
            if accept:
                seats.answer(seat, SeatState.ACCEPTED)

    return go


@pytest.fixture
def standing(jury, bob):  # noqa: F811
    from fairground.web.power.standing.actions import rotations

    return rotations.make_standing(
        jury, by=bob, title="Standing jury", summary="It stays.", leave=2, cooling=1
    )


@pytest.fixture
def facts():
    now = timezone.now()
    return {
        "title": "Standing jury, rotation 2", "summary": "The next.", "question": "What now?",
        "remit": "All.", "decider": "Cabinet", "answer_by": timezone.localdate() + timedelta(days=200),
        "registration_opens": now - timedelta(days=1), "registration_closes": now + timedelta(days=20),
        "erase_on": timezone.localdate() + timedelta(days=300),
    }  # fmt: skip


@pytest.fixture
def second(standing, fill, bob, facts):
    """The second rotation, set up."""
    from fairground.web.power.standing.actions import rotations

    fill(standing.rotations.get().jury)
    rotations.begin(standing, by=bob)
    return rotations.next_rotation(standing, by=bob, **facts)


@pytest.fixture
def opened(second, bob):
    """The second rotation, for which people can volunteer."""
    from fairground.web.power.juries.actions import juries

    juries.publish_jury(second.jury, by=bob)
    return second
