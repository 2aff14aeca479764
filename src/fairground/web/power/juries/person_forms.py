"""What somebody is asked who would sit on a jury: whole on one page, or one question on each.

Lengths are such that all of it, sealed, fits into a cookie of 4,096 bytes (RFC 6265, section 6.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.budgeting.fields import Line, choice, text
from fairground.web.power.juries.models import Jury, Way, features_of
from fairground.web.power.juries.told import Told

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", re.ASCII)
PHONE = re.compile(r"[+0-9 ()./-]{6,25}", re.ASCII)
WRITTEN = ("name", "address", "postcode", "email", "phone", "needs")
REACH = ("address", "postcode", "email", "phone")


def spaced(postcode: str) -> str:
    """Return a postcode in capitals with one space; what is no whole postcode stays as it is, in capitals."""
    found = POSTCODE.fullmatch(postcode.upper().replace(" ", ""))
    return " ".join(found.groups()) if found else postcode.upper()


def radios(label: str, choices: Any, *, hint: str = "") -> forms.ChoiceField:
    """Return a question with a few answers of which one is chosen."""
    field = forms.ChoiceField(label=label, choices=choices, help_text=hint, widget=forms.RadioSelect())
    field.error_messages["required"] = "Choose one answer"
    return field


class PersonForm(forms.Form):
    """All that is kept of somebody in a pool: name, ways to reach them, each answer, what they need.

    Parameters
    ----------
    only : the names of the questions that are asked here; all of them where nothing is said.
    """

    name = text("Name", most=80)
    address = text("House number and street", most=150)
    postcode = text("Postcode", most=10)
    email = forms.EmailField(
        label="Email", required=False, max_length=120,
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "email"}),
    )  # fmt: skip
    phone = text("Phone", most=25, required=False, mode="tel")
    needs = forms.CharField(
        label="What would help you take part?", required=False, max_length=250,
        help_text="You need not say. For example step-free rooms",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, jury: Jury, only: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.features = features_of(jury)
        for one in self.features:
            answers = [(str(value.pk), value.name) for value in one.values.all()]
            self.fields[f"q{one.position}"] = radios(one.question, answers, hint=one.hint)
        for name, filled in (("name", "name"), ("address", "street-address"), ("postcode", "postal-code"),
                             ("phone", "tel")):  # fmt: skip
            self.fields[name].widget.attrs["autocomplete"] = filled
        if not jury.one_of_an_address:
            self.fields["address"].required = self.fields["postcode"].required = False
        order = ["name", *REACH, *(f"q{one.position}" for one in self.features), "needs"]
        self.order_fields(order)
        for name in [name for name in self.fields if only and name not in only]:
            del self.fields[name]

    def clean_postcode(self) -> str:
        """Return the postcode in capitals, with one space."""
        typed = str(self.cleaned_data["postcode"])
        if typed and not POSTCODE.fullmatch(typed.upper().replace(" ", "")):
            raise forms.ValidationError(f'"{typed}" is not a whole postcode, such as ST1 5RQ')
        return spaced(typed)

    def clean_phone(self) -> str:
        """Return the number as it was typed."""
        typed = str(self.cleaned_data["phone"])
        if typed and not PHONE.fullmatch(typed):
            raise forms.ValidationError(f'"{typed}" is not a phone number, such as 01782 000000')
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person."""
        facts = dict(super().clean() or {})
        ways = ("email", "phone") if self.fields.get("address", forms.Field()).required else REACH
        asked = {"email", "phone"} <= set(self.fields)
        if asked and not self.errors and not any(facts.get(name) for name in ways):
            self.add_error("email", "Give us an email address or a phone number")
        return facts

    def told(self) -> Told:
        """Return what was told."""
        return told_of(self.features, self.cleaned_data)

    @staticmethod
    def first(jury: Jury, told: Told) -> dict[str, Any]:
        """Return what the form shows first of somebody."""
        facts: dict[str, Any] = {name: getattr(told, name) for name in WRITTEN}
        for one in features_of(jury):
            chosen = next((v for v in one.values.all() if v.name == told.values.get(one.name)), None)
            facts[f"q{one.position}"] = str(chosen.pk) if chosen else ""
        return facts


def told_of(features: Any, facts: Mapping[str, Any]) -> Told:
    """Return what was told in the fields of the form."""
    values = {}
    for one in features:
        names = {str(value.pk): value.name for value in one.values.all()}
        values[one.name] = names.get(str(facts.get(f"q{one.position}")), "")
    return Told(values=values, **{name: str(facts.get(name, "")) for name in WRITTEN})


class EntryForm(PersonForm):
    """Somebody whom an officer writes down, and how they told it."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput())
    way = choice("How did they tell you?", [one for one in Way.choices if one[0] != Way.ONLINE])
    letter_code = text("The code on their letter", hint="If they have one", required=False, most=40)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_fields(["way", "letter_code"])


class LetterForm(forms.Form):
    """The code of a letter."""

    code = Line(
        label="The code on your letter",
        help_text="16 letters and digits",
        max_length=40,
        widget=forms.TextInput(
            {
                "class": "govuk-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class OwnCodeForm(LetterForm):
    """The code by which a volunteer comes back."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].label = "Your own code"
        self.fields["code"].help_text = "You got it when you volunteered. It is not the code on the letter"


class AgeForm(forms.Form):
    """Whether somebody may sit on the jury at all."""

    def __init__(self, *args: Any, jury: Jury, **more: Any) -> None:
        super().__init__(*args, **more)
        where = place_name(jury.round.place_code)
        self.fields["may"] = radios(
            f"Are you {jury.least_age} or older, and do you live in {where}?", [("yes", "Yes"), ("no", "No")]
        )


@dataclass(frozen=True)
class Step:
    """One page of questions: the last word of its address, its heading, what it asks, and why."""

    slug: str
    title: str
    fields: tuple[str, ...]
    why: str = ""


def steps(jury: Jury) -> list[Step]:
    """Return the pages of questions of a jury, in order; none where nothing says yet what to ask."""
    letter = [Step("letter", "The code on your letter", ("code",))] if jury.letter_needed else []
    home = "At most one person of each home is drawn." if jury.one_of_an_address else ""
    return [
        *letter,
        Step("age", "Can you sit on this jury?", ("may",)),
        *(Step(f"q{one.position}", one.question, (f"q{one.position}",)) for one in features_of(jury)),
        Step("reach", "How can we reach you?", ("name", *REACH), home),
        Step("needs", "What would help you take part?", ("needs",)),
    ]


def form_of(jury: Jury, step: Step, *args: Any, **more: Any) -> forms.Form:
    """Return the form of one page."""
    if step.slug == "letter":
        return LetterForm(*args, **more)
    if step.slug == "age":
        return AgeForm(*args, jury=jury, **more)
    return PersonForm(*args, jury=jury, only=step.fields, **more)
