"""The answers that the API gives beside those of the pages."""

from __future__ import annotations

from fairground.questions.wealth import standing as standing_question
from fairground.web.wealth.inequality.bridge import over_time

__all__ = ["indicators", "over_time", "standing"]

standing, indicators = standing_question.standing, standing_question.indicators
