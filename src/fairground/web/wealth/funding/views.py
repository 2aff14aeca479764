"""The funding pages: one award, another region's rate, a formula, and formulas that were sealed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from fairground.errors import FairgroundError
from fairground.web import answers
from fairground.web.jobs.actions import ask
from fairground.web.wealth.funding import actions, bridge, charts
from fairground.web.wealth.funding.forms import AwardForm, CounterfactualForm, SchemeForm
from fairground.web.wealth.funding.formula_forms import ExplainForm, FormulaForm, MergerForm, PathForm
from fairground.web.wealth.funding.models import RegisteredFormula

STARTING = {
    "areas": "north",
    "at": "London",
    "function": "transport",
    "first": "2008/09",
    "last": "2017/18",
    "prices": "cash",
    "people": "contemporary",
}


def index(request: HttpRequest) -> HttpResponse:
    """Show which questions there are."""
    return render(request, "funding/index.html")


def counterfactual(request: HttpRequest) -> HttpResponse:
    """Show what regions would have had at another region's rate."""
    form = CounterfactualForm({**STARTING, **request.GET.dict()})
    draw = charts.counterfactual
    return answers.page(request, "funding/counterfactual.html", form, bridge.counterfactual, charts=draw)


def award(request: HttpRequest) -> HttpResponse:
    """Show whether an award is fair."""
    asked = "amount" in request.GET
    form = (
        AwardForm(request.GET)
        if asked
        else AwardForm(initial={"place": request.GET.get("place", ""), "years": 5})
    )
    return answers.page(request, "funding/award.html", form, bridge.award, charts=charts.award)


def schemes(request: HttpRequest) -> HttpResponse:
    """List the real schemes whose rules can be worked."""
    answer = bridge.schemes()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="schemes")
    return render(request, "funding/schemes.html", answers.shape(request, answer))


def scheme(request: HttpRequest, id: str) -> HttpResponse:
    """Work the rule of one real scheme on anyone's numbers."""
    try:
        starting = dict(bridge.scheme_fields(id))
    except FairgroundError:
        raise Http404(f"There is no scheme '{id}'") from None
    form = SchemeForm({**starting, **request.GET.dict()}, scheme=id)
    about = next(row for row in bridge.schemes().value.rows if row.scheme == id)
    ask = partial(bridge.scheme, id)
    return answers.page(request, "funding/scheme.html", form, ask, charts=charts.scheme, about=about)


def formula(request: HttpRequest) -> HttpResponse:
    """Let anyone build a formula and see what each place would get."""
    form = FormulaForm.of(request.GET.dict())
    sure = partial(_sure, form)
    return answers.page(
        request, "funding/formula.html", form, bridge.allocation, charts=charts.formula, sure=sure
    )


def _sure(form: FormulaForm) -> str:
    """Return how sure the result is, in a sentence; nothing where the formula is not right."""
    return bridge.how_sure(form.cleaned_data) if form.is_valid() else ""


def sensitivity(request: HttpRequest) -> HttpResponse:
    """Show how far each district's amount depends on the choices."""
    form = FormulaForm.of(request.GET.dict())
    draw = charts.sensitivity
    return answers.page(request, "funding/sensitivity.html", form, bridge.sensitivity, charts=draw)


def explain(request: HttpRequest) -> HttpResponse:
    """Show why a formula gives a place what it gives it."""
    form = ExplainForm.of(request.GET.dict())
    return answers.page(request, "funding/explain.html", form, bridge.explanation, charts=charts.explanation)


def path(request: HttpRequest) -> HttpResponse:
    """Show what places would get year by year, on the way to a formula."""
    form = PathForm.of(request.GET.dict())
    return answers.page(request, "funding/path.html", form, bridge.path, charts=charts.path)


def merger(request: HttpRequest) -> HttpResponse:
    """Show what councils would get from a formula together and apart."""
    form = MergerForm.of(request.GET.dict())
    return answers.page(request, "funding/merger.html", form, bridge.merger, charts=charts.merger)


@login_required
@require_POST
def ask_for_draws(request: Any) -> HttpResponse:
    """Ask for a sensitivity with many draws, as a job, and lead to its page."""
    form = FormulaForm(request.POST)
    try:
        asked = bridge.asked_again(form.cleaned_data) if form.is_valid() else None
    except FairgroundError as error:
        answers.put_beside(form, error)
        asked = None
    if asked is None:
        return render(request, "funding/sensitivity.html", {"form": form}, status=400)
    job = ask("sensitivity", by=request.user, choice=asked, draws=bridge.MANY_DRAWS)
    return redirect("jobs:one", pk=job.pk)


@login_required
@require_POST
def register(request: Any) -> HttpResponse:
    """Seal a formula before its result is computed, and keep both."""
    form = FormulaForm(request.POST)
    if not form.is_valid():
        return render(request, "funding/formula.html", {"form": form}, status=400)
    try:
        kept = actions.register_formula(by=request.user, **bridge.seal(form.cleaned_data))
    except FairgroundError as error:
        form.add_error(None, str(error))
        return render(request, "funding/formula.html", {"form": form}, status=400)
    return redirect("funding:registered", digest=kept.digest)


def registered(request: HttpRequest, digest: str) -> HttpResponse:
    """Show a sealed formula; with ?replay=1 run it again and say whether it gives the same pence."""
    kept = get_object_or_404(RegisteredFormula, digest=digest)
    answer, verdict = bridge.told(kept), ""
    if request.GET.get("format") in answers.FILES:
        part = request.GET.get("table", "")
        return answers.download(answer, request.GET["format"], name=digest[:12], part=part)
    if "replay" in request.GET:
        try:
            verdict = "same" if bridge.replayed(kept).value == answer.value else "different"
        except FairgroundError as error:
            verdict = str(error)
    facts = answers.shape(request, answer) | {"kept": kept, "verdict": verdict}
    return render(request, "funding/registered.html", facts)
