"""How an act begins: the jury is locked, the person may, and a form that comes twice counts once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import need
from fairground.web.power.sittings.documents import Document

RUN = "sittings.run"


def locked(jury: Jury, by: Any, deed: str = RUN) -> Jury:
    """Return the jury, locked until the act ends, if this person may do the deed."""
    need(by, deed, jury)
    return Jury.objects.select_for_update(of=("self",)).select_related("round").get(pk=jury.pk)


def before(model: type[models.Model], token: UUID | None, **where: Any) -> Any:
    """Return what a form with this token has made already, or None.

    Raises
    ------
    BadInput : the token is that of a form about something else.
    """
    made = model._default_manager.filter(token=token).first() if token else None
    if made is not None and any(getattr(made, name) != value for name, value in where.items()):
        raise BadInput("This form belongs to another page. Load the page again, then send it once more")
    return made


def hold(made: Any, document: Document | None, *, need_one: bool = True) -> None:
    """Keep something to read with its file, if there is one.

    Raises
    ------
    BadInput : neither a file nor an address where one is needed; an address that is none.
    """
    check_address(made.address)
    if need_one and not (document or made.address):
        raise BadInput("Send a file, or give the web address where it can be read", "file")
    if document is not None:
        made.kind, made.size, made.digest = document.kind, len(document.content), document.digest
        made.file.save(f"file.{document.kind}", ContentFile(document.content), save=False)
        storage, name = made.file.storage, str(made.file.name)
        try:
            made.save(force_insert=True)
        except BaseException:
            storage.delete(name)
            raise
    else:
        made.save(force_insert=True)


def take_off(made: Any, *, by: Any, why: str) -> bool:
    """Take something off: its file goes, its row says why; return whether it was still there."""
    if made.removed_at is not None:
        return False
    if not why.strip():
        raise BadInput("Say why it is taken off", "why", why)
    storage, name = made.file.storage, str(made.file.name)
    made.removed_by, made.removed_at, made.removed_why = by, timezone.now(), why.strip()
    made.save(update_fields=["removed_by", "removed_at", "removed_why"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))
    return True


def check_address(address: str, field: str = "address") -> None:
    """Refuse what is no address of a web page."""
    if address and (not address.startswith(("https://", "http://")) or len(address.split()) != 1):
        raise BadInput("A web address begins with https:// or http:// and has no spaces", field, address)


def need_words(**words: str) -> None:
    """Refuse what has no words in it, by the name of its field."""
    for name, text in words.items():
        if not text.strip():
            raise BadInput("Write some words here", name, text)
