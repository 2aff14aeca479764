"""What the site says in its own plain words where Django would say it in those of programmers.

Django lets each field and each check bring its own messages; these are the ones that a reader can meet.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core import validators

FIELDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Fill this in"},
    forms.IntegerField: {"invalid": "Give a whole number, in digits, such as 5"},
    forms.FloatField: {"invalid": "Give a number, in digits, such as 0.5"},
    forms.DecimalField: {"invalid": "Give a number, in digits, such as 0.5"},
    forms.DateField: {"invalid": "Give a day that exists, such as 2026-09-01"},
    forms.DateTimeField: {"invalid": "Give a day and a time that exist, such as 2026-09-01 18:00"},
    forms.URLField: {"invalid": "Give a whole web address, such as https://example.org/"},
    forms.BooleanField: {"required": "Tick this box to go on"},
    forms.ChoiceField: {
        "required": "Choose one from the list",
        "invalid_choice": "“%(value)s” is not in the list. Choose one that is",
    },
    forms.MultipleChoiceField: {
        "required": "Choose at least one",
        "invalid_choice": "“%(value)s” is not in the list. Choose one that is",
        "invalid_list": "Choose one or more from the list",
    },
    forms.ModelChoiceField: {
        "required": "Choose one from the list",
        "invalid_choice": "That one is not in the list. Choose one that is",
    },
    forms.ModelMultipleChoiceField: {
        "required": "Choose at least one",
        "invalid_list": "Choose one or more from the list",
        "invalid_choice": "“%(value)s” is not in the list. Choose one that is",
        "invalid_pk_value": "“%(pk)s” is not in the list. Choose one that is",
    },
    forms.FileField: {
        "required": "Choose a file",
        "invalid": "No file arrived. Choose it again and send it once more",
        "missing": "No file arrived. Choose it again and send it once more",
        "empty": "This file is empty. Choose another",
        "max_length": "The name of this file has %(length)d letters. Give it a name of %(max)d or fewer",
    },
    forms.ImageField: {"invalid_image": "This file is no picture that we can read. Choose a JPEG or PNG"},
}
CHECKS: dict[Any, str] = {
    validators.MinValueValidator: "Give %(limit_value)s or more",
    validators.MaxValueValidator: "Give %(limit_value)s or less",
    validators.MinLengthValidator: "Write %(limit_value)d letters or more; here are %(show_value)d",
    validators.MaxLengthValidator: "Write %(limit_value)d letters or fewer; here are %(show_value)d",
    validators.RegexValidator: "This is not written in a way that we can read",
    validators.EmailValidator: "Give a whole email address, such as name@example.org",
    validators.ProhibitNullCharactersValidator: "There is a letter here that cannot be shown. Type it anew",
}
DIGITS = {
    "invalid": "Give a number, in digits, such as 0.5",
    "max_digits": "Give a number of %(max)s digits or fewer",
    "max_decimal_places": "Give %(max)s digits or fewer after the point",
    "max_whole_digits": "Give %(max)s digits or fewer before the point",
}


NOT_SHOWN = validators.RegexValidator(
    re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"),
    "There is a letter here that cannot be shown. Type it anew",
    inverse_match=True,
)
"""Letters that no page, feed (XML 1.0, section 2.2) or document can hold; they come with what is pasted."""


def speak_plainly() -> None:
    """Give Django's own fields and checks our words; what a form says of itself still comes first."""
    forms.CharField.default_validators = [NOT_SHOWN]
    for field, messages in FIELDS.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **messages}
    for check, message in CHECKS.items():
        check.message = message
    validators.DecimalValidator.messages = DIGITS
