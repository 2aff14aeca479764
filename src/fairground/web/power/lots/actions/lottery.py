"""A draw from asking for the lottery to its number; each step leaves an audit event.

Rule 1: the lottery is sealed before the public values can be known, and says which values will choose.
Rule 2: from the seal on nothing of it changes; what cannot stand is called off with a reason, and stays.
Rule 3: two officers write the values down, each for themselves; the draw is made when they agree.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, FairgroundError, Impossible
from fairground.web.answers import in_words
from fairground.web.audit.actions import record
from fairground.web.jobs import actions as jobs
from fairground.web.power.juries.actions.juries import publish_jury
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.juries.permissions import need
from fairground.web.power.juries.pictures import would_tell
from fairground.web.power.lots import bridge, seconds
from fairground.web.power.lots.models import (
    GONE,
    HOLDING,
    CallingOff,
    Draw,
    Reading,
    Seat,
    SeatState,
    Standby,
    standing,
    under_way,
)

MOST_VALUES = 6
MOST_OF_A_VALUE = 200  # letters


@transaction.atomic
def prepare(
    jury: Jury, *, by: Any, rule: str, announced: Sequence[str], known_from: datetime,
    way_out: int | None = None, reason: str = "", way: str = "values", place: bool = True,
    now: datetime | None = None,
) -> Draw:  # fmt: skip
    """Ask for the lottery of the next draw: the first, or one for the places of those who do not come.

    A jury that nobody else sees yet is published with it: everyone must be able to see the seal.

    Parameters
    ----------
    way : what gives the number: public values, balls or dice. way_out : which way to change the targets is
        taken, from 0, where they cannot be met any more; needs a reason, which everyone sees. place : put the
        work into the queue of jobs. now : the moment, where it is not this one, as in a made-up example.

    Raises
    ------
    BadInput : a moment that has passed, nothing announced, a change without a reason, nobody to replace.
    Impossible : people can still volunteer, another draw is under way, the pool is erased.
    """
    need(by, "draw.run", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    now = now or timezone.now()
    _may_begin(jury, now)
    if rule not in dict(bridge.rules()):
        raise BadInput("There is no such rule", "rule", rule, ", ".join(dict(bridge.rules())))
    if way not in dict(bridge.ways()):
        raise BadInput("There is no such way to draw", "way", way, ", ".join(dict(bridge.ways())))
    told = _announced(announced, known_from, now)
    publish_jury(jury, by=by)
    first = not standing(jury)
    places = free(jury)
    if places < 1:
        raise BadInput("Every place of this jury is filled, so nobody is to be drawn.")
    targets = _targets(jury, places, way_out, reason)
    draw = Draw.objects.create(
        jury=jury, number=_next(jury), first=first, places=places, rule=rule, targets=targets,
        reason=reason.strip() if way_out is not None else "", announced=told, known_from=known_from,
        asked_by=by, asked_at=now, way=None if way == "values" else way,
    )  # fmt: skip
    record("lots.prepare", by=by, subject=str(jury.pk), draw=draw.number, rule=rule, announced=told)
    if place:
        draw.job = jobs.ask("lottery", by=by, draw=draw.pk)
        draw.save(update_fields=["job"])
    return draw


def free(jury: Jury) -> int:
    """Return how many places of a jury nobody holds."""
    return len(free_places(jury))


def free_places(jury: Jury) -> list[int]:
    """Return the places of a jury that nobody holds, from 1 to its size."""
    held = Seat.objects.filter(jury=jury, state__in=HOLDING).values_list("place", flat=True)
    return sorted(set(range(1, jury.size + 1)) - set(held))


def _may_begin(jury: Jury, now: datetime) -> None:
    if jury.erased_at:
        raise Impossible("This jury's pool is erased. Nobody can be drawn from it any more.")
    if now < jury.registration_closes:
        raise Impossible("People can still volunteer. Draw when registration has closed.")
    before = under_way(jury).select_related("job").first()
    if before is None:
        return
    if before.state != "failed":
        raise Impossible("Another draw of this jury is under way. Finish it, or call it off, first.")
    before.delete()


def _next(jury: Jury) -> int:
    last = Draw.objects.filter(jury=jury).order_by("-number").first()
    return last.number + 1 if last else 1


def _announced(announced: Sequence[str], known_from: datetime, now: datetime) -> list[str]:
    told = [" ".join(one.split()) for one in announced if one.strip()]
    if not told or len(told) > MOST_VALUES or any(len(one) > MOST_OF_A_VALUE for one in told):
        what = "Say which public values will choose the number"
        raise BadInput(what, "announced", "; ".join(told)[:80], f"1 to {MOST_VALUES} lines, one for each")
    if known_from <= now:
        what = "The lottery must be sealed before anybody can know the values"
        raise BadInput(
            what, "known_from", f"{timezone.localtime(known_from):%d %B %Y, %H:%M}", "a later moment"
        )
    return told


def _targets(jury: Jury, places: int, way_out: int | None, reason: str) -> Any:
    if way_out is None:
        return bridge.targets_of(jury)
    if not reason.strip():
        raise BadInput("Everyone will see why the targets changed. Say it", "reason", "")
    ways = bridge.ways_out(jury, places)
    if not 0 <= way_out < len(ways):
        raise BadInput("There is no such way to change the targets", "way_out", way_out, f"1 to {len(ways)}")
    return bridge.as_kept(ways[way_out].targets)


def make(draw: Draw, told: Callable[[float], None], *, now: datetime | None = None) -> dict[str, Any]:
    """Make the lottery of a draw and seal it; sealed once, asking again changes nothing.

    A lottery that cannot be is said on the draw, not raised: to try again would not help.
    """
    if draw.seal or draw.voided_at:
        return {"seal": draw.seal}
    try:
        sealed = bridge.lottery(draw, secret=secrets.token_hex(16), told=told)
        _seal(draw, sealed, now)
    except FairgroundError as fault:
        problem = in_words(fault) if draw.first else f"For the places that are free: {in_words(fault)}"
        Draw.objects.filter(pk=draw.pk, seal="").update(problem=problem)
        return {"problem": problem}
    return {"seal": Draw.objects.values_list("seal", flat=True).get(pk=draw.pk)}


@transaction.atomic
def _seal(draw: Draw, sealed: Any, now: datetime | None) -> None:
    jury = _held(draw)
    found = Draw.objects.select_for_update(of=("self",)).filter(pk=draw.pk).first()
    if found is None or found.seal or found.voided_at:
        return
    now = now or timezone.now()
    if now >= found.known_from:
        raise Impossible("The lottery was ready only after the values could be known. Choose a later moment.")
    found.seal, found.public, found.council = (
        sealed.seal,
        sealed.public,
        bridge.seal_council(found, sealed.council),
    )
    shown = found.first and not would_tell(jury, found.asked_at)
    found.proof, found.sealed_at, found.problem = bridge.proof_facts(sealed, shown=shown), now, ""
    found.save(update_fields=["seal", "public", "council", "proof", "sealed_at", "problem"])
    record("lots.seal", by=None, subject=str(found.jury_id), draw=found.number, seal=found.seal)


@transaction.atomic
def read_out(
    draw: Draw, values: Sequence[str], *, by: Any, now: datetime | None = None, browser: str = ""
) -> Draw | None:
    """Keep the values as one officer wrote them down; return the draw where a second one wrote the same.

    Parameters
    ----------
    browser : a mark of the browser, so that it can be said where two officers used the same one.

    Raises
    ------
    BadInput : more or fewer values than announced, or one without a letter or digit. Impossible : the values
        cannot be known yet, the draw is not sealed, made already, or called off.
    """
    need(by, "draw.run", draw.jury)
    _held(draw)
    draw = Draw.objects.select_for_update(of=("self",)).select_related("jury__round").get(pk=draw.pk)
    now = now or timezone.now()
    _may_read(draw, now)
    told = [" ".join(value.split()) for value in values]
    many = len(draw.announced) if draw.chosen_by == "values" else len(told) or 1
    if len(told) != many or not all(told) or any(len(one) > MOST_OF_A_VALUE for one in told):
        raise BadInput("Write down every value that was announced", "value_1", "; ".join(told)[:80])
    bridge.same_values(told, told, draw)
    shared = seconds.same_browser(draw, by, browser)
    role = seconds.role_of(by, draw.jury)
    Reading.objects.create(draw=draw, by=by, values=told, at=now, role=role, one_browser=shared)
    record("lots.read-out", by=by, subject=str(draw.jury_id), draw=draw.number, values=told)
    others = [one for one in latest(draw) if one.by_id != by.pk]
    if not any(bridge.same_values(told, one.values, draw) for one in others):
        return None
    _make_draw(draw, told, by, now)
    return draw


def latest(draw: Draw) -> list[Reading]:
    """Return what each officer wrote down last."""
    return list({reading.by_id: reading for reading in draw.readings.all()}.values())


def _may_read(draw: Draw, now: datetime) -> None:
    if draw.voided_at:
        raise Impossible("This draw was called off.")
    if draw.drawn_at:
        raise Impossible("This draw is made. Its number cannot change any more.")
    if not draw.seal:
        raise Impossible("The lottery is not sealed yet.")
    if now < draw.known_from:
        raise Impossible("The values cannot be known yet. Come back when they have been read out.")
    if not draw.council:
        raise Impossible("This jury's pool is erased. Nobody can be drawn from it any more.")


def _make_draw(draw: Draw, values: list[str], by: Any, now: datetime) -> None:
    drawn = bridge.Drawn(draw, values)
    draw.values, draw.chosen, draw.codes, draw.on_jury = values, drawn.chosen, drawn.codes, drawn.on_jury
    draw.drawn_at, draw.drawn_by = now, by
    draw.save(update_fields=["values", "chosen", "codes", "on_jury", "drawn_at", "drawn_by"])
    Seat.objects.filter(jury=draw.jury, state__in=GONE, replaced_by=None).update(replaced_by=draw)
    people = Volunteer.objects.filter(jury=draw.jury, number__in=drawn.numbers)
    Seat.objects.bulk_create(
        Seat(
            draw=draw, jury=draw.jury, volunteer=person, place=place,
            state=SeatState.WITHDRAWN if person.withdrawn_at else SeatState.DRAWN,
        )
        for person, place in zip(people, free_places(draw.jury), strict=False)
    )  # fmt: skip
    record(
        "lots.draw", by=by, subject=str(draw.jury_id), draw=draw.number, chosen=draw.chosen, seal=draw.seal
    )


@transaction.atomic
def ask_to_call_off(draw: Draw, reason: str, *, by: Any) -> CallingOff:
    """Ask to call a draw off, or say another reason; nothing is called off before a second officer agrees.

    Raises
    ------
    BadInput : no reason. Impossible : somebody was asked already; there is nothing to call off.
    """
    draw = _to_call_off(draw, by)
    if not reason.strip():
        raise BadInput("Everyone will see why this draw does not count. Say it", "reason", "")
    facts = {"by": by, "reason": reason.strip()[:1000], "at": timezone.now()}
    asked, _ = CallingOff.objects.update_or_create(draw=draw, defaults=facts)
    record("lots.call-off.ask", by=by, subject=str(draw.jury_id), draw=draw.number)
    return asked


def _to_call_off(draw: Draw, by: Any) -> Draw:
    need(by, "draw.run", draw.jury)
    _held(draw)
    draw = Draw.objects.select_for_update(of=("self",)).select_related("jury__round").get(pk=draw.pk)
    if draw.voided_at or not draw.seal:
        raise Impossible("There is no sealed draw to call off.")
    if Seat.objects.filter(draw=draw).exclude(invited_at=None).exists():
        raise Impossible("People of this draw were asked already. Replace those who do not come instead.")
    return draw


@transaction.atomic
def call_off(draw: Draw, *, by: Any, reason: str | None = None) -> None:
    """Call a sealed draw off, or one of which nobody was asked yet, as a colleague asked for.

    It stays visible, with the reason.

    Parameters
    ----------
    reason : as the second officer read it; nobody agrees to another one that a colleague wrote meanwhile.

    Raises
    ------
    Impossible : no colleague asked for it; somebody was asked to come already; there is nothing to call off;
        the reason is another one by now.
    """
    draw = _to_call_off(draw, by)
    asked = CallingOff.objects.filter(draw=draw).first()
    if asked is None or asked.by_id == by.pk:
        raise Impossible("A draw is called off when one officer says why and a second one agrees.")
    if reason is not None and reason.split() != asked.reason.split():
        raise Impossible("Your colleague has changed the reason. Read it again before you agree.")
    draw.voided_at, draw.voided_by, draw.void_reason = timezone.now(), by, asked.reason
    draw.save(update_fields=["voided_at", "voided_by", "void_reason"])
    Seat.objects.filter(replaced_by=draw).update(replaced_by=None)
    Seat.objects.filter(draw=draw).delete()
    Standby.objects.filter(draw=draw).delete()
    record("lots.call-off", by=by, subject=str(draw.jury_id), draw=draw.number)


def _held(draw: Draw) -> Jury:
    """Lock the jury of a draw, before the draw: nobody is asked, and nobody leaves, in the middle."""
    return Jury.objects.select_for_update(of=("self",)).get(pk=draw.jury_id)
