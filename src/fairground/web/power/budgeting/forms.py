"""What residents, moderators, assessors and builders are asked: ideas, decisions, findings, work."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.participation.models import Round
from fairground.web.power.budgeting.fields import Pounds, choice, day, long, radios, text
from fairground.web.power.budgeting.models import Pot


class Here(forms.Form):
    """Where something is: a name, or a point, or both, or neither."""

    place_name = text("Where? A street, park or building", required=False, most=120)
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

    title = text("Your idea in a few words", hint="For example A bench by the sea wall")
    words = long("What should happen, and why?", hint="Please name no private people", most=3000, rows=6)
    pot = choice("For which part?", required=False)
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
    title = text("Title of the new idea")
    words = long("Words of the new idea", most=3000)
    reason = long("Why they belong together", hint="Each author reads this")

    def __init__(self, *args: Any, offered: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ideas"].choices = [(str(idea.pk), idea.title) for idea in offered]  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """One idea that becomes two or three."""

    first_title = text("Title of the first part")
    first_words = long("Words of the first part", most=3000)
    second_title = text("Title of the second part")
    second_words = long("Words of the second part", most=3000)
    third_title = text("Title of a third part", required=False)
    third_words = long("Words of a third part", most=3000, required=False)
    reason = long("Why it is taken apart", hint="The author reads this")

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

    verdict = radios("Does the idea keep the rules?", YES_NO)
    reason = long("The reason", hint="The author and everyone else can read it")


class AppealForm(forms.Form):
    """Why somebody should look again."""

    words = long("Why should we look again?", most=2000)


class AppealDecisionForm(forms.Form):
    """What the second person decides."""

    verdict = radios("Does the idea go on?", YES_NO)
    reason = long("The reason", hint="The author reads it")


class ForwardForm(forms.Form):
    """The pot that would pay for a project."""

    pot = choice("Which pot would pay?")

    def __init__(self, *args: Any, round: Round, **more: Any) -> None:
        super().__init__(*args, **more)
        self.round = round
        self.fields["pot"].choices = [(pot.pk, pot.name) for pot in round.pots.all()]  # type: ignore[attr-defined]

    def clean_pot(self) -> Pot:
        """Return the pot itself."""
        return self.round.pots.get(pk=self.cleaned_data["pot"])


class FindingForm(forms.Form):
    """What was found about a project."""

    verdict = radios("Can it be done?", YES_NO)
    cost_pence = Pounds("What it costs, in pounds", required=False, hint="Needed if it can be done")
    reason = long("How you know", hint="Published with the finding: law, land, upkeep, prices", most=2000)


class ReasonForm(forms.Form):
    """Only a reason."""

    reason = long("The reason", hint="The author is told")


class MilestoneForm(forms.Form):
    """A step of the work."""

    words = text("What will be done", most=150)
    due_on = day("By which day")


class SpendingForm(forms.Form):
    """Money that was spent."""

    amount_pence = Pounds("How much, in pounds")
    what = text("On what", most=150)
    spent_on = day("On which day")
    over_reason = long("If this goes above the price: why", required=False, most=500, rows=2)


class PhotographForm(forms.Form):
    """A photograph of the work."""

    file = forms.FileField(
        label="Photograph",
        help_text="JPEG, PNG or WebP, at most 5 MB. We take out where and when it was taken.",
        widget=forms.FileInput(
            attrs={"class": "govuk-file-upload", "accept": "image/jpeg,image/png,image/webp"}
        ),
    )
    description = text("What it shows", hint="For people who cannot see it", most=200)
