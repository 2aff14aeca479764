"""What changed, as a feed, a letter and a history tell it: one line for each change, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from fairground.web.wealth.register import changes
from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.models import (
    FIELDS,
    Asset,
    AssetChange,
    Decision,
    Kind,
    Register,
    State,
    Tenure,
)

QUIET = (changes.SAID, "located_by", "error_metres", "district_by", "latitude", "longitude")
CHOICES: dict[str, Any] = {"kind": Kind, "tenure": Tenure, "state": State, "decision": Decision}
MONEY = ("value_pence", "running_cost_pence")
CODES = ("district_code", "region_code")
PEOPLE = "people."


def changes_of(
    *, asset: Asset | None = None, register: Register | None = None, district: str = ""
) -> QuerySet[AssetChange]:
    """Return the changes to tell, the newest first: of one asset, register or district, or of all."""
    found = AssetChange.objects.exclude(field__in=QUIET).exclude(asset__register__published_at=None)
    found = found.select_related("asset", "list_import")
    if asset is not None:
        return found.filter(asset=asset)
    if register is not None:
        return found.filter(asset__register=register)
    return found.filter(asset__district_code=district) if district else found


def shown(field: str, value: Any) -> str:
    """Return a value as people read it."""
    if value in changes.EMPTY:
        return "nothing"
    if field in CHOICES and value in CHOICES[field].values:
        return str(CHOICES[field](value).label).split(":")[0]
    if field in MONEY:
        return f"£{value / 100:,.0f}" if value % 100 == 0 else f"£{value / 100:,.2f}"
    if field in changes.DAYS:
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return place_name(value) if field in CODES else str(value)


def told(one: AssetChange) -> str:
    """Return one change in words, without the asset's name."""
    if one.field == changes.ADDED:
        return "came on the register"
    if one.field == changes.HIDDEN:
        return "taken off: its list was undone" if one.new else "is on a list again"
    if one.field == "document":
        return f"document added: {one.new}" if one.new else f"document taken off: {one.old}"
    if one.field == "photo":
        return "photograph taken off"
    if one.field.startswith(PEOPLE):
        field = one.field.removeprefix(PEOPLE)
        what = {"photo": "photograph added by people", changes.ADDED: "named by people"}.get(field)
        return what or f"people say: {FIELDS.get(field, field).lower()}: {str(one.new).rstrip('.')}"
    return f"{one.label}: {shown(one.field, one.old)} → {shown(one.field, one.new)}"


def lines(found: Iterable[AssetChange]) -> list[str]:
    """Return changes as lines for a letter."""
    return [f"{one.asset.name}: {told(one)} ({one.at:%d %B %Y})" for one in found]


def dates_of(asset: Asset) -> list[tuple[date, str, str]]:
    """Return the days that matter about an asset: day, title and why."""
    where = asset.where
    every = (
        (asset.nominated_on, "Nominated as an asset of community value", asset.nominated_by),
        (asset.decided_on, f"Decided: {asset.get_decision_display().lower()}", ""),
        (asset.listed_until, "Last day of the listing as an asset of community value", ""),
        (asset.state_since, str(asset.get_state_display()), ""),
        (asset.valued_on, "Valued", shown("value_pence", asset.value_pence)),
    )
    told_of = [
        (day, f"{asset.name}: {title}", ". ".join(filter(None, (why, where))))
        for day, title, why in every
        if day
    ]
    return sorted(told_of)


def visible() -> QuerySet[Asset]:
    """Return the assets that everyone may see: on a published register, and not of an undone list."""
    return Asset.objects.filter(~Q(register__published_at=None), hidden_at=None).select_related("register")
