"""What an officer is asked about a jury: its words, its size, its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.budgeting.fields import choice, day, long, number, text
from fairground.web.power.juries.actions.juries import CHANGEABLE, KEPT_DAYS
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.person_forms import radios


class JuryForm(forms.Form):
    """A jury's words, size and days. Days are days in the time of the United Kingdom."""

    title = text("Name of the jury", hint="For example Redcar town centre jury", most=120)
    summary = long("What is it about?", hint="Two or three sentences that everybody understands", most=2000)
    question = text("The question for the jury", hint="One question, as open as you can ask it", most=300)
    remit = long(
        "What the jury may and may not decide", hint="Say too what is already settled and why", most=4000
    )
    decider = text(
        "Who decides on what the jury recommends?",
        hint="The body that must answer, for example the council’s cabinet",
        most=200,
    )
    answer_by = day("By when must it answer?")
    size = number("How many people sit on the jury?", "Most juries have 12 to 110 people", most=1000)
    least_age = number("How old must people be at least?", "In years, for example 16", most=99)
    one_of_an_address = forms.BooleanField(
        label="At most one person of an address sits on the jury",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    letter_needed = forms.BooleanField(
        label="Only people who got a letter can volunteer",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    registration_opens = day("First day on which people can volunteer")
    registration_closes = day("Last day on which people can volunteer")
    erase_on = day(
        "Day on which all that volunteers told us is erased",
        hint="Not before the jury has met. Ask your data protection officer",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("size", "least_age"):
            self.fields[name].required = True

    @classmethod
    def of(cls, jury: Jury, data: Any, *, opens: bool) -> JuryForm:
        """Return the form of a jury; how long people are in its pool is asked only who `opens` it."""
        form = cls(data, initial=cls.first(jury))
        for name in () if opens else KEPT_DAYS:
            del form.fields[name]
        return form

    @staticmethod
    def first(jury: Jury) -> dict[str, Any]:
        """Return what the form shows first of a jury."""
        facts = {name: getattr(jury, name) for name in CHANGEABLE}
        facts["registration_opens"] = timezone.localdate(jury.registration_opens)
        facts["registration_closes"] = jury.last_day
        return facts | {"title": jury.round.title, "summary": jury.round.summary}

    def clean(self) -> dict[str, Any]:
        """Turn days into moments: registration opens and closes at midnight."""
        facts = dict(super().clean() or {})
        for name, days in (("registration_opens", 0), ("registration_closes", 1)):
            if facts.get(name):
                midnight = datetime.combine(facts[name] + timedelta(days=days), time.min)
                facts[name] = timezone.make_aware(midnight)
        return facts


LETTER, ANYONE, TABLE = "letter", "anyone", "table"
FOLDED = ("least_age", "one_of_an_address", "registration_opens", "registration_closes", "erase_on")


@dataclass(frozen=True)
class Part:
    """Some questions of a form, as the templates of forms show them."""

    visible_fields: list[forms.BoundField]
    hidden_fields: tuple[forms.BoundField, ...] = ()


class NewJuryForm(JuryForm):
    """A jury that is set up: where it is, how people volunteer and who its second officer is, too.

    What most juries have alike is filled in and folded away.
    """

    place_code = choice("Place")
    how = radios(
        "How do people volunteer?",
        [
            (LETTER, "With the code of a letter that we send"),
            (ANYONE, "Anyone of the place can"),
            (TABLE, "They have already: I have a table of them"),
        ],
    )
    second = forms.EmailField(
        label="Email of a second officer", required=False,
        help_text="Two officers make the draw together. You can add one later",
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = [
        "title",
        "place_code",
        "summary",
        "question",
        "remit",
        "decider",
        "answer_by",
        "size",
        "how",
    ]

    def __init__(self, *args: Any, places: list[str], **more: Any) -> None:
        super().__init__(*args, initial=self._usual(), **more)
        del self.fields["letter_needed"]
        self.fields["summary"].required = False
        self.fields["summary"].help_text = "Two or three sentences. You can write them later"
        self.fields["place_code"].choices = [(code, place_name(code)) for code in places]  # type: ignore[attr-defined]

    @staticmethod
    def _usual() -> dict[str, Any]:
        today = timezone.localdate()
        days = {"registration_opens": 0, "registration_closes": 42, "answer_by": 240, "erase_on": 270}
        return {"how": LETTER, "size": 24, "least_age": 16} | {
            name: today + timedelta(days=after) for name, after in days.items()
        }

    @property
    def asked(self) -> Part:
        """Return what everybody who sets up a jury answers."""
        return Part([field for field in self if field.name not in FOLDED])

    @property
    def folded(self) -> Part:
        """Return what is filled in already."""
        return Part([field for field in self if field.name in FOLDED])

    @property
    def folded_wrong(self) -> bool:
        """Say whether something that is folded away is wrong."""
        return any(name in self.errors for name in FOLDED)

    def clean(self) -> dict[str, Any]:
        """Let a jury whose volunteers stand in a table have closed by today, where no day is told."""
        facts = super().clean()
        how = facts.pop("how", "")
        facts["letter_needed"] = how == LETTER
        midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
        if how == TABLE and facts.get("registration_closes", midnight) > midnight:
            facts["registration_closes"] = midnight
            opens = facts.get("registration_opens", midnight)
            facts["registration_opens"] = min(opens, midnight - timedelta(days=1))
        return facts


class OfficerForm(forms.Form):
    """Somebody who joins the officers of a jury."""

    email = forms.EmailField(
        label="Their email address",
        help_text="They need an account here. They will see who volunteered",
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )
