"""The forms of the funding pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from fairground.web.wealth.funding import bridge


def _choice(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=forms.Select(attrs={"class": "govuk-select"}))


def _text(label: str, *, hint: str = "", required: bool = True, mode: str = "text") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": mode})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=100, widget=widget)


class WholeNumber(forms.IntegerField):
    """A whole number in the digits 0 to 9, as commands read it: no other script, no underscore."""

    def to_python(self, value: Any) -> int | None:
        """Return the number, or say beside the field that this is none."""
        if isinstance(value, str) and value.strip() and not re.fullmatch(r"[+-]?[0-9]{1,30}", value.strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


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


FORMULA = {"pot": "8,600,000,000", "floor": "0.7", "cap": "1.6", "rounding": "largest-remainder"}


class FormulaForm(forms.Form):
    """The pot, the weight of each indicator, the floor, the cap and catch-up."""

    pot = _text("Pounds to share out", hint="For example 8,600,000,000")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for id, name in bridge.indicators():
            self.fields[id] = _text(f"Weight of: {name}", required=False, mode="decimal")
        hints = {
            "floor": ("Least that a place may get", "A share of the average for each person, such as 0.7"),
            "cap": ("Most that a place may get", "Times the average for each person, such as 1.6"),
            "catch_up": (
                "Catch-up for past investment",
                "Extra weight for each year behind London, such as 0.1",
            ),
        }
        hints["look_back"] = ("Years that catch-up looks back", "From 1 to 19; 10 if you leave it empty")
        for id, (label, hint) in hints.items():
            self.fields[id] = _text(label, hint=hint, required=False, mode="decimal")
        self.fields["rounding"] = _choice("How pennies are rounded")
        self.fields["rounding"].choices = bridge.ROUNDING  # type: ignore[attr-defined]
        self.fields["rounding"].required = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> FormulaForm:
        """Return the form that an address fills: our example where it says nothing of the formula.

        Where it does, a floor or a cap that it leaves out is left out; the pot and, where there is no
        weight at all, the weights are those of the example, and the form shows them.
        """
        given = {name: text for name, text in query.items() if name in cls().fields}
        chosen = {id: text for id, _ in bridge.indicators() if (text := given.get(id, "").strip())}
        start = {"pot": FORMULA["pot"]} if given else FORMULA
        return cls({**start, **given, **(chosen or bridge.default_weights())})

    def clean(self) -> dict[str, Any]:
        """Say beside the first weight when the weights do not add up to 1."""
        given = [(field.name, self.cleaned_data.get(field.name)) for field in self.weights()]
        try:
            weights = [(name, Decimal(text)) for name, text in given if text]
        except InvalidOperation:
            return self.cleaned_data  # the question says which weight is no number
        total = sum(weight for _, weight in weights)
        if weights and total != 1 and all(0 <= weight <= 1 for _, weight in weights):
            self.add_error(weights[0][0], f"The weights add up to {total}. They must add up to 1.")
        return self.cleaned_data

    def weights(self) -> list[Any]:
        """Return the fields that weigh indicators."""
        return [self[id] for id, _ in bridge.indicators()]

    def limits(self) -> list[Any]:
        """Return the other fields: the pot, the floor, the cap, catch-up and rounding."""
        return [self[name] for name in ("pot", "floor", "cap", "catch_up", "look_back", "rounding")]


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
