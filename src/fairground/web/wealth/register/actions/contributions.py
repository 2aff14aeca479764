"""What people add is sent, checked with a reason, shown beside the list's own words, and may be appealed.

*Rule 1* Nothing is shown before somebody has checked it. *Rule 2* What people say never replaces what a list
says. *Rule 3* Nobody decides about what they sent; an appeal is decided by somebody else than the first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.register import changes
from fairground.web.wealth.register.actions.telling import tell_followers
from fairground.web.wealth.register.bridge import place_of_home
from fairground.web.wealth.register.models import (
    FIELDS,
    Asset,
    AssetChange,
    AssetPhoto,
    Contribution,
    ContributionKind,
    Origin,
    Register,
    Source,
    Standing,
    State,
)
from fairground.web.wealth.register.permissions import may_decide, may_decide_appeal, need

CORRECTABLE = ("name", "description", "kind", "address", "postcode", "owner", "use", "condition", "state")
MOST_WAITING = 30  # of one person: more at once is a flood
FIELD_OF = {
    ContributionKind.KNOWLEDGE: "community_value",
    ContributionKind.NOMINATION: "community_value",
    ContributionKind.PHOTO: "photo",
}


@transaction.atomic
def send(
    register: Register, *, by: Any, kind: str, asset: Asset | None = None,
    photo: tuple[bytes, str] | None = None, **words: Any,
) -> Contribution:  # fmt: skip
    """Send something; it waits for a check.

    Parameters
    ----------
    asset : what it is about; None only for something that is not on the register. photo : a picture that was
    drawn anew (`photographs.cleaned`), and its kind. words : field, value, words, group, where, latitude,
    longitude.

    Raises
    ------
    BadInput : it says nothing, or this person has 30 things waiting already.
    """
    need(by, "contribution.send", register)
    if asset is not None and asset.register_id != register.pk:
        raise BadInput("This is not on that register")
    kind = ContributionKind(kind)
    _refuse_empty(kind, words, photo)
    waiting = Contribution.objects.filter(author=by, standing=Standing.WAITING).count()
    if waiting >= MOST_WAITING:
        raise BadInput(f"You have {waiting} things waiting for a check. Wait until some are decided, please")
    sent = Contribution.objects.create(register=register, asset=asset, kind=kind, author=by, **words)
    if photo is not None and asset is not None:
        content, ending = photo
        picture = AssetPhoto(asset=asset, contribution=sent, description=words["words"][:200], added_by=by)
        picture.file.save(f"{sent.pk}.{ending}", ContentFile(content), save=True)
    about = str(asset.pk) if asset else str(register.pk)
    record("contribution.send", by=by, subject=about, contribution=str(sent.pk), kind=kind)
    return sent


def _refuse_empty(kind: str, words: dict[str, Any], photo: Any) -> None:
    if kind == ContributionKind.CORRECTION and words.get("field") not in CORRECTABLE:
        raise BadInput("Say what is wrong", "field", words.get("field"), ", ".join(CORRECTABLE))
    if kind in (ContributionKind.CORRECTION, ContributionKind.MISSING) and not words.get("value", "").strip():
        raise BadInput("Say what is right", "value")
    if not words.get("words", "").strip():
        raise BadInput("Say how you know, or what people should know", "words")
    if kind == ContributionKind.PHOTO and photo is None:
        raise BadInput("Choose a photograph", "file")


@transaction.atomic
def decide(sent: Contribution, *, by: Any, accepted: bool, reason: str) -> None:
    """Show what somebody sent, or refuse it, with the reason; its author is told."""
    sent = _locked(sent)
    if not may_decide(by, sent):
        raise PermissionDenied
    if sent.standing != Standing.WAITING:
        raise BadInput("This does not wait for a check any more")
    if not reason.strip():
        raise BadInput("Give the reason; its author reads it", "reason")
    sent.standing = Standing.ACCEPTED if accepted else Standing.REFUSED
    sent.decided_by, sent.decided_at, sent.reason = by, timezone.now(), reason
    sent.save()
    record("contribution.decide", by=by, subject=str(sent.pk), accepted=accepted, reason=reason)
    if accepted:
        _show(sent, by)
    more = "" if accepted else " You may appeal on its page; somebody else will look at it."
    _tell_author(sent, "is shown now" if accepted else "was refused", f"The reason: {reason}.{more}")


@transaction.atomic
def appeal(sent: Contribution, *, by: Any, words: str) -> None:
    """Ask for another look at something of one's own that was refused."""
    sent = _locked(sent)
    if sent.author_id != by.pk:
        raise PermissionDenied
    if sent.standing != Standing.REFUSED or sent.appealed_at is not None:
        raise BadInput("There is nothing to appeal against: it was not refused, or an appeal was made")
    if not words.strip():
        raise BadInput("Say why somebody should look again", "words")
    sent.appeal_words, sent.appealed_at = words, timezone.now()
    sent.save()
    record("contribution.appeal", by=by, subject=str(sent.pk))


@transaction.atomic
def decide_appeal(sent: Contribution, *, by: Any, granted: bool, reason: str) -> None:
    """Decide an appeal; not its author, and not whoever refused it."""
    sent = _locked(sent)
    if not may_decide_appeal(by, sent):
        raise PermissionDenied
    if sent.appealed_at is None or sent.appeal_at is not None:
        raise BadInput("There is no appeal that waits")
    if not reason.strip():
        raise BadInput("Give the reason; its author reads it", "reason")
    sent.appeal_granted, sent.appeal_by, sent.appeal_at = granted, by, timezone.now()
    sent.appeal_reason = reason
    sent.standing = Standing.ACCEPTED if granted else Standing.REFUSED
    sent.save()
    record("contribution.appeal.decide", by=by, subject=str(sent.pk), granted=granted, reason=reason)
    if granted:
        _show(sent, by)
    _tell_author(sent, "is shown after your appeal" if granted else "stays refused", f"The reason: {reason}.")


@transaction.atomic
def withdraw(sent: Contribution, *, by: Any) -> None:
    """Take back something of one's own that waits."""
    sent = _locked(sent)
    if sent.author_id != by.pk:
        raise PermissionDenied
    if sent.standing != Standing.WAITING:
        raise BadInput("This does not wait any more")
    sent.standing = Standing.WITHDRAWN
    sent.save()
    _forget_picture(sent)
    record("contribution.withdraw", by=by, subject=str(sent.pk))


@transaction.atomic
def remove_photo(shown: AssetPhoto, *, by: Any, reason: str) -> None:
    """Take a photograph off and delete its file; that it was there stays in the history."""
    need(by, "contribution.decide", shown.asset.register)
    if not reason.strip():
        raise BadInput("Say why, for those who ask later", "reason")
    here = AssetPhoto.objects.filter(pk=shown.pk, removed_at=None)
    if here.update(shown=False, removed_by=by, removed_at=timezone.now()):
        how = {"source": Source.OFFICER, "by": by, "reason": reason}
        AssetChange.objects.create(asset=shown.asset, field="photo", old=shown.description, **how)
        record("asset.photo.remove", by=by, subject=str(shown.asset_id), photo=shown.pk, reason=reason)
        _delete_file(shown)


def _locked(sent: Contribution) -> Contribution:
    found = Contribution.objects.select_for_update(of=("self",))
    return found.select_related("register", "asset", "author").get(pk=sent.pk)


def _show(sent: Contribution, by: Any) -> None:
    """Let what was accepted stand on its asset's page and in its history."""
    if sent.kind == ContributionKind.MISSING:
        sent.asset = _suggested(sent)
        sent.save(update_fields=["asset"])
    asset = sent.asset
    assert asset is not None
    how = {"source": Source.PEOPLE, "by": by, "reason": sent.reason or sent.appeal_reason}
    if sent.kind == ContributionKind.PHOTO:
        AssetPhoto.objects.filter(contribution=sent).update(shown=True)
    field = sent.field or FIELD_OF.get(ContributionKind(sent.kind), changes.ADDED)
    said = sent.value or sent.words[:300]
    AssetChange.objects.create(asset=asset, field=f"people.{field}"[:30], new=said, **how)
    tell_followers()


def _suggested(sent: Contribution) -> Asset:
    """Put something that people named on the register: as named by people, owned by nobody we know."""
    placed = sent.latitude is not None and sent.longitude is not None
    district, region = place_of_home(sent.register.place_code)
    return Asset.objects.create(
        register=sent.register, origin=Origin.PEOPLE, name=sent.value[:200], state=State.SUGGESTED,
        address=sent.where, description="", latitude=sent.latitude, longitude=sent.longitude,
        located_by="people" if placed else "", district_code=district, district_by="body" if district else "",
        region_code=region,
    )  # fmt: skip


def _tell_author(sent: Contribution, what: str, why: str) -> None:
    author = sent.author
    if not author.is_active:
        return
    subject = " ".join(f"What you sent about {sent.asset or sent.value} {what}".split())[:200]
    address = settings.SITE_ADDRESS + reverse("register:contribution", args=[sent.pk])
    text = f"{subject}.\n\n{why}\n\nSee it on the site: {address}\n"
    if sent.standing == Standing.REFUSED and (sent.appealed_at is None or sent.appeal_at is not None):
        _forget_picture_when_final(sent)
    sender = settings.DEFAULT_FROM_EMAIL
    transaction.on_commit(lambda: send_mail(subject, text, sender, [author.email], fail_silently=True))


def _forget_picture_when_final(sent: Contribution) -> None:
    """Delete the picture of something that stays refused: after an appeal, nothing more can follow."""
    if sent.appeal_at is not None:
        _forget_picture(sent)


def _forget_picture(sent: Contribution) -> None:
    for picture in AssetPhoto.objects.filter(contribution=sent, shown=False):
        _delete_file(picture)


def forget_refused(before: datetime) -> int:
    """Delete the pictures that were refused before a moment and never appealed; return how many."""
    refused = AssetPhoto.objects.filter(
        shown=False, removed_at=None, contribution__standing=Standing.REFUSED,
        contribution__decided_at__lt=before, contribution__appealed_at=None,
    )  # fmt: skip
    held = [one for one in refused if one.file.storage.exists(str(one.file.name))]
    for one in held:
        one.file.storage.delete(str(one.file.name))
    return len(held)


def _delete_file(picture: AssetPhoto) -> None:
    storage, name = picture.file.storage, str(picture.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def sent_by(user: Any) -> list[dict[str, Any]]:
    """Return what a person sent, for the export of their account."""
    return [
        {
            "kind": one.kind, "about": str(one.asset_id or one.register_id), "field": one.field,
            "value": one.value, "words": one.words, "group": one.group, "at": one.sent_at.isoformat(),
            "standing": one.standing, "reason": one.reason, "appeal": one.appeal_words,
        }
        for one in Contribution.objects.filter(author=user).order_by("sent_at")
    ]  # fmt: skip


assert set(CORRECTABLE) <= set(FIELDS)
