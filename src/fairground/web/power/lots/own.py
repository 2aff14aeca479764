"""What a volunteer learns of the draw on their own page: their code, chance, and whether they were drawn."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from fairground.web.power.juries.models import Volunteer
from fairground.web.power.juries.outcomes import Chance, Outcome, Part
from fairground.web.power.lots import bridge
from fairground.web.power.lots.models import Alternate, Draw, Seat, SeatState

SAYS = {
    SeatState.DRAWN: "Drawn",
    SeatState.INVITED: "Asked to sit on the jury",
    SeatState.ACCEPTED: "You said yes",
    SeatState.DECLINED: "You said no",
    SeatState.NO_ANSWER: "No answer in time",
    SeatState.WITHDRAWN: "You left the jury",
}


def outcomes(person: Volunteer) -> list[Outcome]:
    """Return what the draws of a jury meant for one volunteer."""
    found = [_of_draw(draw, line[0]) for draw, line in _lines(person)]
    seat = _seat(person)
    ready = Alternate.objects.filter(volunteer=person).select_related("standby").first()
    told = [*found, *([_of_ready(ready)] if ready and not seat else [])]
    return [*told, *([_of_seat(seat)] if seat else [])]


def chance(person: Volunteer) -> Chance | None:
    """Return how likely a volunteer was to be drawn, as the first public lottery says."""
    lines = _lines(person)
    return Chance(lines[0][1][1], _page(lines[0][0])) if lines else None


def data(person: Volunteer) -> dict[str, Any]:
    """Return all that is kept about a volunteer's draws."""
    seat = _seat(person)
    draws = [
        {"draw": draw.number, "code": line[0], "chance": line[1], "sealed": bridge.own_record(draw, person)}
        for draw, line in _lines(person)
    ]
    kept = {"state": seat.state, "draw": seat.draw.number, "answer_by": seat.answer_by} if seat else None
    return {"draws": draws, "seat": kept}


def part(person: Volunteer) -> Part | None:
    """Return what was sealed of a volunteer in each draw, for their own page; nothing before the first."""
    records = []
    for draw in _sealed(person):
        own = bridge.own_record(draw, person)
        if own is not None:
            number, answers, home, *_ = json.loads(own["record"])
            where = f"Home {home}: others of it have the same number" if home else "No address known"
            told = [("Number", number), *((name[:1].upper() + name[1:], value) for name, value in answers)]
            records.append({"draw": draw, "answers": [*told, ("Home", where)], **own})
    facts = {"records": records, "slug": person.jury.round.slug}
    return Part("lots/own_roll.html", facts) if records else None


def _lines(person: Volunteer) -> list[tuple[Draw, tuple[str, float]]]:
    """Return the sealed draws that a volunteer could be drawn in, each with their code and chance."""
    lines = [(draw, bridge.own(draw, person)) for draw in _sealed(person)]
    return [(draw, line) for draw, line in lines if line is not None]


def _sealed(person: Volunteer) -> list[Draw]:
    draws = Draw.objects.filter(jury=person.jury, voided_at=None).exclude(seal="").exclude(council="")
    return list(draws.select_related("jury__round").defer("public"))


def _seat(person: Volunteer) -> Seat | None:
    seats = Seat.objects.filter(volunteer=person, draw__voided_at=None)
    return seats.select_related("draw", "jury__round").first()


def _page(draw: Draw) -> str:
    return reverse("lots:draw", args=[draw.jury.round.slug, draw.number])


def _of_draw(draw: Draw, code: str) -> Outcome:
    if not draw.drawn_at:
        words = f"Your code on the sealed list is {code}. Nobody else can know that it is yours."
        return Outcome(f"You are in draw {draw.number}", words, draw.sealed_at, _page(draw))
    name = f"Drawn in draw {draw.number}" if code in draw.codes else f"Not drawn in draw {draw.number}"
    return Outcome(
        name, f"Your code is {code}. You can find it in the public file.", draw.drawn_at, _page(draw)
    )


def _of_ready(ready: Alternate) -> Outcome:
    words = "If a member leaves, you may be asked to step in. Until then you need do nothing."
    return Outcome("You stand ready to step in", words, ready.standby.at)


def _of_seat(seat: Seat) -> Outcome:
    words, address = "", ""
    if seat.state == SeatState.INVITED and seat.answer_by:
        address = reverse("lots:invitation", args=[seat.jury.round.slug])
        words = f"Please answer by {seat.answer_by:%-d %B %Y}, with the code of our letter."
    if seat.state == SeatState.DRAWN:
        words = "We will write to you soon."
    if seat.answered_by_id:
        words = "An officer wrote this down for you. If it is not what you said, tell the officers at once."
    return Outcome(SAYS[SeatState(seat.state)], words, seat.answered_at or seat.invited_at, address)
