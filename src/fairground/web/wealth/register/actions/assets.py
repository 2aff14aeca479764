"""An officer changes an asset by hand, and adds documents; each change with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.register import changes
from fairground.web.wealth.register.actions.telling import tell_followers
from fairground.web.wealth.register.models import Asset, AssetChange, AssetDocument, Source
from fairground.web.wealth.register.permissions import need

CHANGEABLE = (
    "name", "description", "kind", "address", "postcode", "owner", "tenure", "interest", "use", "value_pence",
    "value_basis", "valued_on", "running_cost_pence", "condition", "community_value", "nominated_on",
    "nominated_by", "decision", "decided_on", "listed_until", "state", "state_since", "latitude", "longitude",
)  # fmt: skip


@transaction.atomic
def change(asset: Asset, *, by: Any, values: Mapping[str, Any], reason: str) -> list[AssetChange]:
    """Change fields of an asset; return the changes, none where nothing differs.

    Raises
    ------
    BadInput : a field that is not changed by hand, no reason, or half a place.
    """
    need(by, "asset.change", asset.register)
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise BadInput("This is not changed by hand", "field", ", ".join(unknown), ", ".join(CHANGEABLE))
    if not reason.strip():
        raise BadInput("Say why it changes, for those who ask later", "reason")
    asset = Asset.objects.select_for_update(of=("self",)).select_related("register").get(pk=asset.pk)
    made = changes.set_fields(asset, values, source=Source.OFFICER, by=by, reason=reason)
    if (asset.latitude is None) != (asset.longitude is None):
        raise BadInput("A place needs its latitude and its longitude", "latitude")
    moved = {one.field for one in made} & set(changes.PLACES)
    if moved:
        by_hand = {"located_by": "officer" if asset.latitude is not None else "", "error_metres": None}
        made += changes.set_fields(asset, by_hand, source=Source.OFFICER, by=by, reason=reason)
    if made:
        asset.save()
        AssetChange.objects.bulk_create(made)
        facts = {"fields": sorted(one.field for one in made), "changes": changes.digest(made)}
        record("asset.change", by=by, subject=str(asset.pk), reason=reason, **facts)
        tell_followers()
    return made


@transaction.atomic
def add_document(
    asset: Asset, *, by: Any, title: str, address: str, dated: date | None = None
) -> AssetDocument:
    """Add a document by its public address."""
    need(by, "asset.change", asset.register)
    if not address.lower().startswith(("https://", "http://")):
        raise BadInput("An address of a document begins with https:// or http://", "address", address)
    added = AssetDocument.objects.create(asset=asset, title=title, address=address, dated=dated, added_by=by)
    told = AssetChange(asset=asset, field="document", new=title, source=Source.OFFICER, by=by)
    told.save()
    record("asset.document.add", by=by, subject=str(asset.pk), document=added.pk, address=address)
    tell_followers()
    return added


@transaction.atomic
def remove_document(shown: AssetDocument, *, by: Any) -> None:
    """Take a document off; its row stays."""
    need(by, "asset.change", shown.asset.register)
    here = AssetDocument.objects.filter(pk=shown.pk, removed_at=None)
    if here.update(removed_by=by, removed_at=timezone.now()):
        told = AssetChange(asset=shown.asset, field="document", old=shown.title, source=Source.OFFICER, by=by)
        told.save()
        record("asset.document.remove", by=by, subject=str(shown.asset_id), document=shown.pk)
