"""The answers that the API gives: the very ones that the pages show.

Each is the JSON of a whole answer: value, method, steps, sources.
"""

from __future__ import annotations

from typing import Any

from fairground.evidence import Answer, plain
from fairground.questions import places as place_questions
from fairground.questions.wealth import claims
from fairground.questions.wealth import standing as standing_question
from fairground.web.wealth.funding.bridge import allocation as formula
from fairground.web.wealth.funding.bridge import award, choice, counterfactual
from fairground.web.wealth.inequality.bridge import decompose, gap, over_time

__all__ = [
    "award",
    "check",
    "choice",
    "counterfactual",
    "decompose",
    "describe",
    "every_claim",
    "find",
    "formula",
    "gap",
    "indicators",
    "over_time",
    "standing",
    "whole",
]

find, describe = place_questions.search, place_questions.describe
check, every_claim = claims.check, claims.every
standing, indicators = standing_question.standing, standing_question.indicators


def whole(answer: Answer[Any]) -> Any:
    """Return a whole answer as what JSON can hold."""
    return plain(answer)
