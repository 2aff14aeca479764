"""The forms of merging: which two registers, and whether a pair is the same."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.wealth.matching.models import Said
from fairground.web.wealth.register.models import Register


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

    def __init__(self, *args: Any, registers: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = registers


class SaidForm(forms.Form):
    """An answer about a pair; nothing takes the last one back."""

    said = forms.ChoiceField(choices=Said.choices, required=False)
