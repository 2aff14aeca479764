"""A table of volunteers that an officer has: read whole, every fault named, before anything is kept.

The file is not kept. What was read goes back to the officer's browser sealed with the key of the jury, and
comes in again when it is confirmed.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fairground.errors import BadInput, FairgroundError
from fairground.web.power.juries import bridge, sealing
from fairground.web.power.juries.models import Jury, Way, features_of
from fairground.web.power.juries.person_forms import WRITTEN, PersonForm, radios
from fairground.web.power.juries.table_bridge import People, people_of, rows_in_words
from fairground.web.power.juries.told import Told

MOST = 5_000
ABOUT = "table"


class FileForm(forms.Form):
    """The officer's table, and how its people volunteered."""

    file = forms.FileField(
        label="A table of volunteers (CSV, Excel or OpenDocument)",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx,.ods"}),
    )
    way = radios("How did they volunteer?", Way.choices)

    def __init__(self, *args: Any, jury: Jury, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = ", ".join(f"“{feature.name}”" for feature in features_of(jury))
        self.fields["file"].help_text = (
            f"It needs a column for a name{asked and f', and one for each answer ({asked})'}. "
            "Give id, email, phone, address and postcode as you have them"
        )


@dataclass(frozen=True)
class Preview:
    """A table that was read: its people, what was mended or left out, and how many gave each answer."""

    people: tuple[Told, ...]
    notes: tuple[str, ...]
    counts: tuple[tuple[str, str, int], ...]
    known: int


def preview(jury: Jury, content: bytes, name: str) -> Preview:
    """Read a table of volunteers and say what would be taken in.

    Raises
    ------
    BadInput : no answers to ask for yet, a column is missing, or rows that cannot be used, all of them named.
    """
    ring = sealing.Ring(jury)
    rows, notes = people_of(jury, content, name, wrong=partial(_wrong, ring))
    if len(rows) > MOST:
        raise BadInput("The table has too many people", "file", len(rows), f"up to {MOST}")
    before = set(jury.volunteers.exclude(same_hash="").values_list("same_hash", flat=True))
    anew = [told for _, told in rows if _same(ring, told) not in before]
    counts = Counter((feature, value) for told in anew for feature, value in told.values.items())
    listed = tuple(
        (feature, value, counts[feature, value]) for feature, value, _, _ in bridge.targets_of(jury)
    )
    return Preview(tuple(anew), tuple(notes), listed, len(rows) - len(anew))


def _wrong(ring: sealing.Ring, rows: People) -> list[str]:
    """Name the rows without a name or a way to reach the person, and people who stand there twice."""
    faults: dict[str, list[int]] = {}
    same: dict[str, list[int]] = {}
    for number, told in rows:
        for words in _faults(told):
            faults.setdefault(words, []).append(number)
        if told.name.strip():
            same.setdefault(_same(ring, told), []).append(number)
    twice = [rows_in_words(those) for those in same.values() if len(those) > 1]
    return [f"{rows_in_words(those)}: {words}" for words, those in faults.items()] + [
        f"{those} are one person: the same name and address" for those in twice
    ]


def _faults(told: Told) -> list[str]:
    found = [] if told.name.strip() else ["there is no name"]
    if not (told.email or told.phone or told.address):
        found.append("there is no email, no phone and no address")
    for name in WRITTEN:
        field, typed = PersonForm.base_fields[name], str(getattr(told, name))
        most = getattr(field, "max_length", None)
        if most and len(typed) > most:
            found.append(f"{name} has {len(typed)} letters; allowed are up to {most}")
    try:
        forms.EmailField(required=False).clean(told.email)
    except ValidationError:
        found.append(f"email: “{told.email}” is not a whole address")
    return found


def _same(ring: sealing.Ring, told: Told) -> str:
    return ring.digest(bridge.same_person(told.name, told.address, told.postcode, told.email))


def packed(jury: Jury, people: tuple[Told, ...], *, way: str, key: str) -> str:
    """Return what was read, sealed, for the officer's browser to send back."""
    plain = json.dumps([asdict(told) for told in people], ensure_ascii=False).encode()
    small = b64encode(zlib.compress(plain)).decode("ascii")
    return sealing.seal(jury, {"people": small, "way": way, "key": key}, ABOUT)


def unpacked(jury: Jury, sealed: str) -> dict[str, Any]:
    """Return what was packed: people, way and key.

    Raises
    ------
    BadInput : it is not what this site sealed for this jury.
    """
    try:
        facts = sealing.unseal(jury, sealed, ABOUT)
    except (FairgroundError, ValueError) as fault:
        raise BadInput("This is not the table that you looked at. Choose the file again", "file") from fault
    people = json.loads(zlib.decompress(b64decode(facts["people"])))
    return {"people": [Told(**told) for told in people], "way": facts["way"], "key": facts["key"]}
