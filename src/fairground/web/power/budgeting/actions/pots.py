"""Pots of money: added, changed and removed until the vote opens."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.participation.actions import need
from fairground.web.participation.models import Round
from fairground.web.power.budgeting.models import Pot
from fairground.web.power.budgeting.permissions import refuse_if_frozen


@transaction.atomic
def add_pot(
    round: Round, *, by: Any, name: str, amount_pence: int, ceiling_pence: int | None, districts: list[str]
) -> Pot:
    """Add a pot to the round."""
    need(by, "pots.change", round)
    refuse_if_frozen(round)
    _check(round, name, amount_pence, ceiling_pence)
    pot = Pot.objects.create(
        round=round, name=name, amount_pence=amount_pence, ceiling_pence=ceiling_pence, districts=districts
    )
    record("pot.add", by=by, subject=str(round.pk), pot=pot.pk, name=name, pence=amount_pence)
    return pot


@transaction.atomic
def remove_pot(pot: Pot, *, by: Any) -> None:
    """Remove a pot that no project uses."""
    need(by, "pots.change", pot.round)
    refuse_if_frozen(pot.round)
    if pot.projects.exists():
        raise BadInput(f'The pot "{pot.name}" has projects. Move or remove them first.')
    record("pot.remove", by=by, subject=str(pot.round_id), pot=pot.pk, name=pot.name)
    pot.delete()


def _check(round: Round, name: str, amount: int, ceiling: int | None) -> None:
    if Pot.objects.filter(round=round, name=name).exists():
        raise BadInput(
            f'There is a pot "{name}" already. Give this one another name.', field="name", value=name
        )
    if ceiling is not None and ceiling > amount:
        raise BadInput("One project may not cost more than the pot holds.", field="ceiling_pence")
