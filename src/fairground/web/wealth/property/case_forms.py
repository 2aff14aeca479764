"""The forms of kept cases: open one, record and correct what happened, say something, check it, close."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from fairground.errors import FairgroundError
from fairground.web.power.budgeting.fields import choice, day, long, text
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.models import OwnerKind
from fairground.web.wealth.property.of_register import asset
from fairground.web.wealth.property.permissions import places_of

LONGEST_OWN = 260  # of a council's own periods: five years of weeks


class Once(forms.Form):
    """A form that does its work once, however often it is sent."""

    token = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["token"].initial = uuid.uuid4
        self.fields["token"].error_messages["invalid"] = "Load this page again, then send the form once more"
        self.fields["token"].error_messages["required"] = self.fields["token"].error_messages["invalid"]


def radios(label: str, choices: Any = (), *, hint: str = "", required: bool = True) -> forms.ChoiceField:
    """Return a question with a few answers to choose one from."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, required=required, widget=forms.RadioSelect()
    )


def own_length(one: kept.OwnLength) -> forms.IntegerField:
    """Return a box for how long a council's own policy makes a period; empty for the usual length."""
    unit, usual = one.length["unit"].replace("-", " "), one.length["number"]
    return forms.IntegerField(
        label=f"{one.period_name}: {unit}",
        required=False,
        min_value=1,
        max_value=LONGEST_OWN,
        help_text=f"Only for “{one.procedure_name}”, and only if your own policy says so. Else it is {usual}",
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Give a whole number of {unit}, 1 to {LONGEST_OWN}"
        ),
    )


class FindForm(forms.Form):
    """Which cases to list."""

    q = text("A place", required=False, hint="For example Stoke-on-Trent")
    procedure = choice("What kind of case", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["procedure"].choices = [("", "Every kind"), *kept.every_name().items()]  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """Return the code of the place, or nothing where none was typed."""
        typed = self.cleaned_data["q"].strip()
        return _place(self, "q", typed)[0] if typed else ""


def _place(form: forms.Form, field: str, typed: str) -> tuple[str, str]:
    try:
        return kept.place_of(typed)
    except FairgroundError as fault:
        raise forms.ValidationError(str(fault)) from fault


class OpenForm(Once):
    """A new case of a council."""

    procedure = choice("What kind of case")
    place = choice("Which council")
    title = text(
        "What is it about?", hint="The name of the building or land, such as Bethesda Hall", most=120
    )
    where = text("Where is it?", hint="A street and a postcode", required=False, most=200)
    about = long(
        "What is proposed, or asked for?", required=False, most=3000,
        hint="For a consultation: exactly what would change, and when",
    )  # fmt: skip
    asset_reference = text("The council’s own number for it", required=False)
    asset = forms.CharField(required=False, widget=forms.HiddenInput())
    owner_kind = choice("Who owns it?", OwnerKind.choices)
    owner_name = text(
        "Name of the owner", required=False, most=120, hint="Only of a body. Never of a private person"
    )

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        codes = places_of(user, "cases.open")
        self.fields["procedure"].choices = kept.names()  # type: ignore[attr-defined]
        self.fields["place"].choices = [(code, kept.place_name(code)) for code in codes]  # type: ignore[attr-defined]
        self.own = {f"length-{one.procedure}-{one.period}": one for one in kept.own_lengths()}
        self.fields |= {name: own_length(one) for name, one in self.own.items()}

    def visible_fields(self) -> list[forms.BoundField]:
        """Return the fields that every kind of case has."""
        return [field for field in super().visible_fields() if field.name not in self.own]

    def policy(self) -> list[forms.BoundField]:
        """Return the lengths of a council's own policy, which are folded away."""
        return [self[name] for name in self.own]

    def policy_shown(self) -> bool:
        """Say whether one of them is filled in or wrong, so that they must be in sight."""
        return any(field.value() or field.errors for field in self.policy())

    def clean_asset(self) -> Any:
        """Return the asset itself, where one is named that everyone may see."""
        return asset(self.cleaned_data["asset"])

    def clean(self) -> dict[str, Any]:
        """A private owner has no name here."""
        facts = dict(super().clean() or {})
        if facts.get("owner_name") and facts.get("owner_kind") in (OwnerKind.PERSON, OwnerKind.UNKNOWN):
            self.add_error("owner_name", "Leave this empty: the name of a private person is not kept")
        facts["lengths"] = {}
        for name, one in self.own.items():
            number = facts.pop(name, None)
            if number and one.procedure != facts.get("procedure"):
                self.add_error(
                    name, f"This is for another kind of case: {one.procedure_name}. Leave it empty"
                )
            elif number:
                facts["lengths"][one.period] = {**one.length, "number": number}
        return facts


class RecordForm(Once):
    """What happened."""

    kind = radios("What happened?")
    day = day("On which day?", hint="The day on which it happened, not the day on which you write it down")
    note = long(
        "The reasons, or a note", required=False, most=3000,
        hint="Needed for a decision. Everyone can read this: name no private people",
    )  # fmt: skip
    document = text("From which document?", required=False, most=300, hint="Such as Minutes of 3 May, item 4")

    def __init__(self, *args: Any, choices: Any = (), every: Any = (), **more: Any) -> None:
        """Show some choices, and take any of every: the case may have gone on since the page was opened."""
        super().__init__(*args, **more)
        self.fields["kind"].choices = every or choices  # type: ignore[attr-defined]
        chosen = [one for one in every if one[0] == self.data.get("kind")]
        named = {id for id, _ in choices}
        self.fields["kind"].widget.choices = [*choices, *(one for one in chosen if one[0] not in named)]
        self.fields["kind"].error_messages["required"] = "Choose what happened"


def said(one: Any) -> str:
    """Return what may happen next as a choice, with its last day and whether reasons are due."""
    until = f" (not later than {one.until:%-d %B %Y})" if hasattr(one.until, "year") else ""
    return f"{one.next_event}{until}{' – with reasons' if one.needs_reasons else ''}"


class CorrectForm(Once):
    """What should have been written down."""

    day = day("The right day")
    note = long("The reasons, or a note", required=False, most=3000)
    document = text("From which document?", required=False, most=300)
    why = text("Why do you correct it?", most=500, hint="Everyone can read this")


class WhyForm(Once):
    """Why an entry is taken back, or a case opened again."""

    why = text("Why?", most=500, hint="Everyone can read this")


class CloseForm(forms.Form):
    """How a case ended."""

    outcome = text(
        "The outcome in a few words", most=200, hint="Such as Sold to the Friends of Bethesda Hall"
    )
    reasons = long("The reasons", most=3000)


class SayForm(Once):
    """What somebody writes about a proposal."""

    words = long("What do you want to say?", most=5000, rows=8, hint="Please name no private people")
    signed = text(
        "How should we name you?", required=False,
        hint="For example Rosa, Fenton, or Friends of the park. You may leave it empty",
    )  # fmt: skip
    website = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean_website(self) -> str:
        """Refuse what fills in a field that no person sees."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this field empty")
        return ""


class CheckForm(forms.Form):
    """Whether words are shown, and how."""

    shown = radios(
        "Show it?",
        [("yes", "Show it as it stands below"), ("no", "Do not show it")],
    )
    words = long("The words as everyone will read them", most=5000, rows=8, required=False,
                 hint="Take out what is personal, and put [left out] in its place")  # fmt: skip
    signed = text("How the writer is named", required=False)
    reason = text(
        "Reason", required=False, most=500, hint="Needed where you leave something out. Everyone can read it"
    )

    def __init__(self, *args: Any, named: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not named:
            del self.fields["signed"]

    def clean_shown(self) -> bool:
        """Return yes as true."""
        return str(self.cleaned_data["shown"]) == "yes"


class RespondForm(forms.Form):
    """What the council says to it."""

    words = long("The council’s response", most=3000)


class SentForm(forms.Form):
    """When a letter was sent."""

    sent_on = day("When was it sent, or put up?")
