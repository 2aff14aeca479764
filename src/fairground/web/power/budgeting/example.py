"""A made-up round in Redcar with ideas in every phase, for the demo; people and figures are fictional.

Addresses end in example.org, which RFC 2606 keeps for examples. Points on the map are near the places named.
"""

from __future__ import annotations

import tomllib
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fairground.web.accounts.actions import appoint, enrol
from fairground.web.accounts.models import Role, User
from fairground.web.ballots import example as vote_to_try
from fairground.web.participation import actions
from fairground.web.participation.models import Round
from fairground.web.power.budgeting import finished
from fairground.web.power.budgeting.actions import ideas, pots, projects, rulings
from fairground.web.power.budgeting.models import Idea, Pot

REDCAR = "E06000003"
SLUG = "redcar-decides"
OFFICER = "olive@example.org"
RESIDENTS = ("rosa", "dev", "hannah", "tomasz", "shirley", "ibrahim")
SUMMARY = (
    "You decide how £1.2 million is spent on streets, parks and the seafront. Send an idea, see what the "
    "council finds out about it, then vote."
)
POTS: tuple[tuple[str, int, int, list[str]], ...] = (
    ("Whole borough", 60_000_000, 25_000_000, []),
    ("Coast", 36_000_000, 15_000_000, ["Redcar", "Marske", "Saltburn"]),
    ("Hills and steel towns", 24_000_000, 12_000_000, ["Guisborough", "Eston", "South Bank", "Loftus"]),
)
TOLD = tomllib.loads(files(__package__).joinpath("example.toml").read_text("utf-8"))
KEEPS = "It is about the borough, names nobody, and is something that the council may do."


def fixed(name: str) -> UUID:
    """Return the same identifier for a name in every demo, so that its page has the same address."""
    return uuid5(NAMESPACE_URL, f"fairground-example:{name}")


def load() -> list[tuple[str, str]]:
    """Make the round once; return each address that can sign in with what the person is."""
    if not Round.objects.filter(slug=SLUG).exists():
        sent_by, settings.EMAIL_BACKEND = (
            settings.EMAIL_BACKEND,
            "django.core.mail.backends.dummy.EmailBackend",
        )
        try:
            with transaction.atomic():
                _round()
        finally:
            settings.EMAIL_BACKEND = sent_by
    return [(OFFICER, "Officer of the made-up round in Redcar"), ("hannah@example.org", "Resident of Redcar")]


def _round() -> None:
    people = {
        name: enrol(f"{name}@example.org", by=None, name=name.title()) for name in (*RESIDENTS, "mo", "ada")
    }
    officer = enrol(OFFICER, by=None, name="Olive")
    appoint(officer, Role.OFFICER, place_code=REDCAR, by=None)
    appoint(people["ada"], Role.ADMINISTRATOR, place_code=REDCAR, by=None)
    finished.load(by=officer, place_code=REDCAR)
    vote_to_try.load(by=officer)
    round = actions.create_round(
        by=officer,
        place_code=REDCAR,
        title="Redcar Decides",
        summary=SUMMARY,
        fictional=True,
        council_budget_pence=14_500_000_000,
        council_budget_source="A made-up figure for this example, not the council’s own",
    )
    _dates(round, officer)
    for name, amount, ceiling, districts in POTS:
        pots.add_pot(
            round,
            by=officer,
            name=name,
            amount_pence=amount,
            ceiling_pence=ceiling,
            districts=list(districts),
        )
    actions.publish_round(round, by=officer)
    actions.give_round_role(round, people["mo"], "moderator", by=officer)
    actions.give_round_role(round, people["ada"], "officer", by=officer)
    _ideas(round, people)
    _checks(round, officer, people)
    _findings(round, officer)


def _dates(round: Round, officer: User) -> None:
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    spans = {
        "ideas": (-40, 21),
        "merging": (-25, 25),
        "moderation": (-20, 30),
        "feasibility": (-12, 45),
        "ballot": (50, 71),
        "count": (71, 73),
        "delivery": (80, 445),
    }
    days = {name: (start + timedelta(days=a), start + timedelta(days=b)) for name, (a, b) in spans.items()}
    actions.set_phases(round, days, by=officer)


def _ideas(round: Round, people: dict[str, User]) -> None:
    named = {pot.name: pot for pot in round.pots.all()}
    for number, one in enumerate(TOLD["idea"]):
        ideas.send_idea(
            round,
            by=people[one["who"]],
            id=fixed(one["key"]),
            title=one["title"],
            words=one["words"],
            place_name=one["place"],
            latitude=Decimal(one["latitude"]),
            longitude=Decimal(one["longitude"]),
            pot=named[one["pot"]],
            written_at=timezone.now() - timedelta(days=38 - 3 * number),
        )


def _checks(round: Round, officer: User, people: dict[str, User]) -> None:
    together = ideas.merge_ideas(
        round,
        [_idea("benches"), _idea("seats")],
        by=officer,
        title="Ten seats along the seafront",
        words="Ten benches with arms between the bandstand and the boats.",
        reason="Both ask for seats by the sea.",
    )
    parts = (
        ("A swing that fits a wheelchair", "A swing that everybody can use, in Zetland Park."),
        ("Shade for the playground", "Ten trees round the playground in Zetland Park."),
    )
    swing, _ = ideas.split_idea(_idea("swing"), parts, by=officer, reason="The two can be built apart.")
    for idea in (together, swing, *map(_idea, ("path", "repair", "toilets", "tunnel"))):
        rulings.rule(idea, by=people["mo"], accepted=True, reason=KEEPS)
    refused = rulings.rule(
        _idea("fireworks"),
        by=people["mo"],
        accepted=False,
        reason="The rules of this round leave out single events: only things that last can be paid for.",
    )
    rulings.appeal(refused, by=people["ibrahim"], words="It would come back every summer, so it does last.")
    ideas.withdraw_idea(_idea("planters"), by=people["tomasz"])


def _findings(round: Round, officer: User) -> None:
    named: dict[str, Pot] = {pot.name: pot for pot in round.pots.all()}
    for one in TOLD["finding"]:
        title = one["title"]
        known = {"id": fixed("project-benches")} if title.startswith("Ten") else {}
        idea = round.ideas.get(title=title)
        project = projects.take_forward(idea, by=officer, pot=named[one["pot"]], **known)
        found = {"feasible": one["feasible"], "cost_pence": one.get("pence"), "reason": one["reason"]}
        projects.assess(project, by=officer, **found)
        if not title.startswith("A repair"):
            projects.publish_findings(round, by=officer)
    projects.take_forward(_idea("toilets"), by=officer, pot=named["Hills and steel towns"])


def _idea(key: str) -> Idea:
    return Idea.objects.get(pk=fixed(key))
