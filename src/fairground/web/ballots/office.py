"""The officers' pages of a vote: roll, letters, printed ballots, batches, the close, the end of the secret.

Nothing here shows who voted or what anyone voted. Codes are shown once, for printing.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from fairground.errors import BadInput
from fairground.web.ballots import actions, bridge, roll, slips
from fairground.web.ballots.forms import (
    BatchForm,
    CodeForm,
    HandOutForm,
    RenewForm,
    RollForm,
    SetAsideForm,
    Sheet,
    SlipsForm,
)
from fairground.web.ballots.models import Batch, Paper, Tier
from fairground.web.ballots.views import paper_at
from fairground.web.participation.permissions import may


def _paper(request: Any, slug: str) -> Paper:
    paper = paper_at(slug)
    if not may(request.user, "round.manage", paper.round):
        raise PermissionDenied
    return paper


@login_required
def desk(request: Any, slug: str, **forms: Any) -> HttpResponse:
    """Show how the vote stands and what can be done now."""
    paper = _paper(request, slug)
    batches = (
        [(batch, slips.report_on(batch)) for batch in paper.batches.order_by("name")] if _open(paper) else []
    )
    facts = {
        "paper": paper,
        "state": paper.state(),
        "ways": bridge.specification_of(paper).eligibility.ways,
        "lines": paper.roll.count(),
        "without_code": paper.roll.filter(code_hash="").count(),
        "slips": paper.slips.count(),
        "entries": paper.head.size,
        "tiers": sorted((Tier(tier).label, ballots) for tier, ballots in bridge.turnout(paper).items()),
        "batches": batches,
        "done": paper.batches.exclude(accepted_at=None).order_by("name"),
        "roll_form": RollForm(auto_id="roll_%s"),
        "renew_form": RenewForm(auto_id="renew_%s"),
        "slips_form": SlipsForm(auto_id="slips_%s", paper=paper),
        "has_roll": roll.has_roll(paper),
        "hand_out_form": HandOutForm(auto_id="hand_out_%s"),
        "batch_form": BatchForm(auto_id="batch_%s"),
        **forms,
    }
    return render(request, "ballots/desk.html", facts, status=422 if forms else 200)


def _open(paper: Paper) -> bool:
    return paper.secret_destroyed_at is None


@login_required
@require_POST
def import_roll(request: Any, slug: str) -> HttpResponse:
    """Take in the council's file."""
    paper, form = _paper(request, slug), RollForm(request.POST, request.FILES, auto_id="roll_%s")
    if form.is_valid() and (table := form.table()):
        try:
            text, name = table
            lines = roll.import_roll(paper=paper, text=text, by=request.user, file=name)
        except BadInput as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(request, f"{lines} voters are on the roll now.")
            return redirect("ballots:desk", slug)
    return desk(request, slug, roll_form=form, form=form)


@login_required
@require_POST
def letters(request: Any, slug: str) -> HttpResponse:
    """Make the codes that are missing and show the letters once, to print."""
    paper = _paper(request, slug)
    return _printed(request, paper, roll.make_codes(paper=paper, by=request.user))


@login_required
@require_POST
def new_letter(request: Any, slug: str) -> HttpResponse:
    """Make a new code for a voter whose letter got lost and show the letter once, to print."""
    paper, form = _paper(request, slug), RenewForm(request.POST, auto_id="renew_%s")
    if form.is_valid():
        try:
            return _printed(
                request, paper, [roll.renew_code(paper=paper, by=request.user, **form.cleaned_data)]
            )
        except BadInput as fault:
            form.add_error("number", f"{fault.what}.")
    return desk(request, slug, renew_form=form, form=form)


@login_required
@require_POST
def printed(request: Any, slug: str) -> HttpResponse:
    """Make ballots to hand out and show them once, to print."""
    paper = _paper(request, slug)
    form = SlipsForm(request.POST, auto_id="slips_%s", paper=paper)
    if form.is_valid():
        try:
            made = slips.print_slips(paper=paper, by=request.user, **{"district": "", **form.cleaned_data})
            return _printed(request, paper, made)
        except BadInput as fault:
            form.add_error("district", f"{fault.what}.")
    return desk(request, slug, slips_form=form, form=form)


@login_required
@require_POST
def hand_out(request: Any, slug: str) -> HttpResponse:
    """Write down who gets a printed ballot."""
    paper, form = _paper(request, slug), HandOutForm(request.POST, auto_id="hand_out_%s")
    if form.is_valid():
        try:
            slips.hand_out(paper=paper, by=request.user, **form.cleaned_data)
            messages.success(request, "It is written down. Give the voter this ballot.")
            return redirect("ballots:desk", slug)
        except BadInput as fault:
            form.add_error(fault.field, f"{fault.what}.")
    return desk(request, slug, hand_out_form=form, form=form)


def _printed(request: Any, paper: Paper, made: list[tuple[Any, str]]) -> HttpResponse:
    sheets: dict[str, Sheet] = {}
    for one, _ in made:
        sheets.setdefault(
            one.district, Sheet(paper, actions.Voter("", "booth", one.district), as_printed=True)
        )
    pages = [(one, code, sheets[one.district]) for one, code in made]
    response = render(request, "ballots/printed.html", {"paper": paper, "pages": pages})
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def open_batch(request: Any, slug: str) -> HttpResponse:
    """Begin a batch of envelopes."""
    paper, form = _paper(request, slug), BatchForm(request.POST, auto_id="batch_%s")
    if form.is_valid():
        try:
            batch = slips.open_batch(paper=paper, by=request.user, **form.cleaned_data)
            return redirect("ballots:batch", slug, batch.pk)
        except BadInput as fault:
            form.add_error("name", f"{fault.what}.")
    return desk(request, slug, batch_form=form, form=form)


@login_required
def batch(request: Any, slug: str, pk: int) -> HttpResponse:
    """Show how a batch stands, and type a ballot into it: first its code, then its marks."""
    found = _batch(request, slug, pk)
    form, sheet = _code_form(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        sheet = _typed(request, found, form)
        if sheet is None and not form.errors:
            return redirect("ballots:batch", slug, pk)
    return _batch_page(request, found, form=form, sheet=sheet)


def _batch(request: Any, slug: str, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.select_related("paper__round"), pk=pk, paper=_paper(request, slug))


def _code_form(data: Any = None, **more: Any) -> CodeForm:
    form = CodeForm(data, **more)
    form.fields["code"].label = "The code on the ballot"
    return form


def _batch_page(request: Any, found: Batch, *, form: Any, **forms: Any) -> HttpResponse:
    said = {"number": found.set_aside, "reason": found.set_aside_reason}
    facts = {
        "paper": found.paper,
        "batch": found,
        "report": slips.report_on(found),
        "form": form,
        "code_form": _code_form(),
        "aside_form": SetAsideForm(initial=said, auto_id="aside_%s"),
        "out_form": _code_form(auto_id="out_%s"),
        **forms,
    }
    return render(request, "ballots/batch.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def aside(request: Any, slug: str, pk: int) -> HttpResponse:
    """Say how many envelopes of a batch hold no ballot that can count."""
    found, form = _batch(request, slug, pk), SetAsideForm(request.POST, auto_id="aside_%s")
    if form.is_valid():
        try:
            slips.set_aside(batch=found, by=request.user, **form.cleaned_data)
            messages.success(request, "It is written down.")
            return redirect("ballots:batch", slug, pk)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, f"{fault.what}.")
    return _batch_page(request, found, form=form, aside_form=form)


@login_required
@require_POST
def take_out(request: Any, slug: str, pk: int) -> HttpResponse:
    """Forget what this person typed for a ballot."""
    found, form = _batch(request, slug, pk), _code_form(request.POST, auto_id="out_%s")
    if form.is_valid():
        try:
            slips.take_out(batch=found, code=form.cleaned_data["code"], by=request.user)
            messages.success(request, "What you typed for this ballot is taken out of the batch.")
            return redirect("ballots:batch", slug, pk)
        except BadInput as fault:
            form.add_error("code", f"{fault.what}.")
    return _batch_page(request, found, form=form, out_form=form)


def _typed(request: Any, found: Batch, form: Any) -> Sheet | None:
    """Return the sheet to fill in, or None once it is kept."""
    sent = request.POST if request.POST.get("step") == "keep" else None
    code = form.cleaned_data["code"]
    try:
        voter = roll.voter_by_code(found.paper, code)
        sheet = Sheet(found.paper, voter, data=sent, as_printed=True)
        if sent is None or not sheet.is_sound:
            return sheet
        slips.type_ballot(batch=found, code=code, marks=sheet.marks, by=request.user)
    except BadInput as fault:
        form.add_error("code", f"{fault.what}.")
        return None
    messages.success(request, f"The ballot …{code.strip()[-4:].upper()} is kept as you typed it.")
    return None


@login_required
@require_POST
def act(request: Any, slug: str, deed: str) -> HttpResponse:
    """Close the log, destroy the secret, or put a batch into the log."""
    paper = _paper(request, slug)
    try:
        if deed == "close":
            actions.close(paper=paper, by=request.user)
        elif deed == "destroy" and request.POST.get("sure") != "on":
            raise BadInput("Tick the box that says that the count is accepted. Nothing was destroyed")
        elif deed == "destroy":
            actions.destroy_secret(paper=paper, by=request.user)
        else:
            wanted = request.POST.get("batch", "")
            found = get_object_or_404(Batch, pk=wanted if wanted.isdecimal() else None, paper=paper)
            slips.accept(batch=found, by=request.user)
    except BadInput as fault:
        messages.error(request, f"{fault.what}.")
    return redirect("ballots:desk", slug)
