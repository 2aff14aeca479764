"""The office of a register: lists in and out, what waits for a check, and who works here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.errors import BadInput
from fairground.web.accounts.models import User
from fairground.web.wealth.register import bridge, changes
from fairground.web.wealth.register.actions import imports, registers, taking_in
from fairground.web.wealth.register.forms import ColumnsForm, PersonForm, ReasonForm, SendForm, SetUpForm
from fairground.web.wealth.register.models import Layout, ListImport, Register, RegisterRole, Stage, Standing
from fairground.web.wealth.register.news import told
from fairground.web.wealth.register.permissions import may, places_of_office
from fairground.web.wealth.register.views.acting import answered, pressed, register_of

SHOWN = 200


@login_required
def new(request: Any) -> HttpResponse:
    """Set up a register."""
    codes = places_of_office(request.user)
    if not codes:
        raise PermissionDenied

    def do(got: dict[str, Any]) -> str:
        made = registers.set_up(by=request.user, **got)
        return reverse("register:office", args=[made.slug])

    return answered(
        request, SetUpForm(request.POST or None, codes=codes), do, then=reverse("register:index"),
        said="The register is set up. Take in a list next.", title="Set up a register", button="Set it up",
        lead="Nobody else sees it before you publish it.",
    )  # fmt: skip


@login_required
def desk(request: Any, slug: str) -> HttpResponse:
    """Show what waits, the lists that were taken in, and what to do next."""
    register = register_of(request, slug, "register.watch")
    waiting = register.contributions.filter(standing=Standing.WAITING).select_related("asset")
    appeals = register.contributions.exclude(appealed_at=None).filter(appeal_at=None)
    facts = {
        "register": register, "waiting": waiting[:100], "appeals": appeals.select_related("asset")[:100],
        "lists": register.imports.all()[:50], "takes_in": may(request.user, "list.take_in", register),
        "manages": may(request.user, "register.manage", register),
        "assets": register.assets.filter(hidden_at=None).count(),
    }  # fmt: skip
    return render(request, "register/office.html", facts)


@login_required
@require_POST
def publish(request: Any, slug: str) -> HttpResponse:
    """Show the register to everyone."""
    register = register_of(request, slug, "register.manage")
    back = reverse("register:office", args=[slug])
    said = "Everyone can see the register now."
    return pressed(request, lambda: registers.publish(register, by=request.user), then=back, said=said)


@login_required
def send(request: Any, slug: str) -> HttpResponse:
    """Send a list to be taken in."""
    register = register_of(request, slug, "list.take_in")

    def do(got: dict[str, Any]) -> str:
        file = got["file"]
        sent = imports.send(register, by=request.user, name=file.name, size=file.size, content=file.chunks())
        return reverse("register:list", args=[slug, sent.pk])

    return answered(
        request, SendForm(request.POST or None, request.FILES or None), do,
        then=reverse("register:office", args=[slug]), said="The list is read. Look at its columns.",
        title="Take in a list", button="Send the list", register=register, files=True,
        lead="Nothing changes on the register yet. You see first what we take each column for.",
    )  # fmt: skip


@login_required
def taken(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Show one list: its columns to confirm, how far it is, or what it brought and what was wrong with it."""
    register, sent = _list(request, slug, pk)
    if sent.stage == Stage.SENT:
        return _columns(request, register, sent)
    untold = (changes.SAID, changes.ADDED, "state_since")  # the day of a state is that of the list
    found = sent.changes.exclude(field__in=untold).select_related("asset")
    page = Paginator(found.filter(source="list").order_by("pk"), SHOWN).get_page(request.GET.get("page"))
    facts = {
        "register": register, "sent": sent, "faults": sent.faults[:SHOWN], "form": ReasonForm(),
        "page": page, "changed": [(one, told(one)) for one in page],
        "newest": taking_in.newer(sent) is None, "hung": imports.hangs(sent),
        "spots": bridge.held("postcodes") or bridge.held("uprns"),
    }  # fmt: skip
    shown = render(request, "register/list.html", facts)
    if sent.stage == Stage.ASKED:
        shown["Refresh"] = "5"
    return shown


def _list(request: Any, slug: str, pk: UUID) -> tuple[Register, ListImport]:
    register = register_of(request, slug, "list.take_in")
    return register, get_object_or_404(
        ListImport.objects.select_related("register"), pk=pk, register=register
    )


def _columns(request: Any, register: Register, sent: ListImport) -> HttpResponse:
    if not sent.path.exists():
        raise Http404("the file of this list is gone")
    memory = Layout.objects.filter(register=register, digest=sent.layout).first()
    seen, facts = bridge.look(sent.path, memory.columns if memory else None)
    form = ColumnsForm(request.POST or None, seen=seen)

    def do(got: dict[str, Any]) -> None:
        whole = got["whole"] == "yes"
        imports.confirm(sent, by=request.user, columns=form.columns(), whole=whole, dated=got["dated"])

    here = reverse("register:list", args=[register.slug, sent.pk])
    return answered(
        request, form, do, then=here, said="Confirmed. We remember these columns for the next such list.",
        template="register/columns.html", register=register, sent=sent, facts=facts,
    )  # fmt: skip


@login_required
@require_POST
def drop(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Do not take a sent list in."""
    _, sent = _list(request, slug, pk)
    back = reverse("register:office", args=[slug])
    said = "The list is not taken in. Its file is deleted."
    return pressed(request, lambda: imports.drop(sent, by=request.user), then=back, said=said)


@login_required
@require_POST
def undo(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Undo a list."""
    _, sent = _list(request, slug, pk)
    back = reverse("register:list", args=[slug, pk])
    reason = request.POST.get("reason", "")
    said = "The list is undone. The register is as it was before."
    return pressed(
        request, lambda: taking_in.undo(sent, by=request.user, reason=reason), then=back, said=said
    )


@login_required
def people(request: Any, slug: str) -> HttpResponse:
    """Show who works on the register, and give a role."""
    register = register_of(request, slug, "register.manage")

    def do(got: dict[str, Any]) -> None:
        user = User.objects.filter(email=got["email"].lower(), is_active=True).first()
        if user is None:
            raise BadInput("Nobody here has that address. They make an account first", "email", got["email"])
        registers.give_role(register, user, got["role"], by=request.user)

    held = RegisterRole.objects.filter(register=register, revoked_at=None).select_related("user")
    return answered(
        request, PersonForm(request.POST or None), do, then=reverse("register:people", args=[slug]),
        said="The role is given.", template="register/people.html", register=register, held=held,
    )  # fmt: skip


@login_required
@require_POST
def take_role(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take a role back."""
    register = register_of(request, slug, "register.manage")
    given = get_object_or_404(RegisterRole.objects.select_related("register"), pk=pk, register=register)
    back = reverse("register:people", args=[slug])
    said = "The role is taken back."
    return pressed(request, lambda: registers.take_role(given, by=request.user), then=back, said=said)
