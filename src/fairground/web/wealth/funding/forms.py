"""The forms of the funding pages."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.wealth.funding import bridge
from fairground.web.wealth.funding.fields import WholeNumber
from fairground.web.wealth.funding.fields import choice_field as _choice
from fairground.web.wealth.funding.fields import text_field as _text


class CounterfactualForm(forms.Form):
    """Whose rate, for whom, on what, over which years."""

    areas = _choice("Which regions")
    at = _choice("At the rate of which region")
    function = _choice("Which spending")
    first = _choice("From financial year")
    last = _choice("To financial year")
    prices = _choice("In which prices")
    people = _choice("Whose people we count")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "areas": [*bridge.GROUPS, *bridge.regions()],
            "at": bridge.regions(),
            "function": bridge.FUNCTIONS,
            "first": bridge.years(),
            "last": bridge.years(),
            "prices": bridge.PRICES,
            "people": bridge.people(),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["prices"].help_text = "Real means without price rises, by the index of such years"


class AwardForm(forms.Form):
    """Who was given how much, for how long."""

    place = _text("Place", hint="A council area, such as Stoke-on-Trent")
    amount = _text("How many pounds", hint="For example 56,000,000 or £56m")
    years = WholeNumber(
        label="Over how many years",
        min_value=1,
        max_value=30,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"}),
    )
    fund = _text("Name of the fund (if you know it)", required=False)
    pot = _text("Pounds in the whole fund (if you know it)", required=False)


SCHEME_FIELDS = {
    "amount": ("Pounds", "The pot, or the change in a budget. For example 28,000,000"),
    "lump": ("Pounds that each place gets first", ""),
    "recovery": ("Score for recovery and growth", "From 0 to 100"),
    "transport": ("Score for transport", "From 0 to 100"),
    "regeneration": ("Score for regeneration", "From 0 to 100"),
    "comparability": ("How much of the work the nation does for itself", "From 0 (none) to 1 (all)"),
    "needs_factor": ("Factor for need", "1 means none"),
}
SCHEME_CHOICES = {
    "level": ("Between whom", bridge.LEVELS),
    "nation": ("Nation", bridge.NATIONS),
}


class SchemeForm(forms.Form):
    """The numbers that one scheme's rule uses, and no others; those of every rule where none is named."""

    def __init__(self, *args: Any, scheme: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in bridge.scheme_fields(scheme) if scheme else (*SCHEME_FIELDS, *SCHEME_CHOICES):
            if name in SCHEME_CHOICES:
                label, choices = SCHEME_CHOICES[name]
                self.fields[name] = _choice(label)
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                label, hint = SCHEME_FIELDS[name]
                self.fields[name] = _text(label, hint=hint, mode="decimal")
