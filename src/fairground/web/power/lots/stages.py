"""The stages of a draw on a jury's page: sealed, drawn, its people asked."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.stages import AHEAD, NOW, PAST, Stage
from fairground.web.power.lots.models import Seat, SeatState, draws_of


def stages_of(jury: Jury) -> list[Stage]:
    """Return the stages of a jury's draw."""
    draws = [draw for draw in draws_of(jury) if draw.state in ("sealed", "drawn", "archived")]
    address = reverse("lots:draws", args=[jury.round.slug])
    made = [draw for draw in draws if draw.drawn_at]
    if not draws:
        return [
            Stage(
                "The draw",
                "A lottery is sealed first. Then public numbers choose the jury.",
                AHEAD,
                None,
                address,
            )
        ]
    if not made:
        known = timezone.localtime(draws[0].known_from)
        words = f"The lottery is sealed. The number comes after {known.day} {known:%B %Y, %H:%M}."
        return [Stage("The draw", words, NOW, draws[0].known_from, address)]
    first = timezone.localtime(made[0].drawn_at)
    words = f"Drawn on {first.day} {first:%B %Y}. You can draw again and check it."
    told = [Stage("The draw", words, PAST, made[0].drawn_at, address)]
    yes = Seat.objects.filter(jury=jury, state=SeatState.ACCEPTED).count()
    state = PAST if yes == jury.size else NOW
    return [*told, Stage("People say yes", f"{yes} of {jury.size} have said yes.", state, None, address)]
