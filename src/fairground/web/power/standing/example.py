"""A made-up standing jury in Stoke-on-Trent for the demo, in its second rotation; nobody in it is real.

The public values of its draws are made up, and say so: no such lottery was held.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.tables import toml
from fairground.web.accounts.models import User
from fairground.web.participation.actions import give_round_role
from fairground.web.participation.models import RoundRoleName
from fairground.web.power.juries.actions import juries
from fairground.web.power.juries.actions.volunteers import register_all
from fairground.web.power.juries.example import OFFICER, STOKE, asked, on_their_days
from fairground.web.power.juries.models import Jury, Way
from fairground.web.power.juries.told import Told
from fairground.web.power.lots.actions import lottery, seats
from fairground.web.power.lots.example import ANNOUNCED, COLLEAGUE
from fairground.web.power.lots.models import Seat, SeatState
from fairground.web.power.standing.actions import rotations
from fairground.web.power.standing.models import StandingJury

SLUG = "stoke-on-trent-standing-jury"
VALUES = (("5, 12, 19, 27, 33, 44", "16"), ("2, 14, 21, 30, 36, 42", "8"))
BEGAN = (470, 100)  # days before today on which people could first volunteer


def load() -> list[tuple[str, str]]:
    """Make the standing jury once; nobody new can sign in."""
    if not StandingJury.objects.filter(slug=SLUG).exists() and User.objects.filter(email=COLLEAGUE).exists():
        with transaction.atomic():
            _standing(toml("fairground.web.power.standing", "example.toml"))
    return []


def _standing(told: Any) -> None:
    juno, ada = (User.objects.get(email=email) for email in (OFFICER, COLLEAGUE))
    words = {name: told[name] for name in ("question", "remit", "decider", "summary")}
    title = told["title"]
    first = juries.create_jury(
        by=juno, place_code=STOKE, fictional=True, size=told["size"], title=f"{title}, rotation 1", **words,
        **_days(0),
    )  # fmt: skip
    juries.set_targets(first, asked(told), by=juno)
    give_round_role(first.round, ada, RoundRoleName.OFFICER, by=juno)
    facts = {name: told[name] for name in ("summary", "leave", "cooling")}
    standing = rotations.make_standing(first, by=juno, title=title, **facts)
    _sit(first, told, 0, juno, ada)
    rotations.begin(standing, by=juno, on=_ago(BEGAN[0] - 80).date())
    row = rotations.next_rotation(standing, by=juno, title=f"{title}, rotation 2", **words, **_days(1))
    _sit(row.jury, told, 1, juno, ada)
    rotations.begin(standing, by=juno, on=_ago(BEGAN[1] - 80).date())


def _ago(days: int) -> Any:
    return timezone.localtime(timezone.now() - timedelta(days=days))


def _days(at: int) -> dict[str, Any]:
    return {
        "answer_by": _ago(BEGAN[at] - 360).date(), "registration_opens": _ago(BEGAN[at]),
        "registration_closes": timezone.now() + timedelta(hours=1), "erase_on": _ago(-900).date(),
    }  # fmt: skip


def _sit(jury: Jury, told: Any, at: int, juno: Any, ada: Any) -> None:
    """Fill a jury: people volunteer, are drawn by the engine, and say yes."""
    juries.publish_jury(jury, by=juno)
    register_all(jury, _people(told, at), key="example", way=Way.ONLINE)
    Jury.objects.filter(pk=jury.pk).update(registration_closes=_ago(BEGAN[at] - 42))
    jury.refresh_from_db()
    on_their_days(jury)
    day = _ago(BEGAN[at] - 49)
    draw = lottery.prepare(
        jury, by=juno, rule="leximin", announced=ANNOUNCED, known_from=day + timedelta(days=2), place=False,
        now=day,
    )  # fmt: skip
    lottery.make(draw, lambda share: None, now=day + timedelta(minutes=1))
    for officer in (juno, ada):
        lottery.read_out(draw, VALUES[at], by=officer, now=day + timedelta(days=2, minutes=5))
    seats.invite(jury, by=juno, answer_by=(day + timedelta(days=20)).date(), now=day + timedelta(days=3))
    asked_to = Seat.objects.filter(jury=jury, state=SeatState.INVITED)
    for seat in asked_to.select_related("jury__round", "volunteer"):
        seats.answer(seat, SeatState.ACCEPTED, now=day + timedelta(days=6))


def _people(told: Any, at: int) -> list[Told]:
    chance, names = random.Random(60 + at), toml("fairground.web.power.juries", "example.toml")["names"]
    people = []
    for n in range(told["people"][at]):
        values = {}
        for one in told["asked"]:
            ways = [share * keen for _, share, _, _, keen in one["values"]]
            values[one["name"]] = chance.choices([v[0] for v in one["values"]], ways)[0]
        name = f"{chance.choice(names['first'])} {chance.choice(names['last'])}"
        where = f"{1 + n} {names['street'][n % len(names['street'])]}"
        people.append(
            Told(
                f"{name} {at + 1}-{n + 1}", values, where, "ST0 0AB", f"standing{at + 1}-{n + 1}@example.org"
            )
        )
    return people
