"""The stages of a draw on a jury's page: sealed, drawn, its people asked."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.stages import AHEAD, NOW, PAST, Stage
from fairground.web.power.lots.models import Draw, Seat, SeatState, draws_of


def stages_of(jury: Jury) -> list[Stage]:
    """Return the stages of a jury's draw."""
    draws = [draw for draw in draws_of(jury) if draw.state in ("sealed", "drawn", "archived")]
    made = [draw for draw in draws if draw.drawn_at]
    if not made:
        return [_to_come(jury, draws[0] if draws else None)]
    first, slug = timezone.localtime(made[0].drawn_at), jury.round.slug
    address = reverse("lots:draws", args=[slug])
    words = f"Drawn on {first.day} {first:%B %Y}. You can draw again and check it."
    can = [("Check this draw yourself", reverse("lots:check", args=[slug, made[0].number]))]
    can += [
        (f"Write down the seal of draw {one.number}, before its number is known", _page(one))
        for one in draws if not one.drawn_at
    ]  # fmt: skip
    told = Stage("The draw", words, PAST, made[0].drawn_at, address, tuple(can))
    yes = Seat.objects.filter(jury=jury, state=SeatState.ACCEPTED).count()
    return [told, _answers(jury, yes, address)]


def _to_come(jury: Jury, draw: Draw | None) -> Stage:
    slug = jury.round.slug
    address = reverse("lots:draws", args=[slug])
    if draw is None:
        words = "A lottery is sealed first. Then public numbers choose the jury."
        return Stage("The draw", words, AHEAD, None, address, (("See how a draw goes", address),))
    known = timezone.localtime(draw.known_from)
    words = f"The lottery is sealed. The number comes after {known.day} {known:%B %Y, %H:%M}."
    can = (
        ("Write down the seal, before the number is known", _page(draw)),
        ("See how to check this draw yourself", reverse("lots:check", args=[slug, draw.number])),
    )
    return Stage("The draw", words, NOW, draw.known_from, address, can)


def _answers(jury: Jury, yes: int, address: str) -> Stage:
    asked = jury.seats.filter(state=SeatState.INVITED).exists()
    page = reverse("lots:invitation", args=[jury.round.slug])
    can = (("Were you drawn? Say yes or no", page),) if asked else ()
    state = PAST if yes == jury.size else NOW
    return Stage("People say yes", f"{yes} of {jury.size} have said yes.", state, None, address, can)


def _page(draw: Draw) -> str:
    return reverse("lots:draw", args=[draw.jury.round.slug, draw.number])
