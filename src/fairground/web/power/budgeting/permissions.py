"""What a budget adds to the rules of its round: what people vote on is frozen once the vote opens."""

from __future__ import annotations

from typing import Any

from fairground.errors import BadInput
from fairground.web.participation.models import Round
from fairground.web.participation.permissions import may
from fairground.web.power.budgeting.models import Idea


def frozen(round: Round) -> bool:
    """Return whether the rules and projects of the round are frozen for the vote."""
    return getattr(Round.objects.get(pk=round.pk), "paper", None) is not None


def refuse_if_frozen(round: Round) -> None:
    """Refuse a change to what people vote on once it is frozen."""
    if frozen(round):
        raise BadInput("The vote is open, so pots and projects are frozen. A change needs a new round.")


def may_read(user: Any, idea: Idea) -> bool:
    """Return whether `user` may read the words of an idea: all may, unless it was refused or taken back."""
    return idea.shown or idea.author_id == getattr(user, "pk", None) or may(user, "round.watch", idea.round)
