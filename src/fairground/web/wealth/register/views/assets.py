"""One asset: what it is, who owns it, what may happen, how to have a say, and its whole history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fairground.web.power.budgeting.photographs import KINDS
from fairground.web.wealth.property.models import Case
from fairground.web.wealth.register import changes, feeds, maps
from fairground.web.wealth.register.actions import assets, contributions
from fairground.web.wealth.register.forms import AssetForm, DocumentForm, ReasonForm
from fairground.web.wealth.register.models import AssetDocument, AssetPhoto, Standing
from fairground.web.wealth.register.news import told
from fairground.web.wealth.register.permissions import may
from fairground.web.wealth.register.plainly import facts_of, rights_of, where_of, who_of
from fairground.web.wealth.register.views.acting import answered, asset_of, pressed, register_of

HISTORY = 200


def one(request: Any, pk: UUID) -> HttpResponse:
    """Show one asset."""
    asset = asset_of(request, pk)
    history = asset.changes.exclude(field=changes.SAID).select_related("list_import")[:HISTORY]
    said = asset.contributions.filter(standing=Standing.ACCEPTED).exclude(kind="photo")
    facts = {
        "asset": asset, "register": asset.register, "who": who_of(asset), "where": where_of(asset),
        "facts": facts_of(asset), "rights": rights_of(asset, timezone.localdate()), "people": said,
        "photos": asset.photos.filter(shown=True), "documents": asset.documents.filter(removed_at=None),
        "cases": Case.objects.filter(asset=asset).exclude(published_at=None),
        "history": [(one, told(one)) for one in history], "still": maps.around(asset),
        "changes": may(request.user, "asset.change", asset.register),
        "moderates": may(request.user, "contribution.decide", asset.register),
    }  # fmt: skip
    return render(request, "register/asset.html", facts)


def news(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what changed about one asset as an Atom feed."""
    return feeds.atom(request, asset=asset_of(request, pk))


def dates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the days that matter about one asset as a calendar."""
    return feeds.calendar(asset=asset_of(request, pk))


@login_required
def change(request: Any, pk: UUID) -> HttpResponse:
    """Change an asset by hand."""
    asset = asset_of(request, pk, "asset.change")

    def do(got: dict[str, Any]) -> None:
        values = {name: value for name, value in got.items() if name != "reason"}
        assets.change(asset, by=request.user, values=values, reason=got["reason"])

    form = AssetForm.of(request.POST or None, asset)
    back = reverse("register:asset", args=[pk])
    facts = {"title": f"Change {asset.name}", "button": "Keep the changes", "register": asset.register}
    return answered(request, form, do, then=back, said="The changes are kept, with their reason.", **facts)


@login_required
def document(request: Any, pk: UUID) -> HttpResponse:
    """Add a document by its address."""
    asset = asset_of(request, pk, "asset.change")
    form = DocumentForm(request.POST or None)
    facts = {"title": f"Add a document: {asset.name}", "button": "Add", "register": asset.register}
    back = reverse("register:asset", args=[pk])
    return answered(
        request, form, lambda got: _none(assets.add_document(asset, by=request.user, **got)),
        then=back, said="The document is added.", **facts,
    )  # fmt: skip


def _none(made: object) -> None:
    """Forget what was made: the form goes on to its own next page."""


@login_required
@require_POST
def remove_document(request: Any, pk: int) -> HttpResponse:
    """Take a document off."""
    shown = get_object_or_404(AssetDocument.objects.select_related("asset__register"), pk=pk)
    asset_of(request, shown.asset_id, "asset.change")
    back = reverse("register:asset", args=[shown.asset_id])
    said = "The document is taken off."
    return pressed(request, lambda: assets.remove_document(shown, by=request.user), then=back, said=said)


def picture(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Send a photograph: to everyone once it is shown, before that to those who check it and its author."""
    shown = get_object_or_404(AssetPhoto.objects.select_related("asset__register"), pk=pk, removed_at=None)
    register_of(request, shown.asset.register.slug)
    own = getattr(request.user, "pk", None) == shown.added_by_id
    if not (shown.shown or own or may(request.user, "contribution.decide", shown.asset.register)):
        raise Http404(str(pk))
    try:
        file = shown.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404(str(pk)) from gone
    return FileResponse(file, content_type=KINDS[str(shown.file.name).rsplit(".", 1)[-1]])


@login_required
def remove_picture(request: Any, pk: int) -> HttpResponse:
    """Take a photograph off, with the reason."""
    shown = get_object_or_404(AssetPhoto.objects.select_related("asset__register"), pk=pk, removed_at=None)
    asset = asset_of(request, shown.asset_id, "contribution.decide")
    form = ReasonForm(request.POST or None)
    facts = {"title": "Take this photograph off", "button": "Take it off", "register": asset.register}
    return answered(
        request, form, lambda got: contributions.remove_photo(shown, by=request.user, **got),
        then=reverse("register:asset", args=[asset.pk]), said="The photograph is taken off.", **facts,
    )  # fmt: skip
