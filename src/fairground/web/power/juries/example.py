"""Made-up juries in Stoke-on-Trent for the demo, with pools of generated volunteers; nobody in them is real.

One is over, one is looking for volunteers now: anybody can try it with the code of its made-up letter.

Addresses end in example.org, which RFC 2606 keeps for examples; streets and postcodes do not exist.
"""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.questions.power.small_counts import LEAST
from fairground.tables import toml
from fairground.web.accounts.actions import appoint, enrol
from fairground.web.accounts.models import Role
from fairground.web.participation.actions import give_round_role
from fairground.web.participation.models import RoundRoleName
from fairground.web.power.juries import sealing
from fairground.web.power.juries.actions import juries
from fairground.web.power.juries.actions.letters import set_plan
from fairground.web.power.juries.actions.publishing import publish_pool
from fairground.web.power.juries.actions.volunteers import register_all
from fairground.web.power.juries.bridge import read_code, write_code
from fairground.web.power.juries.letters import WORDS
from fairground.web.power.juries.models import Jury, Letter, Volunteer, Way
from fairground.web.power.juries.told import Told

STOKE = "E06000021"
SLUG = "stoke-on-trent-bus-jury"
OFFICER = "juno@example.org"
PARKS = "stoke-on-trent-parks-jury"
LETTER = write_code(b"a made-up letter")  # known to all: it opens a jury of nobody
BEGAN = 400  # days before today on which people could first volunteer


def load() -> list[tuple[str, str]]:
    """Make the jury and its pool once; return each address that can sign in with what the person is."""
    for slug, make in ((SLUG, _jury), (PARKS, _parks)):
        if not Jury.objects.filter(round__slug=slug).exists():
            with transaction.atomic():
                make()
    return [(OFFICER, "Officer of the made-up juries in Stoke-on-Trent")]


def _jury() -> None:
    officer = enrol(OFFICER, by=None, name="Juno")
    appoint(officer, Role.OFFICER, place_code=STOKE, by=None)
    told = toml("fairground.web.power.juries", "example.toml")
    now = timezone.now()
    jury = juries.create_jury(
        by=officer, place_code=STOKE, title=told["title"], summary=told["summary"], fictional=True,
        question=told["question"], remit=told["remit"], decider=told["decider"], size=told["size"],
        answer_by=timezone.localdate() - timedelta(days=150), registration_opens=now - timedelta(days=BEGAN),
        registration_closes=now + timedelta(hours=1), erase_on=timezone.localdate() + timedelta(days=120),
    )  # fmt: skip
    juries.set_targets(jury, asked(told), by=officer)
    juries.publish_jury(jury, by=officer)
    set_plan(jury, by=officer, **PLAN)
    ada = enrol("ada@example.org", by=None, name="Ada")
    give_round_role(jury.round, ada, RoundRoleName.OFFICER, by=officer)
    volunteers(jury, told, chance=random.Random(2023))
    Jury.objects.filter(pk=jury.pk).update(registration_closes=now - timedelta(days=BEGAN - 42))

    jury.refresh_from_db()
    on_their_days(jury)
    if jury.volunteers.count() >= LEAST:
        publish_pool(jury, by=officer)


PLAN: dict[str, Any] = {
    "letters": 2000, "answering": Decimal(3), "sender": "Juno",
    "contact": "Phone the made-up officers on 01632 960000, or write to the Town Hall",
    "parts": [
        ["Tunstall", 8000, 2.2, 1.8], ["Burslem", 10000, 2.4, 1.8], ["Hanley", 16000, 2.0, 1.7],
        ["Stoke", 15000, 3.1, 1.8], ["Fenton", 6000, 2.5, 1.8], ["Longton", 18000, 2.6, 1.9],
    ],
    "pay": "£90 for each day, the way there and back, and care for children or others",
}  # fmt: skip


def _parks() -> None:
    """Make a jury that people can volunteer for now, by letter; one letter's code is known to everybody."""
    officer = enrol(OFFICER, by=None, name="Juno")
    told = toml("fairground.web.power.juries", "example_parks.toml")
    names = toml("fairground.web.power.juries", "example.toml")["names"]
    now, today = timezone.now(), timezone.localdate()
    jury = juries.create_jury(
        by=officer, place_code=STOKE, title=told["title"], summary=told["summary"].replace("CODE", LETTER),
        fictional=True, question=told["question"], remit=told["remit"], decider=told["decider"],
        size=told["size"], answer_by=today + timedelta(days=300), registration_opens=now - timedelta(days=12),
        registration_closes=now + timedelta(days=60), erase_on=today + timedelta(days=400),
    )  # fmt: skip
    juries.set_targets(jury, asked(told), by=officer)
    juries.publish_jury(jury, by=officer)
    set_plan(jury, by=officer, words=WORDS, **PLAN)
    volunteers(jury, {**told, "names": names}, chance=random.Random(2026))
    on_their_days(jury)
    Jury.objects.filter(pk=jury.pk).update(letter_needed=True)
    Letter.objects.create(jury=jury, number=1, code_hash=sealing.digest(jury, read_code(LETTER)))


def asked(told: Any) -> list[juries.Asked]:
    """Return the questions of the example as the site keeps them."""
    return [
        juries.Asked(
            one["name"],
            one["question"],
            tuple(
                juries.Value(name, low, high, Decimal(str(share)))
                for name, share, low, high, _ in one["values"]
            ),
            one.get("hint", ""),
            "Made up for this example",
        )
        for one in told["asked"]
    ]


def on_their_days(jury: Jury) -> None:
    """Let people have volunteered on days on which they could, more of them at the beginning."""
    chance, people = random.Random(jury.size), list(jury.volunteers.all())
    room = min(jury.registration_closes, timezone.now()) - jury.registration_opens
    for person, part in zip(people, sorted(chance.random() ** 2 for _ in people), strict=True):
        person.registered_at = person.changed_at = jury.registration_opens + room * part
    Volunteer.objects.bulk_update(people, ["registered_at", "changed_at"], batch_size=500)


def volunteers(jury: Jury, told: Any, *, chance: random.Random) -> None:
    """Put generated people into a pool; some answers volunteer more often than others, as in life."""
    names, people = told["names"], []
    for n in range(told["people"]):
        name = f"{chance.choice(names['first'])} {chance.choice(names['last'])}"
        values = {}
        for one in told["asked"]:
            ways = [share * keen for _, share, _, _, keen in one["values"]]
            values[one["name"]] = chance.choices([v[0] for v in one["values"]], ways)[0]
        home = n - 1 if n % 16 == 15 else n  # one in sixteen lives with the one before
        person = Told(
            name=f"{name} {n + 1}", values=values, email=f"volunteer{n + 1}@example.org",
            address=f"{1 + home} {names['street'][home % len(names['street'])]}", postcode="ST0 0AA",
        )  # fmt: skip
        people.append(person)
    register_all(jury, people, key="example", way=Way.ONLINE)
