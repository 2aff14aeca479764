"""What is asked about a draw: its rule, the public values, what was read out, reasons, answers, days."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from fairground.web.power.budgeting.fields import choice, day, long, number, text
from fairground.web.power.juries.forms import Part
from fairground.web.power.juries.models import Jury
from fairground.web.power.lots import bridge, seating
from fairground.web.power.lots.actions.seats import NEXT
from fairground.web.power.lots.models import Draw, Seat, SeatState

WEEKS = timedelta(days=14)
ROOM, QUARTER = timedelta(minutes=10), timedelta(minutes=15)  # in which the lottery is made and sealed
AGAIN = "If the number was too high and all were thrown again, write each throw on a line"
BALLS, DICE = "balls, from 0 to 9", "dice, from 1 to 6"


class PrepareForm(forms.Form):
    """How the next draw goes: its rule, the public values that choose, and when they can be known."""

    rule = choice("How chances are shared")
    way = forms.ChoiceField(
        label="What will give the number?", widget=forms.RadioSelect, required=False,
        help_text="Balls or dice give it before everyone’s eyes; public values can be looked up later",
    )  # fmt: skip
    announced = long(
        "Which public values, or who throws and where?",
        hint="For example: Three balls, drawn by a child in the town hall. Or public values that nobody can "
        "foresee and anyone can look up, one on each line: The main balls of the Lotto of 5 December 2026",
        most=1300, rows=3,
    )  # fmt: skip
    known_on = day("Day on which the number is known", hint="Not before the lottery is sealed")
    known_at = forms.TimeField(
        label="Time in the United Kingdom",
        widget=forms.TimeInput(attrs={"class": "govuk-input", "type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, ways: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["rule"].choices = bridge.rules()  # type: ignore[attr-defined]
        self.fields["way"].choices = bridge.ways()  # type: ignore[attr-defined]
        self.fields["way"].initial = "values"
        if ways:
            named = [(at, f"{way.words} ({way.people} in all)") for at, way in enumerate(ways)]
            self.fields["way_out"] = choice(
                "How do the targets change?", [("", "Not at all"), *named], required=False,
                hint="The least change comes first",
            )  # fmt: skip
            self.fields["reason"] = long(
                "Why this one?", hint="Everyone will see this", required=False, most=1000
            )

    @staticmethod
    def first() -> dict[str, Any]:
        """Return what the form shows first: leximin, and a full quarter of an hour that leaves time."""
        soon = timezone.localtime() + ROOM + QUARTER
        soon -= timedelta(minutes=soon.minute % 15, seconds=soon.second, microseconds=soon.microsecond)
        return {"rule": "leximin", "way": "values", "known_on": soon.date(), "known_at": soon.time()}

    @property
    def folded(self) -> Part:
        """Return what is chosen already, as nearly all juries choose it."""
        return Part([self["rule"]])

    @property
    def asked(self) -> Part:
        """Return what everybody answers."""
        return Part([field for field in self if field.name != "rule"])

    def clean(self) -> dict[str, Any]:
        """Turn the day and the time into one moment, and lines into values."""
        facts = dict(super().clean() or {})
        on, at = facts.pop("known_on", None), facts.pop("known_at", None)
        if on and at is not None:
            facts["known_from"] = timezone.make_aware(datetime.combine(on, at or time.min))
        facts["way"] = facts.get("way") or "values"
        facts["announced"] = facts.get("announced", "").splitlines()
        facts["way_out"] = int(facts["way_out"]) if facts.get("way_out") else None
        facts.setdefault("reason", "")
        return facts


class ReadOutForm(forms.Form):
    """The public values, as one officer heard or read them."""

    def __init__(self, *args: Any, draw: Draw, **more: Any) -> None:
        super().__init__(*args, **more)
        self.throws = bridge.thrown(draw)
        if self.throws:
            hint = f"{self.throws} {BALLS if draw.way == 'balls' else DICE}, in their order. {AGAIN}"
            self.fields["value_1"] = long("What was thrown?", rows=3, most=200, hint=hint)
            return
        for at, told in enumerate(draw.announced, start=1):
            self.fields[f"value_{at}"] = text(str(told), hint="For example 9, 18, 26, 34, 41, 45", most=200)

    def clean(self) -> dict[str, Any]:
        """Gather the values in the order in which they were announced."""
        facts = dict(super().clean() or {})
        told = [facts.get(name, "") for name in self.fields]
        return {"values": [line for line in told[0].splitlines() if line.strip()] if self.throws else told}


class ReasonForm(forms.Form):
    """A reason that everyone sees."""

    reason = long("Why does this draw not count?", hint="Everyone will see this", most=1000)


class InviteForm(forms.Form):
    """The day by which people answer."""

    answer_by = day("By when must they answer?", hint="Two weeks are usual")

    @staticmethod
    def first() -> dict[str, Any]:
        """Return the day that the form shows first."""
        return {"answer_by": timezone.localdate() + WEEKS}


class AnswerForm(forms.Form):
    """An answer that an officer writes down."""

    answer = choice("What did they answer?")

    def __init__(self, *args: Any, seat: Seat, **more: Any) -> None:
        super().__init__(*args, **more)
        can = NEXT[seat.state]
        self.fields["answer"].choices = [(one, SeatState(one).label) for one in can]  # type: ignore[attr-defined]


class TablesForm(forms.Form):
    """How many tables and sessions a plan is for, whether it has names, and who must not share a table."""

    tables = number("How many tables?", "Five to eight people at each are usual", most=60)
    sessions = number("How many sessions?", "In each, people sit with others", most=12)
    apart = long(
        "Who must not share a table?",
        hint="Two numbers on each line, such as 12 40. Who stays from rotation 1 with number 7 is 1-7",
        required=False,
        most=400,
    )
    names = forms.BooleanField(
        label="Write names, for officers only; without it there are numbers",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("tables", "sessions"):
            self.fields[name].required = True

    @staticmethod
    def first(jury: Jury) -> dict[str, Any]:
        """Return what the form shows first: tables of six, four sessions."""
        return {"tables": max(seating.seats(jury) // 6, 1), "sessions": 4}


class StandbyForm(forms.Form):
    """How many stand ready, and how likely members are to stay."""

    number = number("How many people stand ready?", "For example one for every six members", most=12)
    stays = forms.IntegerField(
        label="Of 100 members, how many stay to the end?",
        help_text="90 is what the authors of one study found; there is no such number of England yet",
        min_value=0, max_value=100,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["number"].required = True

    def clean_stays(self) -> float:
        """Return the chance to stay."""
        return int(self.cleaned_data["stays"]) / 100

    @staticmethod
    def first(jury: Jury) -> dict[str, Any]:
        """Return what the form shows first."""
        return {"number": min(max(jury.size // 6, 1), 12), "stays": 90}


YES, NO = "yes", "no"


class InvitationForm(forms.Form):
    """The answer of somebody who was drawn, with the code of their invitation."""

    code = text("Your code", hint="It is in our letter or email, for example CSGP-JWK7-E9QQ-AVK8", most=40)
    answer = forms.ChoiceField(
        label="Will you sit on the jury?",
        choices=[(YES, "Yes, I will come"), (NO, "No, draw somebody else for me")],
        help_text="If you said yes before and cannot come any more, choose no",
        widget=forms.RadioSelect,
    )
