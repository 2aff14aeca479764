"""The forms of the neighbourhood pages."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.opportunity.models import Question
from fairground.web.opportunity.neighbourhoods import bridge
from fairground.web.opportunity.sending import SentForm
from fairground.web.wealth.funding.fields import choice_field, text_field

SPOT_HINT = "A postcode, or latitude and longitude. For example ZZ1 2AA, or 54.6180, 2.0010."
CHOICES = {
    "map": bridge.places,
    "first": bridge.places,
    "second": bridge.places,
    "mode": lambda: bridge.MODES,
    "preset": bridge.definitions,
    "need": bridge.needs,
    "rule": bridge.rules,
}


class GroundForm(forms.Form):
    """A form whose lists are filled with what the site holds just now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & CHOICES.keys():
            self.fields[name].choices = CHOICES[name]()  # type: ignore[attr-defined]


class ScoreForm(GroundForm):
    """Which place, by which way of travelling, by which definition; and what a reader changes of it."""

    map = choice_field("Place")
    mode = choice_field("How people travel")
    preset = choice_field("By which definition")
    need = forms.MultipleChoiceField(
        label="Which needs count", required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.FloatField(
        label="Minutes one way",
        help_text="Empty: as the definition says.",
        required=False,
        min_value=1,
        max_value=30,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "decimal"}),
    )
    weights = text_field(
        "Needs that weigh more or less",
        hint="For example food=2, pub=0.5. All others weigh 1.",
        required=False,
        most=300,
    )
    also = forms.CharField(
        label="What if these stood, too?",
        help_text="One a line, for example pharmacy=54.6155, 1.9962. Take a line out to undo it.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )

    @property
    def changed_by_reader(self) -> bool:
        """Whether anything beside the first three lists is filled in: then that part is shown open."""
        return any(self.data.get(name) for name in ("need", "minutes", "weights", "also"))


class SendForm(SentForm, GroundForm):
    """A file of homes, or of one site's boundary, to be scored."""

    asks = Question.NEIGHBOURHOODS
    starting = staticmethod(bridge.starting)
    map = choice_field("Place")
    mode = choice_field("How people travel")
    preset = choice_field("By which definition")
    field_order = ("file", "purpose", "map", "mode", "preset")

    def asked(self) -> dict[str, str]:
        """Return which place the file is held against, how people travel, by which definition."""
        chosen = self.cleaned_data
        return {"place": chosen["map"], "rule": chosen["preset"], "mode": chosen["mode"]}


class SpotForm(GroundForm):
    """Which place, which door in it, by which definition."""

    map = choice_field("Place")
    at = text_field("Postcode, or latitude and longitude", hint=SPOT_HINT + " Or drop a pin.")
    preset = choice_field("By which definition")


class CompareForm(GroundForm):
    """Two places, or a door in each, by the same rule and definition."""

    first = choice_field("First place")
    first_at = text_field("A spot in the first place (may be empty)", hint=SPOT_HINT, required=False)
    second = choice_field("Second place")
    second_at = text_field("A spot in the second place (may be empty)", hint=SPOT_HINT, required=False)
    rule = choice_field("By which rule of green space")
    preset = choice_field("By which definition of needs")
