"""Which pages the API gives, and what each takes: read off the form of the page itself.

A call has the address of its page, so the answer is the page's own answer and the two cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from ninja import Field, Schema
from pydantic import create_model

from fairground.web.opportunity.greenspace.forms import CheckForm, CoverageForm
from fairground.web.opportunity.neighbourhoods.forms import CompareForm, ScoreForm, SpotForm
from fairground.web.places.forms import SearchForm
from fairground.web.wealth.funding.forms import AwardForm, CounterfactualForm, SchemeForm
from fairground.web.wealth.funding.formula_forms import ExplainForm, FormulaForm, MergerForm, PathForm
from fairground.web.wealth.inequality.forms import (
    ConvergenceForm,
    GapForm,
    GapYearsForm,
    IndicatorForm,
    MeasureForm,
    PeriodForm,
    StandingForm,
)
from fairground.web.wealth.property.forms import CaseForm


@dataclass(frozen=True)
class Call:
    """One address of the API: that of a page, what it says, its form, and whether the form must be filled."""

    address: str
    words: str
    form: type[forms.Form] | None = None
    needed: bool = False

    @property
    def name(self) -> str:
        """A name for the OpenAPI document, such as "wealth_funding_award"."""
        return self.address.replace("{id}", "one").strip("/").replace("/", "_").replace("-", "_")


CALLS = (
    Call("places/", "Find places by name or code, forgiving spelling.", SearchForm, needed=True),
    Call("places/{id}/", "Say where a place stands on each measure, or what it is."),
    Call("data/", "List the sources of every number."),
    Call("wealth/property/", "List the legal procedures whose dates we count."),
    Call("wealth/property/sold/", "Say what is known of how much councils have sold."),
    Call("wealth/finance/ready/", "List what a group should have ready before it buys."),
    Call("wealth/property/case/", "Say where a case stands, with every date.", CaseForm, needed=True),
    Call("wealth/inequality/gap/", "Say how far the best place is ahead of the worst.", GapForm),
    Call("wealth/inequality/gap-over-time/", "Say how that gap has changed.", GapYearsForm),
    Call(
        "wealth/inequality/decompose/", "Say how much lies between groups of places and inside.", PeriodForm
    ),
    Call("wealth/inequality/over-time/", "Say how that split has changed.", IndicatorForm),
    Call("wealth/inequality/convergence/", "Say whether places have grown more alike.", ConvergenceForm),
    Call(
        "wealth/inequality/standing/", "Say where a place stands, or year by year.", StandingForm, needed=True
    ),
    Call("wealth/inequality/standing/{id}/", "Say where a place stands, or year by year.", MeasureForm),
    Call("wealth/inequality/indicators/", "List the indicators that we hold."),
    Call("wealth/inequality/claims/", "List the claims that were checked."),
    Call("wealth/inequality/claims/{id}/", "Say whether one claim holds."),
    Call(
        "wealth/funding/counterfactual/",
        "Say what areas would have had at another region's spending per head.",
        CounterfactualForm,
    ),
    Call("wealth/funding/award/", "Say whether an award is fair.", AwardForm, needed=True),
    Call("wealth/funding/schemes/", "List the real schemes whose rules can be worked."),
    Call("wealth/funding/schemes/{id}/", "Say what the rule of one real scheme gives.", SchemeForm),
    Call("wealth/funding/formula/", "Say what a formula of need gives each district.", FormulaForm),
    Call(
        "wealth/funding/formula/sensitivity/",
        "Say how far each amount depends on the weights and on errors in the figures.",
        FormulaForm,
    ),
    Call("wealth/funding/formula/explain/", "Say why a formula gives a place what it gives it.", ExplainForm),
    Call("wealth/funding/formula/path/", "Say what places would get year by year.", PathForm),
    Call("wealth/funding/formula/merger/", "Say what councils would get together and apart.", MergerForm),
    Call("opportunity/greenspace/", "Say how far one spot is from green space.", CheckForm, needed=True),
    Call("opportunity/greenspace/coverage/", "Say how many homes of a place are near it.", CoverageForm),
    Call("opportunity/neighbourhoods/", "Say what people have within reach.", ScoreForm),
    Call("opportunity/neighbourhoods/check/", "Say what one door has within reach.", SpotForm, needed=True),
    Call("opportunity/neighbourhoods/compare/", "Set two places side by side.", CompareForm, needed=True),
    Call("wealth/funding/formula/{id}/", "Give the answer of a sealed formula, as it was sealed."),
)


def parameters(form: type[forms.Form], *, needed: bool) -> type[Schema]:
    """Return the parameters of a call as a schema: one for each field of the form."""
    told: Any = {name: _parameter(field, needed=needed) for name, field in form().fields.items()}
    return create_model(f"{form.__name__}Asked", __base__=Schema, **told)


def _parameter(field: forms.Field, *, needed: bool) -> tuple[Any, Any]:
    facts: dict[str, Any] = {"description": str(field.label or "")}
    kind: Any = str
    if isinstance(field, forms.IntegerField):
        kind, facts["ge"], facts["le"] = int, field.min_value, field.max_value
    elif isinstance(field, forms.MultipleChoiceField):
        kind = list[str]
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        values = [str(value) for value, _ in choices]
        facts["json_schema_extra"] = {"enum": values} if values else {}
    elif isinstance(field, forms.CharField):
        facts["max_length"] = field.max_length
    return kind, Field(... if needed and field.required else "", **facts)
