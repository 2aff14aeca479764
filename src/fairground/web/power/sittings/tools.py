"""What a jury's officers can do with its sittings, for the officers' page."""

from __future__ import annotations

from django.urls import reverse

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.tools import MONEY, SITTINGS, Tool
from fairground.web.power.sittings.actions.once import RUN
from fairground.web.power.sittings.actions.payments import KEEP
from fairground.web.power.sittings.models import Standing


def tools_of(jury: Jury) -> list[Tool]:
    """Return the tools of a jury's sittings, each with what waits there."""

    def at(name: str) -> str:
        return reverse(f"sittings:{name}", args=[jury.round.slug])

    waiting = jury.witnesses.filter(standing=Standing.SUGGESTED).count()
    open_questions = jury.questions.filter(replies=None).count()
    drafts = jury.recommendations.filter(dropped_at=None).count()
    return [
        Tool(SITTINGS, "Sessions", at("sessions"), RUN, f"{jury.sessions.count()} on the programme"),
        Tool(SITTINGS, "Who is heard", at("hearing"), RUN, f"{waiting} to decide" if waiting else ""),
        Tool(
            SITTINGS, "Evidence and questions", at("evidence"), RUN,
            f"questions to answer: {open_questions}" if open_questions else "",
        ),
        Tool(SITTINGS, "Recommendations, votes and answers", at("report"), RUN, f"{drafts} written down"),
        Tool(MONEY, "Payments to members", at("payments"), KEEP, f"lines: {jury.payments.count()}"),
    ]  # fmt: skip
