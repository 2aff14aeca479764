"""No form speaks in the words of programmers: each field of Django's own says what to do."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

DJANGO = re.compile(
    r"Ensure (this|that)|This field is required|Enter a valid|Select a valid|submitted file|enco"
)
FIELDS = {
    "text": (
        forms.CharField(min_length=3, max_length=5),
        ("", "a", "abcdef", "a\0bc", "a\x0bbc", "a\uffffb"),
    ),
    "whole number": (forms.IntegerField(min_value=1, max_value=9), ("", "x", "0", "10")),
    "decimal": (
        forms.DecimalField(min_value=1, max_digits=3, decimal_places=1),
        ("", "x", "nan", "0", "1.23", "99999"),
    ),
    "float": (forms.FloatField(max_value=1), ("", "x", "2")),
    "day": (forms.DateField(), ("", "31 February")),
    "moment": (forms.DateTimeField(), ("", "now")),
    "box": (forms.BooleanField(), ("",)),
    "choice": (forms.ChoiceField(choices=[("a", "A")]), ("", "b")),
    "typed choice": (forms.TypedChoiceField(choices=[("1", "A")], coerce=int), ("", "2")),
    "choices": (forms.MultipleChoiceField(choices=[("a", "A")]), ([], ["b"], "b")),
    "email": (forms.EmailField(), ("", "x@")),
    "address": (forms.URLField(assume_scheme="https"), ("", "x y")),
    "file": (forms.FileField(max_length=5), (None, SimpleUploadedFile("a.csv", b""), object())),
    "picture": (forms.ImageField(), (None, SimpleUploadedFile("a.png", b"no picture"))),
}


@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_that_is_filled_in_wrongly_says_in_plain_words_what_to_do(kind):
    field, wrong = FIELDS[kind]
    for value in wrong:
        with pytest.raises(ValidationError) as fault:
            field.clean(value)
        for said in fault.value.messages:
            assert not DJANGO.search(said), (value, said)
            assert "%(" not in said


def test_what_a_form_says_of_its_own_field_comes_first():
    field = forms.CharField(error_messages={"required": "Type the name of a place"})
    with pytest.raises(ValidationError, match="Type the name of a place"):
        field.clean("")
