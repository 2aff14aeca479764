"""What may be asked about accounts: a name, a role for someone, the word that confirms deletion.

Codes of places are GSS codes, by the ONS Register of Geographic Codes.
"""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.accounts.models import Role


class NameForm(forms.Form):
    """The name by which the site greets a person."""

    name = forms.CharField(
        max_length=100, required=False, label="Your name", widget=forms.TextInput({"autocomplete": "name"})
    )


class RoleForm(forms.Form):
    """A role for the person with an email address, in a place that the asker manages."""

    email = forms.EmailField(label="Their email address")
    role = forms.ChoiceField(choices=Role.choices, label="Role")
    place_code = forms.RegexField(
        r"^E[0-9]{8}$",
        label="Code of the place",
        help_text="The page of each place shows it: E06000021 is Stoke-on-Trent",
    )

    def clean_email(self) -> Any:
        """Addresses are kept in lower case."""
        return self.cleaned_data["email"].lower()


class DeleteForm(forms.Form):
    """Deleting needs the word, so that nobody does it by accident."""

    word = forms.CharField(label='Type "delete" to confirm')

    def clean_word(self) -> str:
        """Only the word itself will do."""
        word = str(self.cleaned_data["word"]).strip().lower()
        if word != "delete":
            raise forms.ValidationError(f'You typed "{word}". Type "delete" to delete your account.')
        return word
