"""The forms of the finance pages: one for each step of a plan, made of what the engine says of entries."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.errors import BadInput
from fairground.web.wealth.finance import bridge
from fairground.web.wealth.finance.models import MemberRole

LARGEST = 500_000  # bytes of a plan that is sent


class StepForm(forms.Form):
    """The entries of one step, or of one line of it, as text; `held` is what is kept of them."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=1)

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.held: dict[str, str] = {}
        self.asked = bridge.fields(part)
        for one in self.asked:
            self.fields[one["name"]] = _field(one)

    @property
    def first(self) -> list[Any]:
        """The boxes that are asked at once."""
        return [self[one["name"]] for one in self.asked if one["first"]]

    @property
    def rest(self) -> list[Any]:
        """The boxes that most people leave as they are."""
        return [self[one["name"]] for one in self.asked if not one["first"]]

    @property
    def rest_is_wrong(self) -> bool:
        """Whether one of those needs mending."""
        return any(box.errors for box in self.rest)

    def clean(self) -> dict[str, Any]:
        """Put what the engine says of each entry beside its box."""
        given = {one["name"]: str(self.cleaned_data.get(one["name"], "") or "") for one in self.asked}
        self.held, wrong = bridge.checked(self.part, given)
        for name, told in wrong.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, told)
        return self.cleaned_data


def _field(one: dict[str, Any]) -> forms.Field:
    if one["choices"]:
        select = forms.Select(attrs={"class": "govuk-select"})
        choices = one["choices"] if not one["needed"] else [("", "Choose one"), *one["choices"]]
        return forms.ChoiceField(
            label=one["label"], help_text=one["hint"], choices=choices, widget=select, initial=one["start"],
            required=one["needed"],
            error_messages={"required": "Choose one", "invalid_choice": "Choose one of the list"},
        )  # fmt: skip
    look = {"class": "govuk-textarea", "rows": 3} if one["long"] else {"class": "govuk-input"}
    widget = forms.Textarea(attrs=look) if one["long"] else forms.TextInput(attrs=look)
    return forms.CharField(
        label=one["label"], help_text=one["hint"], required=False, max_length=3000, widget=widget,
        initial=one["start"],
    )  # fmt: skip


class FileForm(forms.Form):
    """A plan that somebody kept as a file, here or elsewhere."""

    file = forms.FileField(
        label="A plan as a file",
        help_text="TOML or JSON, as this site or the command line writes it; at most 500 kB",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
        error_messages={"required": "Choose a file"},
    )

    def clean_file(self) -> dict[str, Any]:
        """Return the plan in the file."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError("This file is too large to be a plan. At most 500 kB are read.")
        try:
            return bridge.read(sent.read().decode("utf-8-sig"), sent.name)
        except UnicodeDecodeError as fault:
            raise forms.ValidationError(
                "This file is not UTF-8 text. Save it as UTF-8, then send it."
            ) from fault
        except BadInput as fault:
            raise forms.ValidationError(str(fault)) from fault


class InviteForm(forms.Form):
    """Whom to invite, and as what; the address is used once and not kept."""

    role = forms.ChoiceField(
        label="What may they do?",
        initial=MemberRole.READER,
        choices=MemberRole.choices,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    email = forms.EmailField(
        label="Send the invitation to (optional)",
        help_text="We send one email and do not keep the address. Leave it empty to get a link to pass on.",
        required=False,
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )


class RoleForm(forms.Form):
    """Another role for a member; nothing takes them out."""

    role = forms.ChoiceField(choices=[*MemberRole.choices, ("", "Out of the plan")], required=False)


class OtherForm(forms.Form):
    """Which other plan to compare with."""

    other = forms.ChoiceField(
        label="Compare it with", widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": "Choose a plan"},
    )  # fmt: skip

    def __init__(self, *args: Any, plans: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(str(one.pk), one.title) for one in plans]  # type: ignore[attr-defined]
