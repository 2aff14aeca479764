"""Made-up cases in Stoke-on-Trent, Redcar and Hastings for the demo: one in each stage of each procedure.

Each is made by the same actions as a real one, its days counted back from today. Buildings and people are
fictional.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from fairground.web.accounts.actions import appoint, enrol
from fairground.web.accounts.models import Role, User
from fairground.web.wealth.property.actions import cases, letters, words
from fairground.web.wealth.property.models import Case

TOWNS = {
    "stoke": ("E06000021", "omar@example.org", "Omar"),
    "redcar": ("E06000003", "olive@example.org", "Olive"),
    "hastings": ("E07000062", "hattie@example.org", "Hattie"),
}
TOLD = tomllib.loads(files(__package__).joinpath("example.toml").read_text("utf-8"))


def fixed(key: str) -> UUID:
    """Return the same identifier for a case in every demo, so that its page has the same address."""
    return uuid5(NAMESPACE_URL, f"fairground-example:case-{key}")


def load() -> list[tuple[str, str]]:
    """Make the cases once; return who can sign in beside the people of the other examples."""
    officers = {town: _officer(*facts) for town, facts in TOWNS.items()}
    if not Case.objects.filter(pk=fixed(TOLD["case"][0]["key"])).exists():
        with transaction.atomic():
            for told in TOLD["case"]:
                _case(told, officers[told["town"]])
    return [("hattie@example.org", "Council officer of Hastings")]


def _officer(place_code: str, email: str, name: str) -> User:
    officer = enrol(email, by=None, name=name)
    appoint(officer, Role.OFFICER, place_code=place_code, by=None)
    return officer


def _case(told: dict[str, Any], officer: User) -> None:
    place_code, today = TOWNS[told["town"]][0], timezone.localdate()
    facts: dict[str, Any] = {name: told[name] for name in ("where", "about", "owner_kind") if name in told}
    if "supposed" in told:
        facts["supposed_from"] = _ago(today, told["supposed"])
    case = cases.open_case(
        by=officer, procedure=told["procedure"], place_code=place_code, title=told["title"],
        id=fixed(told["key"]), fictional=True, **facts,
    )  # fmt: skip
    for kind, days, *note in told["events"]:
        if kind == "represent":
            _say(case, note, officer, _ago(today, days))
        else:
            cases.record_event(case, by=officer, kind=kind, day=_ago(today, days), note=" ".join(note))
    for kind, to in told.get("letters", ()):
        event = case.events.get(kind=kind)
        letters.send_letter(event, to, by=officer, sent_on=event.day)
    if "outcome" in told:
        cases.close_case(case, by=officer, outcome=told["outcome"], reasons=told["reasons"])


def _say(case: Case, note: list[str], officer: User, day: date) -> None:
    """Add what somebody wrote: the words, how they are named, and the council's answer where there is one."""
    said, signed, *answer = note
    one = words.represent(case, words=said, signed=signed, by=officer, day=day)
    if answer:
        words.check_representation(one, by=officer, shown=True)
        words.respond(one, by=officer, words=answer[0])


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)
