"""The forms of the register: what people add, what officers change, how a list's columns are confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from fairground.errors import BadInput
from fairground.web.power.budgeting import fields
from fairground.web.wealth.register import bridge
from fairground.web.wealth.register.actions.contributions import CORRECTABLE
from fairground.web.wealth.register.models import (
    FIELDS,
    Asset,
    Decision,
    Keeper,
    Kind,
    RegisterRoleName,
    State,
    Tenure,
)

HINT = "What it means to you, what it was, who uses it. Name nobody who has not agreed."
HOW = {
    "by its name": "Known by its heading.",
    "by what is in it": "Known by what is in it.",
    "as you said": "Remembered from last time.",
}
BOUNDS = {"latitude": (49.0, 61.5), "longitude": (-9.0, 2.5)}


def file_field(label: str, hint: str, accept: str) -> forms.FileField:
    """Return a field that takes a file."""
    widget = forms.ClearableFileInput(attrs={"class": "govuk-file-upload", "accept": accept})
    return forms.FileField(label=label, help_text=hint, widget=widget)


def degrees(name: str, label: str) -> forms.FloatField:
    """Return a field for a latitude or longitude in Great Britain."""
    low, high = BOUNDS[name]
    widget = forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "decimal"})
    told = f"Give a number from {low:g} to {high:g}, or leave it empty"
    errors = {"invalid": told, "min_value": told, "max_value": told}
    return forms.FloatField(
        label=label, required=False, widget=widget, min_value=low, max_value=high, error_messages=errors
    )


def box(label: str, *, hint: str = "", initial: bool = False) -> forms.BooleanField:
    """Return a tick box."""
    widget = forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"})
    return forms.BooleanField(label=label, help_text=hint, required=False, initial=initial, widget=widget)


class SetUpForm(forms.Form):
    """A new register."""

    title = fields.text("Name of the register", hint="For example: What Redcar and Cleveland owns", most=120)
    body = fields.text("Whose property it lists", hint="The name of the council or other body", most=120)
    place_code = fields.choice("Place")
    keeper = fields.choice("Who keeps it", Keeper.choices)
    summary = fields.long("What it holds, in a sentence or two", required=False)

    def __init__(self, *args: Any, codes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told: Any = self.fields["place_code"]
        told.choices = [(code, bridge.place_name(code)) for code in codes]


class SendForm(forms.Form):
    """A list to take in."""

    file = file_field(
        "The list", "CSV, Excel, OpenDocument, JSON or GeoJSON, up to 25 MB. Send it as it is.",
        ",".join(bridge.ENDINGS),
    )  # fmt: skip


class ColumnsForm(forms.Form):
    """Which column of a list holds which field, and whether the list is whole."""

    whole = fields.choice(
        "Is this the whole list?",
        [("yes", "Yes. What is not on it is marked “no longer on the list”"), ("no", "No, only a part")],
    )  # fmt: skip
    dated = fields.day("Day of the list", required=False, hint="Today if you leave it empty")

    def __init__(self, *args: Any, seen: Sequence[bridge.ColumnSeen] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        for at, one in enumerate(seen):
            shown = fields.choice(
                one.heading or f"Column {at + 1}, without a heading", bridge.choices(), required=False
            )
            shown.initial = one.field
            said = f"For example: {'; '.join(one.examples)}. " if one.examples else ""
            doubt = (
                f"Its heading says “{one.doubted}”, but few of its cells can be that." if one.doubted else ""
            )
            shown.help_text = (said + HOW.get(one.how, "") + doubt).strip()
            self.fields[f"column-{at}"] = shown
        self.order_fields([name for name in self.fields if name not in ("whole", "dated")])

    def columns(self) -> dict[str, str]:
        """Return field to heading as it was confirmed; a field that was known before and is not now is empty.

        Raises
        ------
        BadInput : one field was chosen for two columns, or no column says what or where an asset is.
        """
        told: dict[str, str] = {}
        for at, one in enumerate(self.seen):
            chosen = self.cleaned_data.get(f"column-{at}") or ""
            if not chosen:
                continue
            if chosen in told:
                means = dict(bridge.choices())[chosen]
                raise BadInput(
                    f"“{means}” was chosen for two columns", f"column-{at}", one.heading, "one column each"
                )
            told[chosen] = one.heading
        if not told.keys() & set(bridge.SAYS):
            what = "Choose the column that has the name or the address of each asset"
            raise BadInput(what, "column-0", None, "“Name of the land or building”, for example")
        return {name: "" for name, _ in bridge.choices() if name and name not in told} | told


class ReasonForm(forms.Form):
    """The reason for something that is taken back."""

    reason = fields.text("Why?", most=500)


class AssetForm(forms.Form):
    """What an officer may change of an asset by hand, with the reason."""

    name = fields.text("Name", most=200)
    description = fields.long("What it is", required=False, most=2000)
    kind = fields.choice("Kind", Kind.choices)
    address = fields.text("Address", required=False, most=300)
    postcode = fields.text("Postcode", required=False, most=8)
    owner = fields.text("Owner", required=False, most=160)
    tenure = fields.choice("How it is held", Tenure.choices)
    interest = fields.text(
        "Held as", required=False, most=160, hint="For example: occupied by the council, licence"
    )
    use = fields.text("Use", required=False, most=160)
    state = fields.choice("What has become of it", State.choices)
    state_since = fields.day("Since", required=False)
    value_pence = fields.Pounds("Value in pounds", required=False)
    value_basis = fields.text("Basis of the value", required=False, most=120)
    valued_on = fields.day("Day of the value", required=False)
    running_cost_pence = fields.Pounds("Running cost a year, in pounds", required=False)
    condition = fields.text("Condition", required=False, most=120)
    decision = fields.choice("Community value", Decision.choices, required=False)
    nominated_on = fields.day("Nominated on", required=False)
    nominated_by = fields.text("Nominated by", required=False, most=160)
    decided_on = fields.day("Decided on", required=False)
    listed_until = fields.day("Listed until", required=False)
    latitude = degrees("latitude", "Latitude")
    longitude = degrees("longitude", "Longitude")
    reason = fields.text("Why does it change?", hint="Everyone can read this", most=500)

    @classmethod
    def of(cls, data: Any, asset: Asset) -> AssetForm:
        """Return the form filled in with what the register says now."""
        initial = {name: getattr(asset, name) for name in cls.base_fields if hasattr(asset, name)}
        for name in ("value_pence", "running_cost_pence"):
            pence = initial[name]
            initial[name] = "" if pence is None else f"{pence / 100:,.2f}"
        return cls(data, initial=initial)


class DocumentForm(forms.Form):
    """A document about an asset, by its public address."""

    title = fields.text("What it is", hint="For example: Lease of 2019", most=150)
    address = fields.text("Its address on the web", hint="It begins with https://", most=500, mode="url")
    dated = fields.day("Day of the document", required=False)


class CorrectionForm(forms.Form):
    """Something is wrong."""

    field = fields.choice("What is wrong?", [(name, FIELDS[name]) for name in CORRECTABLE])
    value = fields.text("What is right?", most=300)
    words = fields.long("How do you know?", most=3000)


class KnowledgeForm(forms.Form):
    """What people know."""

    words = fields.long("What should people know about it?", hint=HINT, most=3000)


class PhotoForm(forms.Form):
    """A photograph."""

    file = file_field("The photograph", "JPEG, PNG or WebP, up to 5 MB", "image/jpeg,image/png,image/webp")
    words = fields.text("What does it show?", hint="For people who cannot see it", most=200)


class NominationForm(forms.Form):
    """This matters to us."""

    group = fields.text("Name of your group", hint="A parish council or a community group", most=160)
    words = fields.long("How do people use it, and why does it matter?", most=3000)


class MissingForm(forms.Form):
    """Something that is not on the register."""

    value = fields.text("What is it called?", most=200)
    where = fields.text("Where is it?", hint="An address, or words that find it", most=300)
    words = fields.long("What is it, and why does it matter?", most=3000)
    group = fields.text("Name of your group, if you have one", required=False, most=160)
    latitude = degrees("latitude", "Latitude, if you know it")
    longitude = degrees("longitude", "Longitude, if you know it")


class DecideForm(forms.Form):
    """A decision about what somebody sent."""

    accepted = fields.choice("Do we show it?", [("yes", "Yes, show it"), ("no", "No, refuse it")])
    reason = fields.long("The reason", hint="Its author reads this", most=1000)


class AppealForm(forms.Form):
    """Another look, please."""

    words = fields.long("Why should somebody look again?", most=2000)


class FollowForm(forms.Form):
    """An address to write to."""

    email = forms.EmailField(
        label="Your email address", help_text="We send you a letter first, to make sure that it is you.",
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "email"}),
    )  # fmt: skip


class PersonForm(forms.Form):
    """Somebody who works on the register."""

    email = forms.EmailField(
        label="Their email address", widget=forms.EmailInput(attrs={"class": "govuk-input"}),
        help_text="They must have an account here.",
    )  # fmt: skip
    role = fields.choice("Role", RegisterRoleName.choices)
