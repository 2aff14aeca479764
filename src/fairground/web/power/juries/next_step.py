"""What an officer of a jury does next, from what is kept: one thing, with the page where it is done.

Apps that do more with a jury (its draw) add what comes after to `MORE` when they are ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.actions.people import officers
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import may

OFFICERS = 2  # a draw takes two who write down the same


@dataclass(frozen=True)
class Next:
    """One thing to do: why, what the button says, the address of its page, and who may.

    `deed` is one of permissions.py.

    `sends` says that the button does it at once; without it, it leads to a page.
    """

    words: str
    button: str
    address: str
    deed: str
    sends: bool = False


MORE: list[Callable[[Jury], Next | None]] = []


def next_of(user: Any, jury: Jury) -> Next | None:
    """Return what comes next with a jury; None where nothing waits, or it is not for this person to do."""
    if jury.erased_at:
        return None
    found = next((one for part in (_set_up, _gather, *MORE) if (one := part(jury)) is not None), None)
    return found if found and may(user, found.deed, jury) else None


def address_of(user: Any, jury: Jury) -> str:
    """Return where somebody goes on; the officers' page where nothing waits, or a button there is next."""
    found = next_of(user, jury)
    return found.address if found and not found.sends else _at(jury, "office")


def _set_up(jury: Jury) -> Next | None:
    if not jury.features.exists():
        words = "Say whom the jury must hold: how many of each age, for example."
        return Next(words, "Say whom it must hold", _at(jury, "targets_table"), "jury.manage")
    if len(officers(jury)) < OFFICERS:
        words = "Two officers make the draw together. Add a colleague."
        return Next(words, "Add a second officer", _at(jury, "people"), "jury.people")
    return None


def _gather(jury: Jury) -> Next | None:
    now = timezone.now()
    if now >= jury.registration_closes:
        if jury.volunteers.exclude(sealed="").exists():
            return None
        words = "Registration has closed, and nobody is in the pool."
        return Next(words, "Take in a table of volunteers", _at(jury, "tables"), "pool.open")
    if jury.round.published_at is None:
        words = "Look at everything once more. Then show the jury to everyone."
        return Next(words, "Publish the jury", _at(jury, "publish"), "jury.manage", sends=True)
    if jury.letter_needed and not jury.letters.exists():
        words = "Nobody can volunteer before letters are made: each has a code."
        return Next(words, "Plan and make the letters", _at(jury, "letters"), "letters.send")
    return None


def _at(jury: Jury, name: str) -> str:
    return reverse(f"juries:{name}", args=[jury.round.slug])
