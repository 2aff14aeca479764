"""Planning the letters of a jury, and making them: codes are shown once, on the page that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries import bridge, sealing
from fairground.web.power.juries.first_stage import Part, as_kept
from fairground.web.power.juries.letters import MOST, check_words
from fairground.web.power.juries.models import Jury, Letter, Recruitment
from fairground.web.power.juries.permissions import need


@dataclass(frozen=True)
class Addressed:
    """An address that gets a letter; `letter` is the number of its first letter where this is a second."""

    address: str
    area: str = ""
    letter: int | None = None


def plan_of(jury: Jury) -> Recruitment:
    """Return how people are invited, as it is kept or as it would begin."""
    return Recruitment.objects.filter(jury=jury).first() or Recruitment(jury=jury)


@transaction.atomic
def set_plan(jury: Jury, *, by: Any, **facts: Any) -> Recruitment:
    """Keep how many letters go out, how many are answered, and what they say.

    Raises
    ------
    BadInput : words with a gap that nothing fills.
    """
    need(by, "letters.send", jury)
    check_words(facts.get("words", ""))
    plan, _ = Recruitment.objects.update_or_create(jury=jury, defaults=facts)
    record("jury.letters.plan", by=by, subject=str(jury.pk), letters=plan.letters)
    return plan


@transaction.atomic
def set_parts(jury: Jury, *, by: Any, letters: int, parts: list[Part], way_to_share: str) -> Recruitment:
    """Keep to which parts of the place letters go, and how they are shared out.

    Raises
    ------
    BadInput : more letters than addresses.
    """
    need(by, "letters.send", jury)
    room = sum(one.addresses for one in parts)
    if not 1 <= letters <= room:
        raise BadInput("There cannot be so many letters", "letters", letters, f"1 to {room:,} addresses")
    facts = {"letters": letters, "parts": as_kept(parts), "way_to_share": way_to_share}
    plan, _ = Recruitment.objects.update_or_create(jury=jury, defaults=facts)
    record("jury.letters.parts", by=by, subject=str(jury.pk), letters=letters, parts=len(parts))
    return plan


@transaction.atomic
def make_letters(jury: Jury, to: Sequence[Addressed], *, by: Any) -> list[tuple[Letter, str]]:
    """Make a letter for each address and return each with its code, once; a second letter voids the first.

    Raises
    ------
    BadInput : nobody to write to, too many, or a second letter to an address that had no first.
    Impossible : nothing says yet what volunteers are asked, or the pool is erased.
    """
    need(by, "letters.send", jury)
    jury = Jury.objects.select_for_update(of=("self",)).get(pk=jury.pk)
    if jury.erased_at or not jury.features.exists():
        raise Impossible("Say first what volunteers are asked. An erased jury sends no letters.")
    if not 0 < len(to) <= MOST:
        raise BadInput("So many letters cannot be made at once", "letters", len(to), f"1 to {MOST:,}")
    last = jury.letters.order_by("-number").values_list("number", flat=True).first() or 0
    known = {letter.number: letter for letter in jury.letters.all()}
    made, seen = [], set[int]()
    for row, one in enumerate(to, 2):
        if one.letter is not None and (one.letter not in known or one.letter in seen):
            raise BadInput(
                "No letter has this number, or it stands here twice", "letter", one.letter, "", row
            )
        seen.add(one.letter or 0)
        number = one.letter or (last := last + 1)
        made.append(
            (known.get(number) or Letter(jury=jury, number=number, times=0, area=one.area), bridge.new_code())
        )
    for letter, code in made:
        letter.code_hash = sealing.digest(jury, bridge.read_code(code))
        letter.times, letter.made_at = letter.times + 1, timezone.now()
    Letter.objects.bulk_create([one for one, _ in made if one.pk is None], batch_size=500)
    Letter.objects.bulk_update(
        [one for one, _ in made if one.number in known], ["code_hash", "times", "made_at"], batch_size=500
    )
    record("jury.letters.make", by=by, subject=str(jury.pk), letters=len(made), second=len(seen - {0}))
    return made
