"""What the made-up jury of the demo did: its sessions in the past. Nobody in it is real."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.tables import toml
from fairground.web.accounts.models import User
from fairground.web.power.juries.example import OFFICER, SLUG
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.actions import answers, evidence, payments, recommendations, sessions
from fairground.web.power.sittings.members import members
from fairground.web.power.sittings.models import Recommendation, Session


def load() -> list[tuple[str, str]]:
    """Make what the jury did, once; nobody new can sign in."""
    jury = Jury.objects.filter(round__slug=SLUG).select_related("round").first()
    if jury is not None and not jury.sessions.exists():
        with transaction.atomic():
            _all(jury, User.objects.get(email=OFFICER), toml("fairground.web.power.sittings", "example.toml"))
    return []


def ago(days: int, hour: int = 10) -> datetime:
    """Return a moment so many days ago, at an hour of that day."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), time(hour)))


def _all(jury: Jury, officer: Any, told: Any) -> None:
    _sessions(jury, officer, told)
    at = {one.number: one for one in jury.sessions.all()}
    _heard(jury, officer, told, at)
    _pay(jury, officer, told, at)
    rows = [_recommend(jury, officer, one, at[4]) for one in told["recommendations"]]
    recommendations.publish_report(jury, by=officer, at=ago(told["report"]["ago"]))
    answers.keep_letter(jury, "ask", by=officer, sent_on=ago(259).date())
    for row, one in zip(rows, told["recommendations"], strict=True):
        _answer(jury, officer, row, one)
    answers.keep_letter(jury, "late", by=officer, sent_on=ago(100).date())


def _pay(jury: Jury, officer: Any, told: Any, at: dict[int, Session]) -> None:
    on = {one.seat: one.key for one in members(jury) if not one.left}
    for one, facts in zip(at.values(), told["sessions"], strict=True):
        there = [seat for seat in on if seat not in facts["away"]]
        day = ago(facts["ago"] - 3).date()
        for kind, pence, seats in (
            ("gift", told["payments"]["thanks"], there),
            ("travel", told["payments"]["travel"], there),
            ("care", told["payments"]["care"], told["payments"]["carers"]),
        ):
            payments.pay(
                jury,
                [on[seat] for seat in seats],
                by=officer,
                kind=kind,
                pence=pence,
                paid_on=day,
                session=one,
            )
    extra = told["payments"]["extra"]
    payments.pay(
        jury, [on[seat] for seat in extra["seats"]], by=officer, kind="hours", pence=extra["pence"],
        minutes=extra["minutes"], paid_on=ago(262).date(), reference="Made up",
    )  # fmt: skip


def _recommend(jury: Jury, officer: Any, one: Any, session: Session) -> Recommendation:
    words = {name: one[name] for name in ("title", "words", "reasons")}
    first = words | {"words": one.get("first_words", one["words"])}
    row = recommendations.add_recommendation(jury, by=officer, **first)
    if "why" in one:
        recommendations.reword(row, by=officer, why=one["why"], **words)
    votes = dict(zip(recommendations.VOTE, one["votes"], strict=True))
    recommendations.vote(row, by=officer, session=session, **votes)
    for people, said in one.get("minorities", ()):
        recommendations.add_minority(row, by=officer, people=people, words=said)
    return row


def _answer(jury: Jury, officer: Any, row: Recommendation, one: Any) -> None:
    if "response" in one:
        kind, days, reason, will_do, until = one["response"]
        answers.respond(
            row, by=officer, kind=kind, reason=reason, will_do=will_do, given_by=jury.decider,
            decided_on=ago(days).date(), by_when=ago(until).date() if until else None,
            now=ago(days, 15),
        )  # fmt: skip
    for days, state, words, address in one.get("follow_ups", ()):
        answers.follow_up(
            row, by=officer, day=ago(days).date(), state=state, words=words, address=address,
            who="The made-up council’s transport team",
        )  # fmt: skip


def _heard(jury: Jury, officer: Any, told: Any, at: dict[int, Session]) -> None:
    sides = {one["name"]: evidence.add_side(jury, by=officer, **one) for one in told["sides"]}
    people = []
    for one in told["experts"]:
        facts = one | {"side": sides[one["side"]], "session": at[one["session"]]}
        first = {name: facts[name] for name in ("side", "speaks_for", "why", "source")}
        people.append(evidence.suggest(jury, by=officer, **first))
        evidence.accept(people[-1], by=officer, **facts)
    for one in told["refused"]:
        made = evidence.suggest(
            jury, by=officer, side=sides[one["side"]], speaks_for="a firm", why="Asked to"
        )
        evidence.refuse(made, by=officer, reason=one["reason"])
    for one in told["evidence"]:
        rows = {"session": at[one["session"]], "witness": people[one["expert"]]}
        rows["side"] = sides.get(one.get("side"))
        words = {name: one[name] for name in ("title", "summary", "source", "year", "licence")}
        evidence.add_evidence(jury, by=officer, address=one.get("address", ""), **words, **rows)
    for one in told["questions"]:
        who = people[one["expert"]] if "expert" in one else None
        asked = evidence.ask(jury, by=officer, words=one["words"], session=at[one["session"]], witness=who)
        if "reply" in one:
            evidence.reply(asked, by=officer, words=one["reply"], given_by=one["given_by"])


def _sessions(jury: Jury, officer: Any, told: Any) -> None:
    for one in told["sessions"]:
        made = sessions.add_session(
            jury, by=officer, title=one["title"], starts_at=ago(one["ago"]), ends_at=ago(one["ago"], 16),
            where=one["where"], agenda="\n".join(one["agenda"]), access=told["access"],
            watch=one.get("watch", ""),
        )  # fmt: skip
        away = set(one["away"])
        there = [one.key for one in members(jury) if not one.left and one.seat not in away]
        sessions.attend(made, there, by=officer)
        for title, address in one.get("materials", ()):
            sessions.add_material(made, by=officer, title=title, address=address)
