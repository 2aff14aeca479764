"""Finds assets: by words, district, register, kind, what has become of it, and its community value."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet

from fairground.web.power.budgeting import fields
from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.models import Asset, Decision, Kind, Register, State, published
from fairground.web.wealth.register.news import visible

PAGE = 25
LOOKED_IN = ("name", "address", "street", "town", "postcode", "ward", "use", "owner", "description")
NUMBERS = ("council_id", "uprn")
MOST_WORDS = 8


class FindForm(forms.Form):
    """What somebody looks for; every field may be empty."""

    q = fields.text("Words", hint="A name, street, postcode or number", required=False)
    district = fields.choice("District", required=False)
    kind = fields.choice("Kind", [("", "Any"), *Kind.choices], required=False)
    state = fields.choice("What has become of it", [("", "Any"), *State.choices], required=False)
    decision = fields.choice("Community value", [("", "Any"), *Decision.choices[1:]], required=False)
    register = fields.choice("Register", required=False)

    def __init__(self, *args: Any, register: Register | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = register
        held = _of(register).exclude(district_code="").order_by().values_list("district_code", flat=True)
        named = sorted((place_name(code), code) for code in held.distinct())
        told: Any = self.fields
        told["district"].choices = [("", "Any"), *((code, name) for name, code in named)]
        told["register"].choices = [("", "Any"), *((one.slug, one.title) for one in published())]
        if register is not None:
            del self.fields["register"]

    def found(self) -> QuerySet[Asset]:
        """Return the assets that fit; all where the form is wrong or empty."""
        every = _of(self.only)
        if not self.is_valid():
            return every
        got = self.cleaned_data
        exact = {"district_code": "district", "kind": "kind", "state": "state", "decision": "decision",
                 "register__slug": "register"}  # fmt: skip
        every = every.filter(**{field: got[name] for field, name in exact.items() if got.get(name)})
        for word in got["q"].split()[:MOST_WORDS]:
            fits = Q(**{f"{NUMBERS[0]}__iexact": word}) | Q(**{f"{NUMBERS[1]}": word.lstrip("0") or "0"})
            for field in LOOKED_IN:
                fits |= Q(**{f"{field}__icontains": word})
            every = every.filter(fits)
        return every


def _of(register: Register | None) -> QuerySet[Asset]:
    """Return the assets of one register (who sees its page may see them), or of all that are published."""
    if register is None:
        return visible()
    return Asset.objects.filter(register=register, hidden_at=None).select_related("register")


def spread(found: QuerySet[Asset]) -> list[tuple[str, str, int]]:
    """Return code, name and number of assets of each district, by name; last those of no known district."""
    held = dict(found.order_by().values_list("district_code").annotate(Count("pk")))
    unknown = held.pop("", 0)
    named = sorted(
        ((code, place_name(code), number) for code, number in held.items()), key=lambda one: one[1]
    )
    return [*named, ("", "Not known", unknown)] if unknown and named else named


def counts(found: QuerySet[Asset]) -> dict[str, int]:
    """Return how many there are of each kind, how many on the map, and how many off their owner's list."""
    by_kind = dict(found.order_by().values_list("kind").annotate(Count("pk")))
    told = {
        str(Kind(kind).label): number for kind, number in sorted(by_kind.items(), key=lambda one: -one[1])
    }
    off = found.filter(state=State.OFF_THE_LIST)
    sums = {"all": sum(by_kind.values()), "off": off.count()}
    sums["held"] = sums["all"] - sums["off"]
    return {**sums, "placed": found.exclude(latitude=None).exclude(pk__in=off).count(), **told}
