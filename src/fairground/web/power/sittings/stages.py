"""The stages of a jury that its sittings make, for the jury's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.stages import AHEAD, NOW, PAST, Stage


def stages_of(jury: Jury) -> list[Stage]:
    """Return the stages from the first session on, as far as something is kept of them."""
    return _sessions(jury)


def _sessions(jury: Jury) -> list[Stage]:
    held = [one for one in jury.sessions.all() if not one.called_off_at]
    if not held:
        return []
    first, last, now = held[0].starts_at, held[-1].ends_at, timezone.now()
    state = PAST if last <= now else NOW if first <= now else AHEAD
    days = f"{_day(first)} to {_day(last)}" if first.date() != last.date() else _day(first)
    words = f"{len(held)} session{'s' if len(held) != 1 else ''}, {days}"
    return [
        Stage("The jury meets", words, state, first, reverse("sittings:sessions", args=[jury.round.slug]))
    ]


def _day(at: object) -> str:
    local = timezone.localtime(at)  # type: ignore[arg-type]
    return f"{local.day} {local:%B %Y}"
