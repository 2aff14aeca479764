"""Sealing a formula: the registration is made before the result, and both are kept or neither."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fairground import __version__
from fairground.web.audit.actions import record
from fairground.web.wealth.funding.models import RegisteredFormula


@transaction.atomic
def register_formula(
    *, by: Any, choice: dict[str, Any], registration: dict[str, Any], answer: str
) -> RegisteredFormula:
    """Keep a sealed formula; sealing the same one twice gives the first."""
    kept, new = RegisteredFormula.objects.get_or_create(
        digest=registration["digest"],
        defaults={
            "choice": choice,
            "registration": registration,
            "answer": answer,
            "registered_by": by,
            "engine_version": __version__,
        },
    )
    if new:
        record("formula.register", by=by, subject=kept.digest)
    return kept
