"""The forms of merging: which two registers, and whether a pair is the same."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.wealth.matching.models import Said
from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.models import Asset, Kind, Register


class StartForm(forms.Form):
    """Two registers to compare."""

    first = forms.ModelChoiceField(
        Register.objects.none(), label="The council’s register", empty_label="Choose one"
    )
    second = forms.ModelChoiceField(
        Register.objects.none(),
        label="The other register",
        help_text="For example what people have listed.",
        empty_label="Choose one",
    )
    only_district = forms.ChoiceField(
        label="Only in one district?", required=False, help_text="Long lists are done sooner by parts."
    )
    only_kind = forms.ChoiceField(
        label="Only one kind of thing?",
        required=False,
        choices=[("", "Every kind"), *(one for one in Kind.choices if one[0] != Kind.UNKNOWN)],
    )

    def __init__(self, *args: Any, registers: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = registers
        held = Asset.objects.filter(register__in=registers, hidden_at=None).exclude(district_code="")
        codes = held.order_by().values_list("district_code", flat=True).distinct()
        named = sorted(((code, place_name(code)) for code in codes), key=lambda one: one[1])
        part = self.fields["only_district"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = [("", "Every district"), *named]


class SaidForm(forms.Form):
    """An answer about a pair; nothing takes the last one back."""

    said = forms.ChoiceField(choices=Said.choices, required=False)
