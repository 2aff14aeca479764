"""The forms of a formula and of the questions about one: why, over ten years, after a merger.

Each holds the whole formula, so that its address can be shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from fairground.web.wealth.funding import bridge
from fairground.web.wealth.funding.fields import choice_field, text_field

START = {"pot": "8,600,000,000", "floor": "0.7", "cap": "1.6", "rounding": "largest-remainder"}
LIMITS = {
    "floor": ("Least that a place may get", "A share of the average for each person, such as 0.7"),
    "cap": ("Most that a place may get", "Times the average for each person, such as 1.6"),
    "catch_up": ("Catch-up for past investment", "Extra weight for each year behind London, such as 0.1"),
    "look_back": ("Years that catch-up looks back", "From 1 to 19; 10 if you leave it empty"),
}
POWERS = {
    "power": ("How strongly need counts", "1 if you leave it empty; 2 counts it twice over, 0 not at all"),
    "cost": ("How strongly the cost of work counts", "Off if you leave it empty; try 0.5"),
    "beta": ("How strongly catch-up counts", "1 if you leave it empty; only with catch-up"),
}


class FormulaForm(forms.Form):
    """The pot or a region to match, the weight of each indicator, floor, cap, catch-up and strengths."""

    start: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pot"] = text_field(
            "Pounds to share out", hint="For example 8,600,000,000", required=False
        )
        self.fields["match"] = choice_field("Or: lift every place to a region’s level")
        self.fields["match"].choices = bridge.matches()  # type: ignore[attr-defined]
        self.fields["match"].help_text = "Then leave the pounds empty. We work out what it takes."
        for id, name in bridge.indicators():
            self.fields[id] = text_field(f"Weight of: {name}", required=False, mode="decimal")
        for id, (label, hint) in (LIMITS | POWERS).items():
            self.fields[id] = text_field(label, hint=hint, required=False, mode="decimal")
        self.fields["rounding"] = choice_field("How pennies are rounded")
        self.fields["rounding"].choices = bridge.ROUNDING  # type: ignore[attr-defined]
        self.fields["rounding"].help_text = "The methods are called largest remainder and Webster"
        self.fields["match"].required = self.fields["rounding"].required = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> FormulaForm:
        """Return the form that an address fills: our example where it says nothing of the formula.

        Where it does, a floor or a cap that it leaves out is left out; the pot (unless a region is to be
        matched) and, where there is no weight at all, the weights are those of the example, and the form
        shows them.
        """
        given = {name: text for name, text in query.items() if name in cls().fields}
        chosen = {id: text for id, _ in bridge.indicators() if (text := given.get(id, "").strip())}
        formula = [name for name in given if name not in cls.start]
        start = {"pot": START["pot"]} if formula else START
        if given.get("match", "").strip():
            start = {}
        return cls({**cls.start, **start, **given, **(chosen or bridge.default_weights())})

    def clean(self) -> dict[str, Any]:
        """Say beside the first weight when the weights do not add up to 1."""
        given = [(field.name, self.cleaned_data.get(field.name)) for field in self.weights()]
        try:
            weights = [(name, Decimal(text)) for name, text in given if text]
        except InvalidOperation:
            return self.cleaned_data  # the question says which weight is no number
        if not all(weight.is_finite() and 0 <= weight <= 1 for _, weight in weights):
            return self.cleaned_data  # and which one is below 0 or above 1
        total = sum((weight for _, weight in weights), Decimal(0))
        if weights and total != 1:
            text = f"The weights add up to {total.normalize():f}. They must add up to 1."
            self.add_error(weights[0][0], text)
        return self.cleaned_data

    def weights(self) -> list[Any]:
        """Return the fields that weigh indicators."""
        return [self[id] for id, _ in bridge.indicators()]

    def chosen_weights(self) -> list[Any]:
        """Return the weights that are filled in or wrong: those that must be in sight."""
        return [field for field in self.weights() if field.value() or field.errors]

    def other_weights(self) -> list[Any]:
        """Return the weights that are left empty, which are folded away."""
        return [field for field in self.weights() if not (field.value() or field.errors)]

    def limits(self) -> list[Any]:
        """Return the fields of the money and its limits."""
        return [self[name] for name in ("pot", "match", "floor", "cap")]

    def powers(self) -> list[Any]:
        """Return the fields for people who want to set everything."""
        return [self[name] for name in ("catch_up", "look_back", *POWERS, "rounding")]

    def powers_shown(self) -> bool:
        """Say whether one of those is filled in or wrong, so that they must be in sight."""
        typed = [field for field in self.powers() if field.name != "rounding"]
        return any(field.value() or field.errors for field in typed) or bool(self["rounding"].errors)

    def own(self) -> list[Any]:
        """Return the fields that only this question has."""
        return [self[name] for name in self.start]


class ExplainForm(FormulaForm):
    """A formula, and the place whose amount is taken apart."""

    start: Mapping[str, str] = {"place": "Stoke-on-Trent"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = text_field("Place", hint="A council area, such as Stoke-on-Trent")


class MergerForm(FormulaForm):
    """A formula, and the councils that would merge."""

    start: Mapping[str, str] = {"places": "Stoke-on-Trent, Stafford"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"] = text_field(
            "Councils that would merge", hint="Two or more, with commas between", most=500
        )


class PathForm(FormulaForm):
    """A formula, and how shares move to it year by year."""

    start: Mapping[str, str] = {
        "years": "10", "place": "", "band": "", "keep": "", "damping": "", "levels": "",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            "years": ("How many years", "From 1 to 50"),
            "place": ("Show one place", "Leave it empty to see the nine regions"),
            "band": ("Furthest that a share may move in a year", "Such as 0.1, for a tenth of itself"),
            "keep": ("Least that a place keeps of its last amount", "Such as 0.95"),
            "damping": ("Steps to the formula", "1/3, 2/3, 1 if you leave it empty"),
            "levels": (
                "The level of each year",
                "Pounds a person, such as 1500, 1600; or each-year, for what London had in each past year",
            ),
        }
        for name, (label, hint) in asked.items():
            self.fields[name] = text_field(label, hint=hint, required=name == "years")
