"""What an officer is asked: a round, its days, people, pots, how people vote, a table of projects.

Days are days in the time of the United Kingdom: a phase opens at midnight and closes at midnight.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from fairground.web.accounts.models import User
from fairground.web.participation.models import PhaseName, Round, RoundRoleName
from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.budgeting import paper
from fairground.web.power.budgeting.fields import Pounds, box, choice, day, long, number, radios, text


class RoundForm(forms.Form):
    """What a round is called, and the council's budget that it is part of."""

    title = text("Name of the round", hint="For example Redcar Decides 2026", most=120)
    summary = long("What is it about?", hint="Two or three sentences that everybody understands", most=2000)
    council_budget_pence = Pounds(
        "The council's budget for a year, in pounds",
        hint="To show how much of it people decide",
        required=False,
    )
    council_budget_source = text(
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

    place_code = choice("Place")
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
            self.fields[f"{name}_first"] = day(f"{label}: first day", required=False)
            self.fields[f"{name}_last"] = day(f"{label}: last day", required=False)

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
    role = choice("Role", RoundRoleName.choices)

    def clean_email(self) -> Any:
        """Only somebody with an account can hold a role."""
        email = self.cleaned_data["email"].lower()
        self.person = User.objects.filter(email=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError("Nobody has an account with this address. Ask them to sign in once.")
        return email


class PotForm(forms.Form):
    """A pot of money."""

    name = text("Name of the pot", hint="For example Whole borough, or Coast", most=80)
    amount_pence = Pounds("How much is in it, in pounds")
    ceiling_pence = Pounds(
        "The most for one project, in pounds", hint="Empty: no limit of its own", required=False
    )
    districts = text(
        "For which districts",
        hint="Separate them by commas. Empty: the whole place",
        required=False,
        most=500,
    )

    def clean_districts(self) -> list[str]:
        """Return the districts as a list."""
        return [part.strip() for part in self.cleaned_data["districts"].split(",") if part.strip()]


class VoteForm(forms.Form):
    """How people vote, by which rule it is counted, and who may vote."""

    type = radios("How do people vote?", paper.BALLOTS)
    max_projects = number("How many projects at most", "Only for ticks and for putting in order", most=50)
    points = number("How many points", "Only for sharing out points", most=1000)
    within_budget = box("The ticked projects may not cost more than the pot holds")
    rule = radios("By which rule is it counted?", [(name, words) for name, (words, _) in paper.RULES.items()])
    ways = radios("Who may vote?", [(name, words) for name, (words, _) in paper.WAYS.items()])
    least_age = number("From which age", "Empty: no age is asked", most=25)
    postcodes = long(
        "Postcodes and their districts",
        hint="One a line, such as TS10 = Redcar. Only for voting by postcode. Without = : the whole place",
        required=False,
        most=5000,
    )
    sure = box(
        "I have checked the days, the pots and the projects. I know that nothing can be changed afterwards",
        required=True,
        unticked="Tick the box once you have checked them. Nothing is frozen yet",
    )

    def clean_postcodes(self) -> dict[str, str]:
        """Return the district of each beginning of a postcode."""
        lines = [line.strip() for line in self.cleaned_data["postcodes"].splitlines() if line.strip()]
        pairs = [line.partition("=") for line in lines]
        return {code.strip().upper(): district.strip() for code, _, district in pairs}


class ImportForm(forms.Form):
    """A table of projects."""

    file = forms.FileField(
        label="Table of projects (CSV, Excel or OpenDocument)",
        help_text=(
            "Columns: title, pot, summary, cost; and if you have them place_name, latitude, longitude, "
            "feasible (yes or no) and reason (how you know). A row with the id of a project of this round "
            "says what was found about it"
        ),
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx,.ods"}),
    )
