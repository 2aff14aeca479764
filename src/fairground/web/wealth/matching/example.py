"""A made-up list by people of Hastings for the demo, and its merge with the council's made-up register.

The people's list is the council's own in everyday words: other names, slips of the finger, fewer postcodes,
places somewhat out, a few things that the council does not list, and a room of something that it does.
People's addresses end in example.org.
"""

from __future__ import annotations

import csv
import io
import random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from fairground.web.accounts.models import User
from fairground.web.wealth.matching.actions import answer, start
from fairground.web.wealth.matching.models import Merge
from fairground.web.wealth.register.actions import imports, registers
from fairground.web.wealth.register.example import OFFICER, PLACES, fixed
from fairground.web.wealth.register.models import Asset, Register

SIZE, SEED = 60, 5
SUMMARY = "A made-up list by people of the place, to try putting two lists side by side. None of it is real."
EVERYDAY = (
    ("Recreation Ground", "rec"), ("Community Centre", "comm centre"), ("Public Conveniences", "toilets"),
    ("Library", "the old library"), ("Car Park", "parking"), ("Play Area", "swings"), ("Road", "Rd"),
    ("Street", "St"),
)  # fmt: skip
OWN = ("Friendship bench", "The seagull mural", "Fishermen's shed", "Quay chapel", "Cliff steps shelter")


def merge_id() -> UUID:
    """Return the identifier of the merge, the same in every demo."""
    return uuid5(NAMESPACE_URL, "fairground-matching:hastings")


def load() -> None:
    """Make the people's list and the merge once, with one answer."""
    if Merge.objects.filter(pk=merge_id()).exists():
        return
    officer = User.objects.get(email=OFFICER)
    council = Register.objects.get(slug="hastings-property")
    with transaction.atomic():
        people = _people(officer, council)
        merge = start(council, people, by=officer, id=merge_id())
        surest = merge.pairs.order_by("-probability", "first__council_id")[0]
        answer(surest, "yes", by=officer)


def _people(officer: User, council: Register) -> Register:
    title = "People’s list of Hastings"
    made = registers.set_up(
        by=officer, title=title, body="Friends of Hastings (made up)", place_code=PLACES["hastings"],
        keeper="community", summary=SUMMARY, fictional=True,
    )  # fmt: skip
    registers.publish(made, by=officer)
    content = _list(council).encode()
    sent = imports.send(
        made, by=officer, name="our-list.csv", size=len(content), content=[content], pk=fixed("people")
    )
    imports.confirm(sent, by=officer, columns=sent.columns, whole=True, dated=None)
    return made


def _list(council: Register) -> str:
    dice = random.Random(SEED)
    assets = list(council.assets.filter(hidden_at=None, state="held").order_by("council_id"))
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(["name", "address", "postcode", "latitude", "longitude"])
    chosen = dice.sample(assets, SIZE - len(OWN) - 1)
    out.writerows([_said(asset, dice) for asset in chosen])
    hall = next(one for one in assets if one not in chosen and one.use == "Community centre")
    out.writerow([f"Room 2 at {hall.name}", hall.where, hall.postcode, "", ""])
    out.writerows([[name, "Hastings", "", "", ""] for name in OWN])
    return text.getvalue()


def _said(asset: Asset, dice: random.Random) -> list[str]:
    """Return an asset as somebody would write it down."""
    name, address = asset.name, asset.address or ", ".join(filter(None, (asset.street, asset.town)))
    for formal, everyday in EVERYDAY:
        if dice.random() < 0.6:
            name, address = name.replace(formal, everyday), address.replace(formal, everyday)
    if dice.random() < 0.2 and len(name) > 6:
        at = dice.randrange(2, len(name) - 2)
        name = name[:at] + name[at + 1 :]
    postcode = asset.postcode if dice.random() < 0.5 else ""
    if asset.latitude is None or asset.longitude is None or dice.random() < 0.4:
        return [name, address, postcode, "", ""]
    spot = asset.latitude + dice.gauss(0, 0.001), asset.longitude + dice.gauss(0, 0.0015)
    return [name, address, postcode, f"{spot[0]:.5f}", f"{spot[1]:.5f}"]
