"""What the officers of a jury can do about its draw, for the jury's office."""

from __future__ import annotations

from django.urls import reverse

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.tools import DRAW, SITTINGS, Tool
from fairground.web.power.lots.models import SeatState, Standby, draws_of


def tools_of(jury: Jury) -> list[Tool]:
    """Return the tools of a jury's draw."""
    draws, slug = draws_of(jury), jury.round.slug
    states = {"making": "the lottery is being made", "sealed": "sealed, the number is still to come"}
    stands = states.get(draws[-1].state, "") if draws else "nothing is drawn yet"
    made = Standby.objects.filter(jury=jury).first()
    ready = f"chosen: {made.people.count()}" if made else "nobody yet"
    yes = jury.seats.filter(state=SeatState.ACCEPTED).count()
    return [
        Tool(DRAW, "Make the lottery and draw", reverse("lots:prepare", args=[slug]), "draw.run", stands),
        Tool(
            DRAW, "Who was drawn, and what they answered", reverse("lots:seats", args=[slug]), "draw.run",
            f"{yes} of {jury.size} have said yes",
        ),
        Tool(DRAW, "Who stands ready to step in", reverse("lots:standby", args=[slug]), "draw.run", ready),
        Tool(
            SITTINGS, "Table plans", reverse("lots:tables", args=[slug]), "draw.run",
            "who sits where in each session, to print",
        ),
    ]  # fmt: skip
