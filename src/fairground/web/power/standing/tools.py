"""What a jury's own pages say of the standing jury that it belongs to."""

from __future__ import annotations

from django.urls import reverse

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.stages import NOW, PAST, Stage
from fairground.web.power.juries.tools import SET_UP, Tool
from fairground.web.power.standing.models import Rotation


def stages_of(jury: Jury) -> list[Stage]:
    """Return the stage of a rotation: when its people began, with the page of the standing jury."""
    found = Rotation.objects.filter(jury=jury).select_related("standing").first()
    if found is None:
        return []
    words = f"This is rotation {found.number} of the {found.standing.title}."
    address = reverse("standing:one", args=[found.standing.slug])
    return [Stage("A jury that stays", words, PAST if found.began_on else NOW, found.began_on, address)]


def tools_of(jury: Jury) -> list[Tool]:
    """Return the officers' way to the standing jury, or to making one."""
    found = Rotation.objects.filter(jury=jury).select_related("standing").first()
    if found is None:
        address = reverse("standing:new", args=[jury.round.slug])
        return [Tool(SET_UP, "Let this jury stay while its people change", address, "draw.run")]
    address = reverse("standing:one", args=[found.standing.slug])
    return [Tool(SET_UP, "The standing jury", address, "draw.run", f"this is rotation {found.number}")]
