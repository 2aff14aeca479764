"""The forms of the inequality pages: which indicator, which period, which places."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.wealth.inequality import bridge


def chosen(label: str, **more: Any) -> forms.ChoiceField:
    """Return a list to choose from, dressed as the rest of the site."""
    return forms.ChoiceField(label=label, widget=forms.Select(attrs={"class": "govuk-select"}), **more)


class IndicatorForm(forms.Form):
    """Choose an indicator; which ones depends on the question that the page asks."""

    question = "decompose"
    indicator = chosen("What to compare", help_text="The answer says each name in full")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = bridge.choices(self.question)  # type: ignore[attr-defined]


class PeriodForm(IndicatorForm):
    """Choose an indicator and a period."""

    period = chosen("Period", required=False, help_text="Leave it at newest to see the latest figures")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = [(period, period) for period in bridge.all_periods()]
        self.fields["period"].choices = [("", "Newest"), *periods]  # type: ignore[attr-defined]


class GapForm(PeriodForm):
    """Choose an indicator, a period, and whether regions or districts are compared."""

    question = "gap"
    level = chosen("Which places", required=False, choices=bridge.LEVELS)


class GapYearsForm(IndicatorForm):
    """Choose an indicator, and whether regions or districts are compared."""

    question = "gap"
    level = chosen("Which places", required=False, choices=bridge.LEVELS)


class ConvergenceForm(IndicatorForm):
    """Choose an indicator with figures for two periods or more, and which places."""

    question = "convergence"
    level = chosen(
        "Which places", required=False, choices=[("", "Whichever we know most of"), *bridge.LEVELS[1:]]
    )


class MeasureForm(forms.Form):
    """Choose one measure to see it year by year, or all of them."""

    indicator = chosen("Which measure", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", "All of them, newest first"), *bridge.choices("gap")]
        self.fields["indicator"].choices = every  # type: ignore[attr-defined]


class StandingForm(MeasureForm):
    """Name a place, and choose one measure to see it year by year."""

    field_order = ("place", "indicator")
    place = forms.CharField(
        label="Your place",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "address-level2"}),
    )
