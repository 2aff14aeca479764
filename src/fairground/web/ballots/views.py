"""The pages of a vote: come in, mark and cast, receipt; and the log that anyone may read.

Each page finds with access, checks the form, acts, renders. None needs JavaScript.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from fairground.errors import BadInput
from fairground.web.ballots import booth, bridge
from fairground.web.ballots.actions import NotEligible, NotOpen, Voter, cast
from fairground.web.ballots.forms import CodeForm, NumberForm, PersonForm, Sheet
from fairground.web.ballots.models import Ballot, Paper, Revision
from fairground.web.ballots.roll import (
    voter_by_account,
    voter_by_browser,
    voter_by_code,
    voter_by_number,
)
from fairground.web.participation.permissions import may

A_PAGE = 200
NOT_YOURS = "This form was made for somebody else at this browser. Look at your ballot, then cast it"


def paper_at(slug: str) -> Paper:
    """Return the paper of the round with this address."""
    return get_object_or_404(Paper.objects.select_related("round"), round__slug=slug)


def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is voted on and when, and ask who is there."""
    paper = paper_at(slug)
    return _door(request, paper)


def _door(request: Any, paper: Paper, *, status: int = 200, **forms: Any) -> HttpResponse:
    said = bridge.specification_of(paper)
    who: dict[str, Any] = {
        "needs_postcode": "postcode" in said.eligibility.ways,
        "least_age": said.eligibility.least_age,
    }
    facts = {
        "paper": paper,
        "said": said,
        "state": paper.state(),
        "voter": booth.voter_of(request, paper),
        "ways": said.eligibility.ways,
        "code_form": CodeForm(auto_id="code_%s"),
        "number_form": NumberForm(auto_id="number_%s"),
        "person_form": PersonForm(auto_id="person_%s", **who),
        "runs": may(request.user, "round.manage", paper.round),
        "pots": [(pot, bridge.pounds(pot.amount_pence)) for pot in said.pots],
        **forms,
    }
    return render(request, "ballots/start.html", facts, status=status)


@require_POST
def by_code(request: Any, slug: str) -> HttpResponse:
    """Let in whoever has the code of a letter."""
    paper, form = paper_at(slug), CodeForm(request.POST, auto_id="code_%s")
    if form.is_valid():
        voter = _known(request, paper, form, "code", partial(voter_by_code, paper, form.cleaned_data["code"]))
        if voter:
            return booth.let_in(redirect("ballots:ballot", slug), paper, voter)
    return _door(request, paper, status=422, code_form=form, form=form)


@require_POST
def by_number(request: Any, slug: str) -> HttpResponse:
    """Let in whoever knows a number and its postcode on the roll."""
    paper, form = paper_at(slug), NumberForm(request.POST, auto_id="number_%s")
    if "roll" in bridge.specification_of(paper).eligibility.ways and form.is_valid():
        number, postcode = form.cleaned_data["number"], form.cleaned_data["postcode"]
        find = partial(voter_by_number, paper, number, postcode)
        voter = _known(request, paper, form, "number", find, about=number)
        if voter:
            return booth.let_in(redirect("ballots:ballot", slug), paper, voter)
    return _door(request, paper, status=422, number_form=form, form=form)


def _known(request: Any, paper: Paper, form: Any, field: str, find: Any, *, about: str = "") -> Voter | None:
    """Return the voter, or None with the reason beside the field; wrong guesses are counted."""
    try:
        booth.need_patience(request, paper, about=about)
        found: Voter = find()
    except NotEligible as fault:
        form.add_error(None, f"{fault.what}.")
    except BadInput as fault:
        booth.count_failure(request, paper, about=about)
        form.add_error(field, f"{fault.what}.")
    else:
        return found
    return None


@require_POST
def by_person(request: Any, slug: str) -> HttpResponse:
    """Let in whoever is signed in, or anyone where the vote is open to all."""
    paper = paper_at(slug)
    rules = bridge.specification_of(paper).eligibility
    needs = "postcode" in rules.ways and "account" not in rules.ways
    form = PersonForm(
        request.POST, auto_id="person_%s", needs_postcode="postcode" in rules.ways, least_age=rules.least_age
    )
    if not needs and "postcode" in form.fields:
        form.fields["postcode"].required = False
    if "open" not in rules.ways and not request.user.is_authenticated:
        return redirect(f"/account/login/?next=/ballots/{slug}/")
    if form.is_valid():
        token = booth.browser_token(request, paper)
        find = partial(_person, paper, request.user, form.cleaned_data.get("postcode"), token)
        voter = _known(request, paper, form, "postcode" if "postcode" in form.fields else "__all__", find)
        if voter:
            return _welcome(paper, voter, token)
    return _door(request, paper, status=422, person_form=form, form=form)


def _person(paper: Paper, user: Any, postcode: str | None, token: str) -> Voter:
    ways = bridge.specification_of(paper).eligibility.ways
    if "open" in ways:
        return voter_by_browser(paper, token)
    if not set(ways) & {"account", "postcode"}:
        raise NotEligible("This vote has a roll. Use your letter or your number")
    return voter_by_account(paper, user, postcode or None)


def _welcome(paper: Paper, voter: Voter, token: str) -> HttpResponse:
    response = booth.let_in(redirect("ballots:ballot", paper.round.slug), paper, voter)
    if voter.tier == "open":
        month = 60 * 60 * 24 * 31
        response.set_cookie(
            f"open_{paper.pk}", token, max_age=month, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
    return response


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget who was at this browser."""
    return booth.let_out(redirect("ballots:start", slug), paper_at(slug))


def ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a voter's sheet, and check what was sent of it without casting it."""
    paper = paper_at(slug)
    voter = booth.voter_of(request, paper)
    if voter is None or paper.state() != "open":
        return redirect("ballots:start", slug)
    posted = request.POST if request.method == "POST" else None
    kept = _kept(request, paper, voter)
    sheet = Sheet(paper, voter, data=posted, before=kept[2])
    status = 200 if sheet.is_sound else 422
    return _sheet(request, sheet, kept, status=status, checked=posted is not None)


def _sheet(request: Any, sheet: Sheet, kept: Any = None, *, status: int, **told: Any) -> HttpResponse:
    """Show a sheet with a key of its own, which casts once."""
    last, mine, _ = kept or _kept(request, sheet.paper, sheet.voter)
    facts = {"paper": sheet.paper, "sheet": sheet, "map": sheet.map, "last": last, "mine": mine, **told}
    facts["key"] = booth.form_key(sheet.voter)
    return _private(render(request, "ballots/ballot.html", facts, status=status))


def _kept(request: Any, paper: Paper, voter: Voter) -> tuple[Revision | None, bool, bridge.AllMarks | None]:
    """Return the voter's last ballot, whether this browser cast it, and its marks if so."""
    held = Ballot.objects.filter(paper=paper, pseudonym=voter.pseudonym).first()
    last = held.revisions.filter(number=held.last).first() if held else None
    if last is None or last.receipt != booth.receipt_of(request, paper):
        return last, False, None
    return last, True, bridge.marks_from_json(last.marks)


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def cast_ballot(request: Any, slug: str) -> HttpResponse:
    """Put the ballot into the log and show its receipt."""
    paper = paper_at(slug)
    voter = booth.voter_of(request, paper)
    if voter is None:
        return redirect("ballots:start", slug)
    sheet, key = Sheet(paper, voter, data=request.POST), str(request.POST.get("key", ""))
    if not booth.is_key_of(key, voter):
        return _sheet(request, sheet, status=422, checked=True, problem=NOT_YOURS)
    ask = sheet.is_empty and request.POST.get("empty") != "on"
    if ask or not sheet.is_sound:
        return _sheet(request, sheet, status=422, checked=True, ask_empty=ask and sheet.is_sound)
    try:
        entry = cast(paper=paper, voter=voter, marks=sheet.marks, key=key)
    except NotOpen:
        return _door(request, paper, status=409, late=True)
    except BadInput as fault:
        return _sheet(request, sheet, status=409, checked=True, problem=fault.what)
    address = redirect("ballots:receipt", slug, entry.receipt)
    return booth.let_in(address, paper, voter, receipt=entry.receipt)


def receipt(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show that a ballot is in the log; to its voter also what it says."""
    paper = paper_at(slug)
    entry = get_object_or_404(Revision.objects.select_related("ballot"), paper=paper, receipt=code)
    voter = booth.voter_of(request, paper)
    mine = voter is not None and entry.receipt == booth.receipt_of(request, paper)
    facts: dict[str, Any] = {"paper": paper, "entry": entry, "proof": bridge.proof_of(entry), "mine": mine}
    facts["message"] = bridge.receipt_message(paper, position=entry.position, leaf=entry.leaf).decode()
    facts |= {"list_page": entry.position // A_PAGE + 1, "state": paper.state()}
    if mine and voter:
        facts["sheet"] = Sheet(paper, voter, before=bridge.marks_from_json(entry.marks))
        facts["opening"] = bridge.opening(entry)
        facts["superseded"] = entry.number < entry.ballot.last
    return _private(render(request, "ballots/receipt.html", facts))


def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every entry of the log by its hash, and find one by its receipt."""
    paper = paper_at(slug)
    typed = request.GET.get("receipt", "").strip()
    problem = ""
    if typed:
        try:
            code = bridge.read_code(typed, length=bridge.RECEIPT_LENGTH)
        except BadInput as fault:
            problem = f"{fault.what}."
        else:
            if Revision.objects.filter(paper=paper, receipt=code).exists():
                return redirect("ballots:receipt", slug, code)
            problem = (
                "No ballot in this log has that receipt. If the site gave it to you, keep it and complain."
            )
    page = Paginator(Revision.objects.filter(paper=paper), A_PAGE).get_page(request.GET.get("page"))
    facts = {"paper": paper, "page": page, "typed": typed, "problem": problem, "root": bridge.root_of(paper)}
    return render(request, "ballots/log.html", facts)


def paper_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the frozen paper as JSON."""
    return JsonResponse(paper_at(slug).specification, json_dumps_params={"sort_keys": True, "indent": 1})


def log_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the whole log as JSON: the hashes in order, the root, the signature and the key."""
    return JsonResponse(bridge.public_log(paper_at(slug)))
