"""Letters to the body that decides: what the jury asks of it and by when, and that an answer is late."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from fairground.errors import Impossible
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import reports, standing
from fairground.web.power.sittings.members import seats

ABOUT = {"ask": "What the jury asks", "late": "An answer is late"}


def letter(jury: Jury, about: str) -> tuple[str, list[str]]:
    """Return the subject and the paragraphs of a letter as it would be sent today.

    Raises
    ------
    Impossible : the report is not published; no answer is late.
    """
    report = standing.report_of(jury)
    if report is None:
        raise Impossible("The report is not published yet. There is nothing to write about.")
    page = settings.SITE_ADDRESS + reverse("sittings:report", args=[jury.round.slug])
    told = reports.read(report)
    if about == "ask":
        listed = [f"{one['number']}. {one['title']}" for one in told["recommendations"] if one["adopted"]]
        return f"What the jury asks: {jury.round.title}", [
            f"To {jury.decider}",
            f"A jury of {seats(jury)} residents, drawn by lot, was asked: {jury.question}",
            "It asks you to do this:\n" + "\n".join(listed),
            f"Please answer each one by {report.answer_by:%-d %B %Y}: whether you do it, why, what you will "
            "do and by when. Your answers are published as you give them.",
            f"The whole report, with the votes and what a minority says: {page}",
        ]
    late = [one for one in standing.waiting(report, timezone.localdate()) if one.late]
    if not late:
        raise Impossible("No answer is late.")
    listed = [f"{one.facts['number']}. {one.facts['title']}" for one in late]
    return f"Your answer is late: {jury.round.title}", [
        f"To {jury.decider}",
        f"You were asked to answer by {report.answer_by:%-d %B %Y}. There is no answer yet to this:\n"
        + "\n".join(listed),
        "Everyone can see that it is late. Please answer each one, with your reason.",
        f"The report: {page}",
    ]
