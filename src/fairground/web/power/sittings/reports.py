"""The report of a jury: its sealed text (SHA-256, FIPS 180-4), and the same as a table and a document."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any

from django.utils import timezone

from fairground.report.document_file import as_odt
from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.hearing import balance
from fairground.web.power.sittings.members import seats
from fairground.web.power.sittings.models import Recommendation, Report
from fairground.web.power.sittings.tables import as_csv

VERSION = 1


def text_of(jury: Jury) -> str:
    """Return the report of a jury as JSON text, the same for the same facts."""
    sessions = [
        {
            "number": one.number, "title": one.title, "present": one.present,
            "day": timezone.localtime(one.starts_at).date().isoformat(),
        }
        for one in jury.sessions.filter(called_off_at=None)
    ]  # fmt: skip
    rows = jury.recommendations.select_related("session").prefetch_related("wordings", "minorities")
    whole = {
        "version": VERSION,
        "jury": {
            "title": jury.round.title, "place": place_name(jury.round.place_code),
            "place_code": jury.round.place_code, "question": jury.question, "remit": jury.remit,
            "decider": jury.decider, "answer_by": jury.answer_by.isoformat(), "size": seats(jury),
            "fictional": jury.round.fictional,
        },
        "sessions": sessions,
        "sides": [{"side": row.side.name, "heard": row.total} for row in balance(jury)[1]],
        "recommendations": [_one(one) for one in rows if one.dropped_at is None],
        "dropped": [_dropped(one) for one in rows if one.dropped_at is not None],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def draft(text: str) -> dict[str, Any]:
    """Return a report that is not published yet, each vote in words."""
    told: dict[str, Any] = json.loads(text)
    for one in told["recommendations"]:
        one["votes"] = in_words(one) if one["present"] is not None else ""
    return told


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(report: Report) -> dict[str, Any]:
    """Return a published report as it was sealed."""
    found: dict[str, Any] = json.loads(report.text)
    return found


def whole(report: Report) -> bool:
    """Say whether the text is still the one that was sealed."""
    return digest(report.text) == report.digest


def table(report: Report) -> str:
    """Return the recommendations of a report as CSV."""
    heads = ["number", "title", "words", "adopted", "for", "against", "abstained", "there", "needed_percent"]
    rows = [
        [
            one["number"], one["title"], one["words"], "yes" if one["adopted"] else "no", one["for"],
            one["against"], one["abstained"], one["present"], one["threshold"],
        ]
        for one in read(report)["recommendations"]
    ]  # fmt: skip
    return as_csv(heads, rows)


def document(report: Report) -> bytes:
    """Return a report as a document that any office program opens (.odt)."""
    told = read(report)
    jury = told["jury"]
    blocks = [
        ("heading", f"What the jury recommends: {jury['title']}"),
        ("text", jury["question"]),
        ("quiet", f"{jury['place']}. Published on {timezone.localdate(report.published_at):%-d %B %Y}."),
        ("text", f"{jury['decider']} answers by {report.answer_by:%-d %B %Y}."),
    ]
    for one in told["recommendations"]:
        blocks += [("heading", f"{one['number']}. {one['title']}"), ("text", one["words"])]
        blocks += [("text", f"Why: {one['reasons']}"), ("quiet", in_words(one))]
        blocks += [
            ("bullet", f"{_members(m['people'])} see it another way: {m['words']}") for m in one["minorities"]
        ]
    blocks += [
        ("text", f"Corrected on {timezone.localdate(one.added_at):%-d %B %Y}: {one.words}")
        for one in report.corrections.all()
    ]
    blocks.append(("quiet", f"SHA-256 of the sealed report: {report.digest}"))
    day = timezone.localdate(report.published_at)
    return as_odt(blocks, title=f"Report: {jury['title']}", written=day)


def in_words(one: dict[str, Any]) -> str:
    """Return a vote in words."""
    silent = one["present"] - one["for"] - one["against"] - one["abstained"]
    quiet = f", {silent} did not vote" if silent else ""
    votes = f"{one['for']} for, {one['against']} against, {one['abstained']} abstained{quiet}"
    end = "Adopted" if one["adopted"] else "Not adopted"
    needed = f"it needed at least {one['threshold']}% of those there, and more for than against"
    return f"{votes}, of {one['present']} who were there. {end}: {needed}."


def _members(number: int) -> str:
    return f"{number} member{'s' if number != 1 else ''}"


def _one(one: Recommendation) -> dict[str, Any]:
    wordings = list(one.wordings.all())
    now = wordings[0]
    return {
        "number": one.number, "title": now.title, "words": now.words, "reasons": now.reasons,
        "threshold": one.threshold, "session": one.session.number if one.session else None,
        "present": one.present, "for": one.votes_for, "against": one.against, "abstained": one.abstained,
        "adopted": one.adopted,
        "minorities": [{"people": m.people, "words": m.words} for m in one.minorities.all()],
        "history": [
            {"title": old.title, "words": old.words, "why_changed": new.why}
            for new, old in pairwise(wordings)
        ],
    }  # fmt: skip


def _dropped(one: Recommendation) -> dict[str, Any]:
    return {"number": one.number, "title": one.wordings.all()[0].title, "why": one.dropped_why}
