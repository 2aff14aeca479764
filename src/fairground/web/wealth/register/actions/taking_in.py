"""Takes a list in, and undoes it: rows, a change for each field, and one audit event that seals them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.register import changes
from fairground.web.wealth.register.actions.telling import tell_followers
from fairground.web.wealth.register.bridge import FROM, PLACE, ReadList, Row
from fairground.web.wealth.register.matching import matched
from fairground.web.wealth.register.models import (
    Asset,
    AssetChange,
    ListImport,
    Origin,
    Register,
    Source,
    Stage,
    State,
)
from fairground.web.wealth.register.permissions import need

BATCH = 400
KNOWN_BY = ("council_id", "uprn", "name", "address", "street_number", "street", "postcode")
PLACED_BY = ("latitude", "longitude", "easting", "northing", "uprn", "postcode", "district")
HELD = (State.HELD, State.FOR_SALE)


@dataclass
class Written:
    """What one list brings: new assets, assets that changed or were named, and every change."""

    new: list[Asset] = field(default_factory=list)
    named: list[Asset] = field(default_factory=list)
    gone: list[Asset] = field(default_factory=list)
    changes: list[AssetChange] = field(default_factory=list)
    back: int = 0

    def counts(self) -> dict[str, int]:
        """Return how many of each, for people."""
        apart = {asset.pk for asset in (*self.gone, *self.new)}
        changed = {one.asset_id for one in self.changes if one.field != changes.SAID} - apart
        return {"new": len(self.new), "changed": len(changed), "same": len(self.named) - len(changed),
                "gone": len(self.gone), "back": self.back}  # fmt: skip


@transaction.atomic
def take_in(sent: ListImport, read: ReadList) -> None:
    """Write the rows of a confirmed list: new assets, changed fields, and what is no longer on it."""
    register = Register.objects.select_for_update().get(pk=sent.register_id)
    if not ListImport.objects.filter(pk=sent.pk, stage=Stage.ASKED).exists():
        raise BadInput("This list does not wait to be taken in")
    held = list(Asset.objects.filter(register=register))
    written = _written(sent, read, held)
    Asset.objects.bulk_create(written.new, batch_size=BATCH)
    save([*written.named, *written.gone])
    AssetChange.objects.bulk_create(written.changes, batch_size=BATCH)
    now, counts = timezone.now(), written.counts()
    ListImport.objects.filter(pk=sent.pk).update(
        stage=Stage.DONE, done_at=now, counts=counts, quality=read.quality, faults=read.faults[:1000]
    )
    facts = {
        "list": str(sent.pk),
        "digest": sent.digest,
        "changes": changes.digest(written.changes),
        **counts,
    }
    record("register.list.take_in", by=sent.confirmed_by, subject=str(register.pk), **facts)
    tell_followers()


def save(assets: list[Asset]) -> None:
    """Save many assets at once, every field of them."""
    fixed = {"id", "register", "origin", "added_at"}
    fields = [one.name for one in Asset._meta.concrete_fields if one.name not in fixed]
    Asset.objects.bulk_create(
        assets, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _written(sent: ListImport, read: ReadList, held: list[Asset]) -> Written:
    written = Written()
    known = [{name: getattr(asset, name) for name in KNOWN_BY} for asset in held]
    for row, at in zip(read.rows, matched([one.values for one in read.rows], known), strict=True):
        if at is None:
            _add(written, sent, row)
        else:
            _name(written, sent, row, held[at], read.fields)
    if sent.whole:
        named = {asset.pk for asset in written.named}
        _leave_out(written, sent, [a for a in held if a.pk not in named])
    return written


def _add(written: Written, sent: ListImport, row: Row) -> None:
    asset = Asset(
        pk=uuid5(sent.pk, str(row.number)),
        register_id=sent.register_id, origin=Origin.LIST, first_import=sent, last_import=sent, row=row.number,
        said=dict(row.said),
    )  # fmt: skip
    for name, value in row.values.items():
        changes.put(asset, name, value)
    written.new.append(asset)
    written.changes.append(AssetChange(asset=asset, field=changes.ADDED, new=asset.name, **_how(sent)))


def _name(written: Written, sent: ListImport, row: Row, asset: Asset, fields: Iterable[str]) -> None:
    """Change an asset where the list says something else than before, and bring it back where it was off."""
    before = asset.said
    values = {name: value for name, value in row.values.items() if name in fields}
    values = {name: value for name, value in values.items() if _says_new(name, before, row, asset)}
    if asset.state in (State.OFF_THE_LIST, State.SUGGESTED) and "state" not in values:
        values |= {"state": State.HELD, "state_since": None}
    made = changes.set_fields(asset, values, **_how(sent))
    if asset.hidden_at is not None:
        asset.hidden_at = None
        made.append(AssetChange(asset=asset, field=changes.HIDDEN, old=True, new=False, **_how(sent)))
        written.back += 1
    same = asset.said == row.said
    old = [str(asset.last_import_id or ""), asset.row, None if same else asset.said]
    made.append(AssetChange(asset=asset, field=changes.SAID, old=old, new=row.number, **_how(sent)))
    asset.said, asset.last_import, asset.row = dict(row.said), sent, row.number
    written.named.append(asset)
    written.changes += made


def _says_new(name: str, before: Mapping[str, str], row: Row, asset: Asset) -> bool:
    """Say whether the list's own words for a field are other than they were when it was last taken in."""
    if name in PLACE:
        found_now = row.values["latitude"] is not None and asset.latitude is None
        return found_now or any(before.get(way) != row.said.get(way) for way in PLACED_BY)
    return not before or any(before.get(way) != row.said.get(way) for way in FROM[name])


def _leave_out(written: Written, sent: ListImport, held: Iterable[Asset]) -> None:
    """Mark what a list brought before and this whole list no longer has."""
    for asset in held:
        on_a_list = asset.last_import_id is not None and asset.hidden_at is None
        if on_a_list and asset.state in HELD:
            since = (sent.dated or timezone.localdate()).isoformat()
            values = {"state": State.OFF_THE_LIST, "state_since": since}
            written.changes += changes.set_fields(asset, values, **_how(sent))
            written.gone.append(asset)


def _how(sent: ListImport) -> dict[str, Any]:
    return {"source": Source.LIST, "list_import": sent, "by": sent.confirmed_by}


def newer(sent: ListImport) -> ListImport | None:
    """Return the newest list that was taken in after this one, or None."""
    after = {"stage": Stage.DONE, "done_at__gt": sent.done_at or sent.sent_at}
    return ListImport.objects.filter(register=sent.register_id, **after).order_by("-done_at").first()


@transaction.atomic
def undo(sent: ListImport, *, by: Any, reason: str) -> int:
    """Undo the newest list of a register; return how many assets it touched.

    Raises
    ------
    BadInput : it is not taken in, no reason was given, or a newer list was built on it.
    """
    need(by, "list.take_in", sent.register)
    register = Register.objects.select_for_update().get(pk=sent.register_id)
    sent = ListImport.objects.get(pk=sent.pk)
    if sent.stage != Stage.DONE:
        raise BadInput("This list is not on the register, so there is nothing to undo")
    if not reason.strip():
        raise BadInput("Say why, for those who ask later", "reason")
    if (later := newer(sent)) is not None:
        raise BadInput(f'A newer list rests on this one. Undo "{later.name}" first')
    how = {"source": Source.UNDONE, "list_import": sent, "by": by, "reason": reason[:1000]}
    made, touched = _turned_back(sent, how)
    save(touched)
    AssetChange.objects.bulk_create(made, batch_size=BATCH)
    ListImport.objects.filter(pk=sent.pk).update(
        stage=Stage.UNDONE, undone_at=timezone.now(), undone_by=by, undone_because=reason[:500]
    )
    facts = {"list": str(sent.pk), "changes": changes.digest(made), "assets": len(touched)}
    record("register.list.undo", by=by, subject=str(register.pk), reason=reason[:500], **facts)
    tell_followers()
    return len(touched)


def _turned_back(sent: ListImport, how: Mapping[str, Any]) -> tuple[list[AssetChange], list[Asset]]:
    """Return the changes that turn a list's own changes back, and the assets, set back but not saved."""
    touched: dict[Any, Asset] = {}
    made: list[AssetChange] = []
    done = sent.changes.filter(source=Source.LIST).select_related("asset").order_by("-pk")
    for one in done.iterator(chunk_size=2000):
        asset = touched.setdefault(one.asset_id, one.asset)
        if one.field == changes.ADDED or one.field == changes.HIDDEN:
            asset.hidden_at = timezone.now()
            made.append(AssetChange(asset=asset, field=changes.HIDDEN, old=False, new=True, **how))
        elif one.field == changes.SAID:
            last, asset.row, said = one.old
            asset.last_import_id = last or None
            asset.said = asset.said if said is None else said
        elif not changes.differ(one.field, changes.plain(getattr(asset, one.field)), one.new):
            made += changes.set_fields(asset, {one.field: one.old}, **how)
    return made, list(touched.values())
