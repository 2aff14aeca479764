"""An asset, everything that ever changed about it, and the documents that concern it.

Nothing is deleted: an asset that is sold or leaves its list says so, and stays. What a list says and what
people say stand side by side. Fields follow the Transparency Code 2015 and planning.data.gov.uk's
asset-of-community-value.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fairground.web.wealth.register.models.registers import ListImport, Register, by_and_when, person

# What a person reads of an asset and what a change may change, in this order, with its label.
FIELDS: dict[str, str] = {
    "council_id": "The body’s own number",
    "uprn": "UPRN",
    "kind": "Kind",
    "name": "Name",
    "description": "What it is",
    "address": "Address",
    "postcode": "Postcode",
    "ward": "Ward",
    "owner": "Owner",
    "tenure": "How it is held",
    "interest": "Held as",
    "use": "Use",
    "size": "Size",
    "value_pence": "Value",
    "value_basis": "Basis of the value",
    "valued_on": "Day of the value",
    "running_cost_pence": "Running cost a year",
    "condition": "Condition",
    "community_value": "What it means to people",
    "nominated_on": "Nominated on",
    "nominated_by": "Nominated by",
    "decision": "Community value",
    "decided_on": "Decided on",
    "listed_until": "Listed until",
    "state": "State",
    "state_since": "Since",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "located_by": "How we know where it is",
    "error_metres": "Place known to about",
    "district_code": "District",
    "district_by": "How we know the district",
    "region_code": "Region",
}


class Kind(models.TextChoices):
    """What sort of thing an asset is."""

    LAND = "land", "Land"
    BUILDING = "building", "Building"
    MOVEABLE = "moveable", "Something that can be moved"
    FUND = "fund", "Money held for a purpose"
    UNKNOWN = "unknown", "Not said"


class Tenure(models.TextChoices):
    """How the body holds it."""

    FREEHOLD = "freehold", "Freehold: the body owns it outright"
    LEASEHOLD = "leasehold", "Leasehold: the body rents it for a term of years"
    OTHER = "other", "In another way"
    UNKNOWN = "unknown", "Not said"


class State(models.TextChoices):
    """What has become of it."""

    HELD = "held", "Held in public"
    FOR_SALE = "for-sale", "To be sold"
    SOLD = "sold", "Sold"
    TRANSFERRED = "transferred", "Given to a community body"
    GONE = "gone", "No longer there"
    OFF_THE_LIST = "off-the-list", "No longer on the list"
    SUGGESTED = "suggested", "Named by people; on no list yet"


class Decision(models.TextChoices):
    """What was decided about its community value (Localism Act 2011, section 90)."""

    NONE = "", "No nomination is known"
    WAITING = "waiting", "Nominated; not decided"
    LISTED = "listed", "Listed as an asset of community value"
    REFUSED = "refused", "Nominated, and not listed"
    ENDED = "ended", "Was listed"


class Origin(models.TextChoices):
    """Who put it on the register."""

    LIST = "list", "A list that was taken in"
    OFFICER = "officer", "An officer"
    PEOPLE = "people", "People of the place"


class Asset(models.Model):
    """One thing that the public owns: a building, land, something that can be moved, or a fund."""

    personal_data: dict[str, str] = {}
    kept_for = "For good: nothing on the register is deleted."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="assets")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.LIST)
    council_id = models.CharField(max_length=100, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UNKNOWN)
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=2000, blank=True)
    address = models.CharField(max_length=300, blank=True)
    street_number = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    ward = models.CharField(max_length=80, blank=True)
    owner = models.CharField(max_length=160, blank=True)
    tenure = models.CharField(max_length=10, choices=Tenure.choices, default=Tenure.UNKNOWN)
    interest = models.CharField(max_length=160, blank=True)
    use = models.CharField(max_length=160, blank=True)
    size = models.CharField(max_length=40, blank=True)
    value_pence = models.PositiveBigIntegerField(null=True, blank=True)
    value_basis = models.CharField(max_length=120, blank=True)
    valued_on = models.DateField(null=True, blank=True)
    running_cost_pence = models.PositiveBigIntegerField(null=True, blank=True)
    condition = models.CharField(max_length=120, blank=True)
    community_value = models.TextField(max_length=2000, blank=True)
    nominated_on = models.DateField(null=True, blank=True)
    nominated_by = models.CharField(max_length=160, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default=Decision.NONE)
    decided_on = models.DateField(null=True, blank=True)
    listed_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.HELD)
    state_since = models.DateField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    located_by = models.CharField(max_length=20, blank=True)
    error_metres = models.PositiveIntegerField(null=True, blank=True)
    district_code = models.CharField(max_length=9, blank=True)
    district_by = models.CharField(max_length=20, blank=True)
    region_code = models.CharField(max_length=9, blank=True)
    said: models.JSONField[Any, Any] = models.JSONField(default=dict)
    first_import = models.ForeignKey(ListImport, on_delete=models.PROTECT, null=True, related_name="made")
    last_import = models.ForeignKey(ListImport, on_delete=models.PROTECT, null=True, related_name="named")
    row = models.PositiveIntegerField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["register", "state"], name="register_asset_state"),
            models.Index(fields=["register", "council_id"], name="register_asset_number"),
            models.Index(fields=["district_code"], name="register_asset_district"),
        ]
        constraints = [
            models.CheckConstraint(name="an_asset_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="a_known_kind_of_asset", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="a_known_tenure", condition=Q(tenure__in=Tenure.values)),
            models.CheckConstraint(name="a_known_state_of_asset", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="a_known_decision", condition=Q(decision__in=Decision.values)),
            models.CheckConstraint(
                name="a_whole_place_in_great_britain",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(49, 61.5), longitude__range=(-9, 2.5)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Its address on one line, as far as it is known."""
        street = " ".join(filter(None, (self.street_number, self.street)))
        whole = self.address or ", ".join(filter(None, (street, self.town)))
        return (
            whole if not self.postcode or self.postcode in whole else f"{whole}, {self.postcode}".lstrip(", ")
        )


class Source(models.TextChoices):
    """Where a change comes from."""

    LIST = "list", "a list"
    OFFICER = "officer", "an officer"
    PEOPLE = "people", "people of the place"
    UNDONE = "undone", "a list that was undone"
    SITE = "site", "this site"


class AssetChange(models.Model):
    """One thing that changed about an asset: the field, what it was and is, who, when, why, whence."""

    personal_data = {"by": "who made the change; never shown"}
    kept_for = "For good: it is the history of a public thing."

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=30)
    old: models.JSONField[Any, Any] = models.JSONField(null=True)
    new: models.JSONField[Any, Any] = models.JSONField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    reason = models.CharField(max_length=1000, blank=True)
    list_import = models.ForeignKey(ListImport, on_delete=models.PROTECT, null=True, related_name="changes")
    by = person(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="a_known_source", condition=Q(source__in=Source.values))]

    def __str__(self) -> str:
        return f"{self.field} of {self.asset_id}"

    @property
    def label(self) -> str:
        """What changed, in words."""
        return FIELDS.get(self.field, self.field.replace("_", " "))


class AssetDocument(models.Model):
    """A document about an asset, by its public address: a lease, a survey, minutes, a decision."""

    personal_data = {"added_by": "who added it", "removed_by": "who took it off"}
    kept_for = "For good: one that is taken off keeps its row."

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=150)
    address = models.URLField(max_length=500)
    dated = models.DateField(null=True, blank=True)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = person(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-dated", "-added_at"]
        constraints = [by_and_when("document_removed_by_and_when", "removed_by", "removed_at")]

    def __str__(self) -> str:
        return self.title
