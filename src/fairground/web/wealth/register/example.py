"""Made-up registers of three councils for the demo, read through the same door as any council's list.

The lists are those of `example_lists`; people's addresses end in example.org (RFC 2606).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction

from fairground.web.accounts.actions import appoint, enrol
from fairground.web.accounts.models import Role
from fairground.web.wealth.register import example_lists as lists
from fairground.web.wealth.register.actions import assets, contributions, imports, registers
from fairground.web.wealth.register.models import Asset, Contribution, ListImport, Register

OFFICER = "petra@example.org"
PLACES = {"hastings": "E07000062", "redcar": "E06000003", "stoke": "E06000021"}
SUMMARY = "A made-up list of land, buildings and things, to try the register with. None of it is real."
LISTED = {
    "nominated_on": "2026-01-12",
    "nominated_by": "Friends of the library (made up)",
    "decision": "listed",
    "decided_on": "2026-03-02",
    "listed_until": "2031-03-01",
}


def fixed(name: str) -> UUID:
    """Return the same identifier for a name in every demo, so that its page has the same address."""
    return uuid5(NAMESPACE_URL, f"fairground-register:{name}")


def asset_id(name: str, row: int) -> UUID:
    """Return the identifier of the asset that stands in a row of one of the demo's lists."""
    return uuid5(fixed(name), str(row))


def load() -> list[tuple[str, str]]:
    """Make the registers once; return the address that can sign in with what the person is."""
    if not Register.objects.filter(slug="hastings-property").exists():
        sent_by, settings.EMAIL_BACKEND = (
            settings.EMAIL_BACKEND,
            "django.core.mail.backends.dummy.EmailBackend",
        )
        try:
            with transaction.atomic():
                _registers()
        finally:
            settings.EMAIL_BACKEND = sent_by
    return [(OFFICER, "Property officer of the made-up registers of Hastings, Redcar and Stoke-on-Trent")]


def _registers() -> None:
    officer = enrol(OFFICER, by=None, name="Petra")
    for code in PLACES.values():
        appoint(officer, Role.OFFICER, place_code=code, by=None)
    appoint(
        enrol("ada@example.org", by=None, name="Ada"), Role.ADMINISTRATOR, place_code="E07000062", by=None
    )
    old = lists.made(lists.HASTINGS, 700, seed=1)
    town, where = lists.HASTINGS, "hastings"
    register = _register(officer, "Hastings property", town, where)
    _take_in(register, officer, "hastings-2025", "assets-april-2025.csv", lists.as_csv(town, old, 2025))
    new = [
        replace(one, use="Arts centre") if n % 97 == 3 else one for n, one in enumerate(old) if n % 50 != 9
    ]
    _take_in(register, officer, "hastings-2026", "assets-april-2026.csv", lists.as_csv(town, new, 2026))
    town, where = lists.REDCAR, "redcar"
    register = _register(officer, "Redcar and Cleveland property", town, where)
    content = lists.as_workbook(town, lists.made(town, 1100, seed=1))
    _take_in(register, officer, "redcar", "Property list 2026.xlsx", content)
    town, where = lists.STOKE, "stoke"
    register = _register(officer, "Stoke-on-Trent property", town, where)
    content = lists.as_geojson(town, lists.made(town, 1400, seed=1))
    _take_in(register, officer, "stoke", "assets.geojson", content)
    _people(officer)


def _register(officer: object, title: str, town: lists.Town, where: str) -> Register:
    made = registers.set_up(
        by=officer,
        title=title,
        body=town.council,
        place_code=PLACES[where],
        keeper="council",
        summary=SUMMARY,
        fictional=True,
    )
    registers.publish(made, by=officer)
    return made


def _take_in(register: Register, officer: object, key: str, name: str, content: bytes) -> ListImport:
    sent = imports.send(register, by=officer, name=name, size=len(content), content=[content], pk=fixed(key))
    done = imports.confirm(sent, by=officer, columns=sent.columns, whole=True, dated=None)
    assert done.stage == "done", done.problem
    return done


def _people(officer: object) -> None:
    """Let people add something to the first library of Hastings: shown, waiting, refused and appealed."""
    rosa, hannah = (enrol(f"{name}@example.org", by=None, name=name.title()) for name in ("rosa", "hannah"))
    library = Asset.objects.filter(
        register__slug="hastings-property", use="Library", hidden_at=None
    ).order_by("row")[0]
    assets.change(library, by=officer, reason="Decided by the council (made up)", values=LISTED)

    def send(by: object, kind: str, name: str, **words: Any) -> Contribution:
        register = library.register
        return contributions.send(register, asset=library, by=by, kind=kind, id=fixed(name), **words)

    told = send(
        rosa,
        "knowledge",
        "knowledge",
        words="The reading room has the only warm tables in winter. Forty people use it on a cold day.",
    )
    contributions.decide(
        told, by=officer, accepted=True, reason="It says what people do there and names nobody"
    )
    wrong = send(
        rosa,
        "correction",
        "correction",
        field="condition",
        value="The roof leaks",
        words="There are buckets on the stairs.",
    )
    contributions.decide(wrong, by=officer, accepted=False, reason="Send a photograph or a date, please")
    contributions.appeal(wrong, by=rosa, words="I can show you the buckets any day.")
    send(
        hannah,
        "knowledge",
        "waiting",
        words="The clock on the gable was paid for by fishermen.",
    )
