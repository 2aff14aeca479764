"""What may be asked in a budget: a round, its dates, pots, ideas, decisions, findings, work and files.

Money is typed in pounds and kept in pence; dates are days in the time of the United Kingdom.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone

from fairground.web.accounts.models import User
from fairground.web.participation.models import PhaseName, Round, RoundRoleName
from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.budgeting.models import Pot

MOST_PENCE = 10**14


def _text(
    label: str, *, hint: str = "", required: bool = True, most: int = 100, mode: str = "text"
) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": mode})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def _long(
    label: str, *, hint: str = "", required: bool = True, most: int = 1000, rows: int = 4
) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def _choice(label: str, choices: Any = (), *, required: bool = True, hint: str = "") -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "govuk-select"})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, required=required, help_text=hint)


def _day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint)


class Pounds(forms.CharField):
    """An amount typed in pounds, as people write it, cleaned to whole pence."""

    def __init__(self, label: str, *, hint: str = "For example 25,000", required: bool = True) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"})
        super().__init__(label=label, help_text=hint, required=required, max_length=24, widget=widget)

    def clean(self, value: Any) -> Any:
        """Return whole pence, or None where nothing was typed and nothing is needed."""
        typed = str(super().clean(value))
        if not typed:
            return None
        try:
            pence = Decimal(typed.replace("£", "").replace(",", "").replace(" ", "")) * 100
        except InvalidOperation:
            pence = Decimal("NaN")
        if not pence.is_finite() or pence != pence.to_integral_value() or not 0 < pence <= MOST_PENCE:
            raise forms.ValidationError(
                f'"{typed}" is not an amount in pounds. Allowed: more than 0, pence with 2 digits.'
            )
        return int(pence)


class RoundForm(forms.Form):
    """What a round is called, and the council's budget that it is part of."""

    title = _text("Name of the round", hint="For example Redcar Decides 2026", most=120)
    summary = _long("What is it about?", hint="Two or three sentences that everybody understands", most=2000)
    council_budget_pence = Pounds(
        "The council's budget for a year, in pounds",
        hint="To show how much of it people decide",
        required=False,
    )
    council_budget_source = _text(
        "Where this figure comes from", hint="Title, year and page of the document", required=False, most=300
    )

    def clean(self) -> dict[str, Any]:
        """A figure needs its source."""
        facts = dict(super().clean() or {})
        if facts.get("council_budget_pence") and not facts.get("council_budget_source"):
            self.add_error(
                "council_budget_source", "Say where the figure of the council's budget comes from."
            )
        return facts


class NewRoundForm(RoundForm):
    """A round that is set up: where it is, too."""

    place_code = _choice("Place")
    field_order = ["title", "place_code", "summary"]

    def __init__(self, *args: Any, places: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place_code"].choices = [(code, place_name(code)) for code in places]  # type: ignore[attr-defined]


class PhasesForm(forms.Form):
    """The first and the last day of each phase; one that is left empty does not take place."""

    def __init__(self, *args: Any, round: Round, **more: Any) -> None:
        dated = round.dated()
        first = {
            f"{name}_{end}": timezone.localtime(moment).date()
            for name, phase in dated.items()
            for end, moment in (("first", phase.opens_at), ("last", phase.closes_at - timedelta(seconds=1)))
        }
        super().__init__(*args, **{**more, "initial": first})
        for name, label in PhaseName.choices:
            self.fields[f"{name}_first"] = _day(f"{label}: first day", required=False)
            self.fields[f"{name}_last"] = _day(f"{label}: last day", required=False)

    def clean(self) -> dict[str, Any]:
        """Both days or neither; the last not before the first."""
        facts = dict(super().clean() or {})
        for name, label in PhaseName.choices:
            first, last = facts.get(f"{name}_first"), facts.get(f"{name}_last")
            if bool(first) != bool(last) and not {f"{name}_first", f"{name}_last"} & set(self.errors):
                self.add_error(
                    f"{name}_{'last' if first else 'first'}", f'Give both days of "{label}", or neither.'
                )
            if first and last and last < first:
                self.add_error(f"{name}_last", f'"{label}" ends before it begins.')
        return facts

    def dates(self) -> dict[str, tuple[datetime, datetime]]:
        """Return the moments at which each phase opens and closes: midnight to midnight."""
        facts = self.cleaned_data
        return {
            name: (_midnight(facts[f"{name}_first"]), _midnight(facts[f"{name}_last"] + timedelta(days=1)))
            for name in PhaseName.values
            if facts.get(f"{name}_first") and facts.get(f"{name}_last")
        }


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class PersonForm(forms.Form):
    """A role in the round for somebody who has an account."""

    email = forms.EmailField(
        label="Their email address", widget=forms.EmailInput(attrs={"class": "govuk-input"})
    )
    role = _choice("Role", RoundRoleName.choices)

    def clean_email(self) -> Any:
        """Only somebody with an account can hold a role."""
        email = self.cleaned_data["email"].lower()
        self.person = User.objects.filter(email=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError("Nobody has an account with this address. Ask them to sign in once.")
        return email


class PotForm(forms.Form):
    """A pot of money."""

    name = _text("Name of the pot", hint="For example Whole borough, or Coast", most=80)
    amount_pence = Pounds("How much is in it, in pounds")
    ceiling_pence = Pounds(
        "The most for one project, in pounds", hint="Empty: no limit of its own", required=False
    )
    districts = _text(
        "For which districts",
        hint="Separate them by commas. Empty: the whole place",
        required=False,
        most=500,
    )

    def clean_districts(self) -> list[str]:
        """Return the districts as a list."""
        return [part.strip() for part in self.cleaned_data["districts"].split(",") if part.strip()]


class Here(forms.Form):
    """Where something is: a name, or a point, or both, or neither."""

    place_name = _text("Where? A street, park or building", required=False, most=120)
    latitude = forms.DecimalField(
        label="Latitude",
        required=False,
        min_value=49,
        max_value=61,
        max_digits=8,
        decimal_places=5,
        help_text="Only if you know it, such as 54.6160",
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"}),
    )
    longitude = forms.DecimalField(
        label="Longitude",
        required=False,
        min_value=-9,
        max_value=3,
        max_digits=8,
        decimal_places=5,
        help_text="Such as -1.0560",
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )

    def clean(self) -> dict[str, Any]:
        """A point has both numbers."""
        facts = dict(super().clean() or {})
        if (
            "latitude" in facts
            and "longitude" in facts
            and (facts["latitude"] is None) != (facts["longitude"] is None)
        ):
            self.add_error("latitude", "A point on the map needs both numbers, or leave both empty.")
        return facts


class IdeaForm(Here):
    """An idea of a resident."""

    title = _text("Your idea in a few words", hint="For example A bench by the sea wall")
    words = _long("What should happen, and why?", hint="Please name no private people", most=3000, rows=6)
    pot = _choice("For which part?", required=False)
    field_order = ["title", "words", "place_name", "pot", "latitude", "longitude"]

    def __init__(self, *args: Any, round: Round, **more: Any) -> None:
        super().__init__(*args, **more)
        self.round = round
        named = [("", "I do not know"), *((str(pot.pk), pot.name) for pot in round.pots.all())]
        self.fields["pot"].choices = named  # type: ignore[attr-defined]

    def clean_pot(self) -> Pot | None:
        """Return the pot itself."""
        chosen = self.cleaned_data["pot"]
        return self.round.pots.get(pk=chosen) if chosen else None


class MergeForm(forms.Form):
    """Ideas that become one."""

    ideas = forms.MultipleChoiceField(label="Which ideas", widget=forms.CheckboxSelectMultiple)
    title = _text("Title of the new idea")
    words = _long("Words of the new idea", most=3000)
    reason = _long("Why they belong together", hint="Each author reads this")

    def __init__(self, *args: Any, offered: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ideas"].choices = [(str(idea.pk), idea.title) for idea in offered]  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """One idea that becomes two or three."""

    first_title = _text("Title of the first part")
    first_words = _long("Words of the first part", most=3000)
    second_title = _text("Title of the second part")
    second_words = _long("Words of the second part", most=3000)
    third_title = _text("Title of a third part", required=False)
    third_words = _long("Words of a third part", most=3000, required=False)
    reason = _long("Why it is taken apart", hint="The author reads this")

    def parts(self) -> list[tuple[str, str]]:
        """Return each part that has a title, with its words."""
        facts = self.cleaned_data
        return [
            (facts[f"{n}_title"], facts[f"{n}_words"])
            for n in ("first", "second", "third")
            if facts[f"{n}_title"]
        ]


YES_NO = (("yes", "Yes"), ("no", "No"))


class RulingForm(forms.Form):
    """Does an idea keep the rules?"""

    verdict = _choice("Does the idea keep the rules?", YES_NO)
    reason = _long("The reason", hint="The author and everyone else can read it")


class AppealForm(forms.Form):
    """Why somebody should look again."""

    words = _long("Why should we look again?", most=2000)


class AppealDecisionForm(forms.Form):
    """What the second person decides."""

    verdict = _choice("Does the idea go on?", YES_NO)
    reason = _long("The reason", hint="The author reads it")


class ForwardForm(forms.Form):
    """The pot that would pay for a project."""

    pot = _choice("Which pot would pay?")

    def __init__(self, *args: Any, round: Round, **more: Any) -> None:
        super().__init__(*args, **more)
        self.round = round
        self.fields["pot"].choices = [(pot.pk, pot.name) for pot in round.pots.all()]  # type: ignore[attr-defined]

    def clean_pot(self) -> Pot:
        """Return the pot itself."""
        return self.round.pots.get(pk=self.cleaned_data["pot"])


class FindingForm(forms.Form):
    """What was found about a project."""

    verdict = _choice("Can it be done?", YES_NO)
    cost_pence = Pounds("What it costs, in pounds", required=False, hint="Needed if it can be done")
    reason = _long("How you know", hint="Published with the finding: law, land, upkeep, prices", most=2000)


class ReasonForm(forms.Form):
    """Only a reason."""

    reason = _long("The reason", hint="The author is told")


class MilestoneForm(forms.Form):
    """A step of the work."""

    words = _text("What will be done", most=150)
    due_on = _day("By which day")


class SpendingForm(forms.Form):
    """Money that was spent."""

    amount_pence = Pounds("How much, in pounds")
    what = _text("On what", most=150)
    spent_on = _day("On which day")
    over_reason = _long("If this goes above the price: why", required=False, most=500, rows=2)


class PhotographForm(forms.Form):
    """A photograph of the work."""

    file = forms.FileField(
        label="Photograph",
        help_text="JPEG, PNG or WebP, at most 5 MB. We take out where and when it was taken.",
        widget=forms.FileInput(
            attrs={"class": "govuk-file-upload", "accept": "image/jpeg,image/png,image/webp"}
        ),
    )
    description = _text("What it shows", hint="For people who cannot see it", most=200)


class ImportForm(forms.Form):
    """A table of projects."""

    file = forms.FileField(
        label="Table of projects (CSV)",
        help_text="Columns: title, pot, summary, cost; and if you have them place_name, latitude, longitude",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,text/csv"}),
    )
