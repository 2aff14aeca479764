"""A small made-up campaign for the demo: eight councils, some of which answered, one refused, some are late.

The councils are real, what they say here is made up, and every page of it says so.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from fairground.web.accounts.models import User
from fairground.web.wealth.requests import actions, bridge
from fairground.web.wealth.requests.models import Campaign, CouncilRequest

SLUG = "made-up-what-was-sold"
STOKE, OFFICER = "E06000021", "omar@example.org"
COUNCILS = ("Stoke-on-Trent", "Stafford", "Newcastle-under-Lyme", "Cannock Chase", "Lichfield", "Tamworth",
            "East Staffordshire", "Staffordshire Moorlands")  # fmt: skip
HEAD = "Asset,Type,Address,Postcode,Date of sale,How,Price,Buyer\n"
LISTS = {
    "Stoke-on-Trent": (
        "Made-up Baths,leisure,1 Example Street,ZZ1 1AA,12/05/2013,auction,240000,Example Homes Ltd\n"
        "Made-up Depot,depot,2 Example Street,ZZ1 1AB,03/02/2016,open sale,410000,Example Logistics plc\n"
        "Made-up Library,library,3 Example St,ZZ1 1AD,20/09/2018,asset transfer,1,Example Hub CIC\n"
        "Made-up Lodge,house,4 Example Street,ZZ1 1AE,14/11/2020,auction,155000,J Example\n"
    ),
    "Stafford": "Made-up Yard,land,5 Example Lane,,2014/15,open sale,60000,\n"
    "Made-up Garage,garage,6 Example Lane,,2017/18,auction,9000,\n",
    "Lichfield": "Made-up Hall,hall,7 Example Way,ZZ2 1AA,01/06/2012,one buyer,withheld,Example Trust\n",
}


def load() -> None:
    """Make the campaign once; it needs the people of the accounts example."""
    if Campaign.objects.filter(slug=SLUG).exists():
        return
    omar = User.objects.get(email=OFFICER)
    sent = timezone.localdate() - timedelta(days=40)
    campaign = _begin(omar, sent)
    for name, rows in LISTS.items():
        read = bridge.read(campaign, (HEAD + rows).encode(), "made-up.csv")
        actions.add_list(_of(campaign, name), by=omar, received_on=sent + timedelta(days=20), **read)
    for name, facts in (
        ("Tamworth", {"outcome": "refused", "ended_on": sent + timedelta(days=18), "said_number": None}),
        ("Cannock Chase", {"outcome": "partial", "ended_on": sent + timedelta(days=25), "said_number": 11}),
        ("East Staffordshire", {"outcome": "", "ended_on": None, "said_number": None}),
    ):
        actions.note(_of(campaign, name), by=omar, acknowledged_on=sent + timedelta(days=2), **facts)


def _begin(by: User, sent: date) -> Campaign:
    found = bridge.councils("\n".join(COUNCILS), sent=sent, first="2010/11", last="2024/25")
    return actions.begin(
        by=by, councils=found, slug=SLUG, title="Made-up example: what was sold around Stoke-on-Trent",
        place_code=STOKE, first_year="2010/11", last_year="2024/25", sent_on=sent, fictional=True,
    )  # fmt: skip


def _of(campaign: Campaign, name: str) -> CouncilRequest:
    found: CouncilRequest = campaign.requests.get(name__startswith=f"{name} ", name__endswith=" Council")
    return found
