"""What was answered and done, of one jury and of all; and the letters to those who must answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fairground.errors import Impossible
from fairground.report.document_file import MIME, as_odt
from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import feeds, letters, news, promises, standing
from fairground.web.power.sittings.actions import answers as acts
from fairground.web.power.sittings.actions.once import RUN
from fairground.web.power.sittings.forms.recommendations import FollowForm, RespondForm, SentForm
from fairground.web.power.sittings.models import DeciderLetter, Recommendation
from fairground.web.power.sittings.tables import as_csv
from fairground.web.power.sittings.views.acting import ATOM, acted, found, page, text_file, to

A_PAGE = 50  # things
HEADS = (
    "jury", "place", "asked", "accepted", "accepted in part", "rejected", "unanswered", "late", "done",
    "partly done", "not done", "dropped", "nothing reported", "promise late",
)  # fmt: skip


def tracker(request: Any) -> HttpResponse:
    """Show what juries asked for and what became of it, of every place or of one."""
    place, today = request.GET.get("place", ""), timezone.localdate()
    every = standing.reported()
    chosen = [one for one in every if place in ("", one.jury.round.place_code)]
    rows = [(one, standing.tally(one, today)) for one in chosen]
    if request.GET.get("format") == "csv":
        lines = [
            [r.jury.round.title, place_name(r.jury.round.place_code), *vars(t).values()] for r, t in rows
        ]
        return text_file(as_csv(HEADS, lines), "text/csv; charset=utf-8", "what-juries-asked-for.csv")
    codes = sorted({one.jury.round.place_code for one in every}, key=place_name)
    total = sum((tally for _, tally in rows), standing.Tally())
    facts = {"rows": rows, "places": codes, "place": place, "total": total, "juries": len(rows)}
    return render(request, "sittings/tracker.html", facts)


def things(request: Any) -> HttpResponse:
    """Show every single thing that juries asked for: promised, done or late; of one place or of all."""
    place, how = request.GET.get("place", ""), request.GET.get("how", "")
    every = standing.reported()
    found = promises.promises(standing.reported(place), timezone.localdate())
    chosen = [one for one in found if how in ("", one.how) or (how == "all-late" and one.is_late)]
    if request.GET.get("format") == "csv":
        lines = [promises.row(one, settings.SITE_ADDRESS) for one in chosen]
        return text_file(
            as_csv(promises.HEADS, lines), "text/csv; charset=utf-8", "fairground-promises-to-juries.csv"
        )
    shown = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    counts = [(name, words, sum(one.how == name for one in found)) for name, words in promises.WORDS.items()]
    facts = {"shown": shown, "counts": counts, "place": place, "how": how, "many": len(found)}
    facts["places"] = sorted({one.jury.round.place_code for one in every}, key=place_name)
    return render(request, "sittings/things.html", facts)


def tracker_news(request: Any) -> HttpResponse:
    """Give what was reported, answered and done as an Atom feed, of every jury or of those of one place."""
    place = request.GET.get("place", "")
    lines = [line for one in standing.reported(place) for line in news.of_report(one)]
    link = reverse("sittings:tracker_news") + (f"?{urlencode({'place': place})}" if place else "")
    return text_file(feeds.atom(lines, name="What juries asked for, and what became of it", link=link), ATOM)


@login_required
def respond(request: Any, slug: str, number: int) -> HttpResponse:
    """Keep what the body that decides answered."""
    jury, row, stand = _stand(request, slug, number)
    form = RespondForm(request.POST or None, last=stand.response, initial={"given_by": jury.decider})
    return acted(
        request, jury, form, lambda got: acts.respond(row, by=request.user, **got),
        then=to("recommendation", slug, number), said="The answer is published.",
        title=f"The answer to recommendation {number}", button="Publish the answer",
        lead=f"{stand.facts['title']}\n{stand.facts['words']}",
    )  # fmt: skip


@login_required
def follow(request: Any, slug: str, number: int) -> HttpResponse:
    """Keep what was done about a recommendation."""
    jury, row, stand = _stand(request, slug, number)
    form = FollowForm(request.POST or None, entries=stand.counting, initial={"day": timezone.localdate()})
    return acted(
        request, jury, form, lambda got: acts.follow_up(row, by=request.user, **got),
        then=to("recommendation", slug, number), said="It is published.",
        title=f"What was done about recommendation {number}", button="Publish it",
        lead=f"{stand.facts['title']}\n{stand.facts['words']}",
    )  # fmt: skip


@login_required
def letter(request: Any, slug: str, about: str) -> HttpResponse:
    """Show a letter as it would be sent today; keep it as sent."""
    jury = found(request, slug, RUN)
    if about not in letters.ABOUT:
        raise Http404(about)
    try:
        subject, lines = letters.letter(jury, about)
    except Impossible as fault:
        raise Http404(about) from fault
    if request.GET.get("format") == "odt":
        return document(subject, lines, timezone.localdate())
    return acted(
        request, jury, SentForm(request.POST or None, initial={"sent_on": timezone.localdate()}),
        lambda got: acts.keep_letter(jury, about, by=request.user, **got),
        then=to("report", slug) + "#letters", said="The letter is kept as it was sent.",
        template="sittings/letter.html", subject=subject, lines=lines,
    )  # fmt: skip


def sent(request: Any, slug: str, pk: int) -> HttpResponse:
    """Show a letter word for word as it was sent."""
    jury = found(request, slug)
    kept = get_object_or_404(DeciderLetter, pk=pk, jury=jury)
    return page(request, "letter", jury, subject=kept.subject, lines=kept.words.split("\n\n"), letter=kept)


def document(subject: str, lines: list[str], day: Any) -> HttpResponse:
    """Return a letter as a document that any office program opens."""
    blocks = [("text", f"{day:%-d %B %Y}"), ("heading", subject), *(("text", line) for line in lines)]
    response = HttpResponse(as_odt(blocks, title=subject, written=day), content_type=MIME)
    response["Content-Disposition"] = 'attachment; filename="letter.odt"'
    return response


def _stand(request: Any, slug: str, number: int) -> tuple[Jury, Recommendation, standing.Stand]:
    jury = found(request, slug, RUN)
    made = standing.report_of(jury)
    listed = standing.stands(made, timezone.localdate()) if made else []
    stand = next((one for one in listed if one.facts["number"] == number), None)
    if stand is None:
        raise Http404(number)
    row = get_object_or_404(Recommendation, jury=jury, number=number)
    row.jury = jury
    return jury, row, stand
