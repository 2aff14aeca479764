"""The finance pages: a plan step by step, its answer, its files, its group, its history.

Whoever may not see a plan is told that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.errors import BadInput
from fairground.web import answers
from fairground.web.wealth.finance import actions, bridge, charts
from fairground.web.wealth.finance.forms import FileForm, InviteForm, OtherForm, RoleForm, StepForm
from fairground.web.wealth.finance.models import CommunityPlan, PlanMember
from fairground.web.wealth.finance.permissions import may, need

FILES = {
    "toml": ("application/toml; charset=utf-8", bridge.as_toml),
    "json": ("application/json", bridge.as_json),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", bridge.document),
}


def index(request: Any) -> HttpResponse:
    """Show what this is, the plans of whoever is signed in, and the made-up ones."""
    mine = _mine(request.user) if request.user.is_authenticated else ()
    made_up = CommunityPlan.objects.filter(fictional=True)[:10]
    return render(request, "finance/index.html", {"mine": mine, "made_up": made_up})


def ready(request: HttpRequest) -> HttpResponse:
    """Show what to have ready before buying."""
    answer = bridge.ready()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="ready")
    groups: dict[str, list[Any]] = {}
    for row in answer.value.rows:
        groups.setdefault(row.ready_group, []).append(row)
    return render(request, "finance/ready.html", answers.shape(request, answer) | {"groups": groups})


@login_required
def new(request: Any) -> HttpResponse:
    """Begin a plan with what it is about."""
    form = StepForm(request.POST or None, part="about")
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.create_plan(by=request.user, content={"about": form.held}, words="Began the plan")
            return redirect("finance:plan", pk=plan.pk)
        except BadInput as fault:
            form.add_error(None, str(fault))
    return _form(request, form, None, "about", title="Begin a plan")


@login_required
def send(request: Any) -> HttpResponse:
    """Take a plan that somebody kept as a file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"]
            plan = actions.create_plan(by=request.user, content=content, words="Took the plan from a file")
            return redirect("finance:plan", pk=plan.pk)
        except BadInput as fault:
            form.add_error(None, str(fault))
    return render(request, "finance/send.html", {"form": form}, status=400 if form.errors else 200)


def plan(request: Any, pk: UUID) -> HttpResponse:
    """Show a plan: its steps with what stands in them, its verdict, and what can be done with it."""
    found = _plan(request, pk, "plan.read")
    facts = {
        name: may(request.user, f"plan.{name}", found) for name in ("change", "share", "copy", "history")
    }
    shown = {"plan": found, "steps": bridge.lines(found.content), "verdict": bridge.verdict(found.content)}
    return render(request, "finance/plan.html", shown | {"may": facts})


@login_required
def step(request: Any, pk: UUID, part: str, line: int = 0) -> HttpResponse:
    """Fill in one step of a plan, or one line of it; line 0 adds one."""
    found = _plan(request, pk, "plan.change")
    held = _held(found, part, line)
    form = StepForm(request.POST or None, part=part, initial={**held, "seen": found.number})
    if request.method == "POST" and form.is_valid():
        try:
            content = bridge.with_part(found.content, part, form.held, line)
            seen = form.cleaned_data["seen"] or found.number
            actions.change_plan(
                found, by=request.user, content=content, words=_done(part, form, line), seen=seen
            )
            return redirect(_after(found, part, request))
        except BadInput as fault:
            answers.put_beside(form, fault)
    return _form(request, form, found, part, line=line)


@login_required
@require_POST
def remove(request: Any, pk: UUID, part: str, line: int) -> HttpResponse:
    """Take one line out of a plan."""
    found = _plan(request, pk, "plan.change")
    held = _held(found, part, line)
    content = bridge.without_line(found.content, part, line)
    words = f"{bridge.steps()[part]['title']}: took out “{held.get('name', '')}”"
    try:
        actions.change_plan(found, by=request.user, content=content, words=words, seen=found.number)
        messages.success(request, "Taken out. You can undo it under “Who changed what”.")
    except BadInput as fault:
        messages.error(request, str(fault))
    return redirect("finance:plan", pk=pk)


def results(request: Any, pk: UUID) -> HttpResponse:
    """Show whether the plan holds, and what would change that."""
    found = _plan(request, pk, "plan.read")
    if bridge.is_empty(found.content):
        return render(request, "finance/results.html", {"plan": found, "empty": True})
    answer = bridge.viability(found.content)
    drawn = charts.viability(answer.value)
    if taken := _taken(request, answer, "plan", drawn):
        return taken
    shown = answers.shape(request, answer) | {"charts": answers.drawings(request, drawn)}
    shown |= {"plan": found, "key": shown["working"][:-2], "working": shown["working"][-2:]}
    return render(request, "finance/results.html", shown)


def funders(request: Any, pk: UUID) -> HttpResponse:
    """Show which funders' rules the plan keeps."""
    found = _plan(request, pk, "plan.read")
    if bridge.is_empty(found.content):
        return render(request, "finance/funders.html", {"plan": found, "empty": True})
    answer = bridge.funders(found.content)
    if taken := _taken(request, answer, "funders", {}):
        return taken
    return render(request, "finance/funders.html", answers.shape(request, answer) | {"plan": found})


def compare(request: Any, pk: UUID) -> HttpResponse:
    """Compare the plan with another that one may see, with the same luck."""
    found = _plan(request, pk, "plan.read")
    others = [one for one in _seen(request.user) if one.pk != pk and not bridge.is_empty(one.content)]
    form = OtherForm(request.GET if "other" in request.GET else None, plans=others)
    shown: dict[str, Any] = {"plan": found, "form": form, "others": others}
    if form.is_valid() and not bridge.is_empty(found.content):
        other = next(one for one in others if str(one.pk) == form.cleaned_data["other"])
        answer = bridge.compared(found.content, other.content)
        drawn = charts.compared(answer.value)
        if taken := _taken(request, answer, "compared", drawn):
            return taken
        shown |= answers.shape(request, answer) | {"charts": answers.drawings(request, drawn)}
    return render(request, "finance/compare.html", shown, status=400 if form.errors else 200)


def file(request: Any, pk: UUID, format: str) -> HttpResponse:
    """Give the plan as a file: TOML, JSON, or the business plan as a document."""
    found = _plan(request, pk, "plan.read")
    if format not in FILES or (bridge.is_empty(found.content) and format != "json"):
        raise Http404
    kind, write = FILES[format]
    response = HttpResponse(write(found.content), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="plan.{format}"'
    return response


@login_required
def history(request: Any, pk: UUID) -> HttpResponse:
    """Show who changed what."""
    found = _plan(request, pk, "plan.history")
    editions = found.editions.select_related("changed_by")[:200]
    shown = {"plan": found, "editions": editions, "may_change": may(request.user, "plan.change", found)}
    return render(request, "finance/history.html", shown)


@login_required
@require_POST
def restore(request: Any, pk: UUID, number: int) -> HttpResponse:
    """Go back to an earlier edition."""
    found = _plan(request, pk, "plan.change")
    try:
        actions.restore(found, number, by=request.user)
        messages.success(request, f"The plan is as it was in edition {number}. Nothing was lost.")
    except BadInput as fault:
        messages.error(request, str(fault))
    return redirect("finance:history", pk=pk)


@login_required
@require_POST
def copy(request: Any, pk: UUID) -> HttpResponse:
    """Make a plan of one's own from this one."""
    try:
        made = actions.copy_plan(_plan(request, pk, "plan.copy"), by=request.user)
    except BadInput as fault:
        messages.error(request, str(fault))
        return redirect("finance:plan", pk=pk)
    messages.success(request, "This copy is yours alone. Give it a name of its own.")
    return redirect("finance:plan", pk=made.pk)


@login_required
def people(request: Any, pk: UUID) -> HttpResponse:
    """Show the group, and invite somebody."""
    found = _plan(request, pk, "plan.share")
    form, link = InviteForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            token = actions.invite(found, by=request.user, **form.cleaned_data)
            link = request.build_absolute_uri(reverse("finance:join", args=[token]))
        except BadInput as fault:
            form.add_error(None, str(fault))
    shown = {"plan": found, "form": form, "link": link, "members": found.members.select_related("user")}
    shown["open"] = found.invitations.count()
    return render(request, "finance/people.html", shown, status=400 if form.errors else 200)


@login_required
@require_POST
def set_role(request: Any, pk: UUID, member: int) -> HttpResponse:
    """Give a member another role, or take them out; anybody may leave."""
    found = _plan(request, pk, "plan.leave")
    held, form = get_object_or_404(PlanMember, plan=found, pk=member), RoleForm(request.POST)
    try:
        if form.is_valid():
            actions.set_role(held, form.cleaned_data["role"], by=request.user)
    except BadInput as fault:
        messages.error(request, str(fault))
    return redirect(
        "finance:people" if may(request.user, "plan.share", found) else "finance:index", **_at(request, found)
    )


@login_required
@require_POST
def uninvite(request: Any, pk: UUID) -> HttpResponse:
    """Take back every open invitation."""
    actions.take_back_invitations(_plan(request, pk, "plan.share"), by=request.user)
    return redirect("finance:people", pk=pk)


@login_required
def join(request: Any, token: str) -> HttpResponse:
    """Say what one is invited to, then join it."""
    found = actions.invitation(token)
    if request.method == "POST":
        try:
            return redirect("finance:plan", pk=actions.join(token, by=request.user).pk)
        except BadInput as fault:
            messages.error(request, str(fault))
    return render(request, "finance/join.html", {"invitation": found}, status=200 if found else 404)


@login_required
def delete(request: Any, pk: UUID) -> HttpResponse:
    """Say what deleting means, then delete the plan for good."""
    found = _plan(request, pk, "plan.delete")
    if request.method == "POST":
        actions.delete_plan(found, by=request.user)
        messages.success(request, "The plan is deleted, with all its editions.")
        return redirect("finance:index")
    return render(request, "finance/delete.html", {"plan": found})


def _taken(request: Any, answer: Any, name: str, drawn: Mapping[str, str]) -> HttpResponse | None:
    """Return the answer, one of its tables or one of its charts as the file that the address asks for."""
    wanted = request.GET.get("format")
    if wanted in answers.FILES:
        return answers.download(answer, wanted, name=name, part=request.GET.get("table", ""))
    return answers.chart_file(request, drawn, answer) if wanted in answers.CHARTS else None


def _plan(request: Any, pk: UUID, deed: str) -> CommunityPlan:
    found = get_object_or_404(CommunityPlan, pk=pk)
    need(request.user, deed, found)
    return found


def _mine(user: Any) -> list[CommunityPlan]:
    return list(CommunityPlan.objects.filter(members__user=user).order_by("-changed_at"))


def _seen(user: Any) -> list[CommunityPlan]:
    mine = _mine(user) if user.is_authenticated else []
    return [*mine, *(one for one in CommunityPlan.objects.filter(fictional=True) if one not in mine)]


def _at(request: Any, found: CommunityPlan) -> dict[str, Any]:
    return {"pk": found.pk} if may(request.user, "plan.share", found) else {}


def _held(found: CommunityPlan, part: str, line: int) -> dict[str, str]:
    """Return what is kept of a step, or of a line; nothing for a new line; refuse what is not there."""
    if part not in bridge.steps() or (line and not bridge.is_list(part)):
        raise Http404
    held = found.content.get(part, [] if bridge.is_list(part) else {})
    if not bridge.is_list(part):
        return dict(held)
    if line > len(held):
        raise Http404
    return dict(held[line - 1]) if line else {}


def _done(part: str, form: StepForm, line: int) -> str:
    title, name = bridge.steps()[part]["title"], form.held.get("name", "")
    if not bridge.is_list(part):
        return f"Changed: {title}"
    return f"{title}: {'changed' if line else 'added'} “{name}”"


def _after(found: CommunityPlan, part: str, request: Any) -> str:
    if "another" in request.POST:
        return reverse("finance:step", args=[found.pk, part])
    return reverse("finance:plan", args=[found.pk]) + f"#{part}"


def _form(
    request: Any, form: StepForm, found: CommunityPlan | None, part: str, *, line: int = 0, title: str = ""
) -> HttpResponse:
    words = bridge.steps()[part]
    many = bridge.is_list(part)
    title = title or (f"{'Change' if line else 'Add'} {words['one']}" if many else words["title"])
    shown = {"form": form, "plan": found, "words": words, "title": title, "many": many, "line": line}
    return render(request, "finance/form.html", shown, status=400 if form.errors else 200)
