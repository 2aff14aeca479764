"""Setting up a jury, changing it, publishing it, and saying whom it must hold; each leaves an audit event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.participation import actions as rounds
from fairground.web.participation.models import Kind, Round
from fairground.web.power.juries import bridge, sealing
from fairground.web.power.juries.actions.people import add_officer
from fairground.web.power.juries.models import Feature, FeatureValue, Jury
from fairground.web.power.juries.permissions import need

CHANGEABLE = (
    "question", "remit", "decider", "answer_by", "size", "one_of_an_address", "letter_needed", "least_age",
    "registration_opens", "registration_closes", "erase_on",
)  # fmt: skip
KEPT_DAYS = ("registration_closes", "erase_on")  # how long people are in the pool: only for its officers
AFTER_LETTERS = ("question", "decider", "least_age")  # what a letter said cannot change behind its back


# What else limits the targets of a jury: each raises where they cannot be.
ROOM: list[Callable[[Jury, Sequence[tuple[str, str, int, int]]], None]] = []


@dataclass(frozen=True)
class Value:
    """One answer that volunteers can give, and how many of the jury must have it."""

    name: str
    least: int
    most: int
    share: Decimal | None = None


@dataclass(frozen=True)
class Asked:
    """Something that volunteers are asked."""

    name: str
    question: str
    values: tuple[Value, ...]
    hint: str = ""
    source: str = ""


@transaction.atomic
def create_jury(
    *, by: Any, place_code: str, title: str, summary: str, fictional: bool = False, **facts: Any
) -> Jury:
    """Set up a jury that nobody else sees yet; whoever sets it up is its officer and may open its pool."""
    round = rounds.create_round(
        by=by, place_code=place_code, title=title, summary=summary, kind=Kind.JURY, fictional=fictional
    )
    jury = Jury(round=round, **facts)
    _check(jury)
    jury.save(force_insert=True)
    sealing.begin(jury)
    record("jury.create", by=by, subject=str(round.pk), size=jury.size)
    return jury


@transaction.atomic
def set_up(*, by: Any, second: str = "", **facts: Any) -> Jury:
    """Set up a jury, with the colleague who is its second officer where an address is told; all or nothing.

    Raises
    ------
    BadInput : days in the wrong order; nobody else has an account with the address of the colleague.
    """
    jury = create_jury(by=by, **facts)
    if second.strip():
        try:
            given = add_officer(jury, second, by=by)
        except BadInput as fault:
            raise BadInput(fault.what, "second", fault.value) from None
        if given.user_id == by.pk:
            raise BadInput("This is your own address. A second officer is a colleague", "second", second)
    return jury


@transaction.atomic
def change_jury(jury: Jury, *, by: Any, **facts: Any) -> None:
    """Change a jury's words, size and days.

    Raises
    ------
    BadInput : days in the wrong order; something that letters have told already; a jury that is erased.
    PermissionDenied : somebody who may not open the pool changes how long people are in it.
    """
    need(by, "jury.manage", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    _still_kept(jury)
    given = {name: facts[name] for name in CHANGEABLE if name in facts}
    changed = [name for name, value in given.items() if getattr(jury, name) != value]
    if any(name in KEPT_DAYS for name in changed):
        need(by, "pool.open", jury)
    if jury.letters.exists() and (told := [name for name in changed if name in AFTER_LETTERS]):
        raise BadInput("The letters are made, and they say this. It cannot change any more", told[0])
    for name in changed:
        setattr(jury, name, given[name])
    _check(jury)
    jury.save(update_fields=changed or None)
    words = {name: facts[name] for name in ("title", "summary") if name in facts}
    if words:
        Round.objects.filter(pk=jury.pk).update(**words)
    record("jury.change", by=by, subject=str(jury.pk), changed=[*changed, *words])


@transaction.atomic
def publish_jury(jury: Jury, *, by: Any) -> None:
    """Show the jury to everyone; doing it twice changes nothing.

    Raises
    ------
    BadInput : nothing says yet whom the jury must hold.
    """
    need(by, "jury.manage", jury)
    if not jury.features.exists():
        raise BadInput("Say first whom the jury must hold: at least one feature, such as age.")
    if Round.objects.filter(pk=jury.pk, published_at=None).update(published_at=timezone.now()):
        record("jury.publish", by=by, subject=str(jury.pk))
    jury.round.refresh_from_db()


@transaction.atomic
def set_targets(jury: Jury, asked: Sequence[Asked], *, by: Any) -> None:
    """Say what volunteers are asked and whom the jury must hold, in place of what was said before.

    Raises
    ------
    BadInput, Impossible : targets that no jury of this size can meet; a question or an answer taken away
        after somebody volunteered.
    """
    need(by, "jury.manage", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    _still_kept(jury)
    _check_targets(jury, asked)
    for check in ROOM:
        check(jury, [(one.name, v.name, v.least, v.most) for one in asked for v in one.values])
    jury.features.all().delete()
    for at, one in enumerate(asked):
        feature = Feature.objects.create(
            jury=jury, position=at, name=one.name, question=one.question, hint=one.hint, source=one.source
        )
        FeatureValue.objects.bulk_create(
            FeatureValue(feature=feature, position=n, name=v.name, share=v.share, least=v.least, most=v.most)
            for n, v in enumerate(one.values)
        )
    told = {one.name: {v.name: [v.least, v.most] for v in one.values} for one in asked}
    record("jury.targets", by=by, subject=str(jury.pk), targets=told)


def _check_targets(jury: Jury, asked: Sequence[Asked]) -> None:
    if not asked or any(len(one.values) < 2 for one in asked):
        raise BadInput("Ask at least one thing, each with at least two answers to choose from.")
    bridge.quotas(jury.size, [(one.name, v.name, v.least, v.most) for one in asked for v in one.values])
    if jury.volunteers.exists():
        had = {feature.name: {v.name for v in feature.values.all()} for feature in jury.features.all()}
        have = {one.name: {v.name for v in one.values} for one in asked}
        if had != have:
            raise Impossible(
                "People have volunteered, and answered these questions. You can change how many the jury "
                "must hold of each answer, not the questions or the answers."
            )


def _check(jury: Jury) -> None:
    if jury.registration_closes <= jury.registration_opens:
        raise BadInput(
            "Registration must close after it opens", "registration_closes", jury.registration_closes
        )
    if jury.erase_on <= timezone.localdate(jury.registration_closes):
        what = "What volunteers told us is needed until the jury is drawn"
        raise BadInput(what, "erase_on", jury.erase_on, "a day after registration closes")
    if jury.size < 1:
        raise BadInput("A jury has at least one person", "size", jury.size, "1 or more")


def _still_kept(jury: Jury) -> None:
    if jury.erased_at:
        raise Impossible("This jury's pool is erased. It cannot change any more.")
