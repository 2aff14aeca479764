"""How the pages of every area act on a form, and how a single button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fairground.errors import FairgroundError
from fairground.web.answers import in_words, put_beside

__all__ = ["answered", "pressed"]


def answered(
    request: Any,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    then: str | Callable[[Any], str],
    said: str,
    template: str,
    **facts: Any,
) -> HttpResponse:
    """Do what a form asks and go on, or show the form with what is wrong.

    Parameters
    ----------
    then : the address to go on to, or a function that gives it from what `do` returned. template, facts : of
        the page with the form; `back` is where its way back leads, `then` where nothing else is said.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = do(form.cleaned_data)
        except FairgroundError as error:
            put_beside(form, error)
        else:
            messages.success(request, said)
            return redirect(then(done) if callable(then) else then)
    facts = {"form": form, "back": "" if callable(then) else then, **facts}
    return render(request, template, facts, status=400 if form.is_bound and form.errors else 200)


def pressed(request: Any, do: Callable[[], Any], *, then: str, said: str) -> HttpResponse:
    """Do what one button asks and go on; what is wrong is said on the next page."""
    try:
        do()
    except FairgroundError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, said)
    return redirect(then)
