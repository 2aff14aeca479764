"""The roll: taken in from a council's file, given codes for letters, and asked whether somebody may vote.

Only a hash of each code is kept, under the secret of the paper. What comes out is a pseudonym: nothing is
written on the roll when somebody votes.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import secrets
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.ballots import bridge
from fairground.web.ballots.actions import NotEligible, Voter
from fairground.web.ballots.models import Batch, Paper, RollEntry, Slip, Typing
from fairground.web.participation.permissions import may

COLUMNS = ("number", "name", "address", "postcode", "district", "born")
MOST_BYTES = 30_000_000
MOST_LINES = 500_000


@transaction.atomic
def import_roll(*, paper: Paper, text: str, by: Any, file: str = "roll.csv") -> int:
    """Add the lines of a council's CSV file to the roll and return how many; one fault refuses the file.

    The date of birth is used once, to see who is old enough on the last day, and not kept.
    """
    if not may(by, "round.manage", paper.round):
        raise PermissionDenied
    if paper.closed_at:
        raise BadInput("The vote is closed: nobody can be added to the roll")
    entries = list(_entries(paper, text, file))
    known = set(RollEntry.objects.filter(paper=paper).values_list("number", flat=True))
    for row, entry in enumerate(entries, bridge.heading_row(text) + 1):
        if entry.number in known:
            raise BadInput("A voter's number can be on the roll once", "number", entry.number, "", row, file)
        known.add(entry.number)
    RollEntry.objects.bulk_create(entries, batch_size=500)
    record("vote.roll.import", by=by, subject=str(paper.round_id), lines=len(entries))
    return len(entries)


def _entries(paper: Paper, text: str, file: str) -> Iterator[RollEntry]:
    if len(text) > MOST_BYTES:
        raise BadInput("The file is too large", "", f"{len(text)} letters", f"up to {MOST_BYTES}", None, file)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff\n"), newline=""), strict=True)
    specification = bridge.specification_of(paper)
    districts = {name for pot in specification.pots for name in pot.districts}
    try:
        names, top = tuple(reader.fieldnames or ()), bridge.heading_row(text)
        if "number" not in names or not set(names) <= set(COLUMNS):
            raise BadInput(
                "The first row must name the columns", "", ",".join(names), ", ".join(COLUMNS), top, file
            )
        for row, line in enumerate(reader, top + 1):
            if row > MOST_LINES:
                raise BadInput("The file has too many rows", "", row, f"up to {MOST_LINES}", row, file)
            yield _entry(paper, line, districts, specification.eligibility.least_age, row, file)
    except csv.Error as fault:
        raise BadInput(f"The file is not sound CSV ({fault})", row=reader.line_num, file=file) from fault


def _entry(
    paper: Paper, line: dict[Any, Any], districts: set[str], age: int, row: int, file: str
) -> RollEntry:
    given = {name: (line.get(name) or "").strip() for name in COLUMNS}
    if line.get(None) or not given["number"]:
        raise BadInput("A row needs a number and no more values than columns", "number", "", "", row, file)
    for name in ("number", "name", "address", "postcode", "district"):
        most: int = getattr(RollEntry._meta.get_field(name), "max_length", 0)
        if len(given[name]) > most:
            raise BadInput("This is too long", name, given[name][:60], f"up to {most} letters", row, file)
    if given["district"] and districts and given["district"] not in districts:
        raise BadInput(
            "No pot is for this district",
            "district",
            given["district"],
            ", ".join(sorted(districts)) + ", or nothing (only the pots of everybody)",
            row,
            file,
        )
    old_enough = not age or _age_on(given["born"], paper.closes_at, row, file) >= age
    given.pop("born")
    given["postcode"] = given["postcode"].replace(" ", "").upper()
    return RollEntry(paper=paper, old_enough=old_enough, **given)


def _age_on(born: str, day: datetime, row: int, file: str) -> int:
    try:
        birth = date.fromisoformat(born)
    except ValueError:
        raise BadInput(
            "This vote has a least age, so each voter needs a date of birth",
            "born",
            born,
            "2001-12-31",
            row,
            file,
        ) from None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@transaction.atomic
def make_codes(*, paper: Paper, by: Any) -> list[tuple[RollEntry, str]]:
    """Give a code to each voter who has none and return them once, for printing; they are not kept."""
    if not may(by, "round.manage", paper.round):
        raise PermissionDenied
    made = []
    for entry in RollEntry.objects.select_for_update().filter(paper=paper, code_hash="").order_by("number"):
        code = bridge.write_code(secrets.token_bytes(16))
        entry.code_hash = code_hash(paper, code)
        made.append((entry, code))
    RollEntry.objects.bulk_update([entry for entry, _ in made], ["code_hash"], batch_size=500)
    record("vote.codes.make", by=by, subject=str(paper.round_id), codes=len(made))
    return made


@transaction.atomic
def renew_code(*, paper: Paper, number: str, by: Any) -> tuple[RollEntry, str]:
    """Give a voter whose letter got lost a new code and return it once; the lost one is nobody's from now on.

    The voter still has one ballot: what was cast with the lost letter can be changed with the new one. The
    audit event says that a letter was renewed, not whose.

    Raises
    ------
    BadInput : the vote is closed, nobody has the number, or the lost letter was typed in a batch already.
    """
    if not may(by, "round.manage", paper.round):
        raise PermissionDenied
    if paper.closed_at:
        raise BadInput("The vote is closed: a new letter is of no use")
    list(Batch.objects.select_for_update().filter(paper=paper))  # nobody types a ballot meanwhile
    entry = RollEntry.objects.select_for_update().filter(paper=paper, number=number.strip()).first()
    if entry is None:
        raise BadInput("Nobody on the roll has this number", "number", number)
    if entry.code_hash and Typing.objects.filter(paper=paper, code_hash=entry.code_hash).exists():
        raise BadInput("The letter came back on paper and is typed already", "number", number)
    code = bridge.write_code(secrets.token_bytes(16))
    entry.code_hash = code_hash(paper, code)
    entry.save(update_fields=["code_hash"])
    record("vote.code.renew", by=by, subject=str(paper.round_id))
    return entry, code


def code_hash(paper: Paper, code: str) -> str:
    """Return the form in which a code is kept: it cannot be found without the secret of the paper."""
    return hmac.new(_secret(paper), b"code|" + code.encode(), hashlib.sha256).hexdigest()


def _secret(paper: Paper) -> bytes:
    secret = getattr(paper, "secret", None)
    if secret is None:
        raise NotEligible("The vote is over, and what leads from voters to ballots is destroyed")
    return bytes.fromhex(secret.pseudonym_key)


def voter_by_code(paper: Paper, text: str) -> Voter:
    """Return the voter whose letter or printed ballot has this code.

    Raises
    ------
    BadInput : it is no code, or nobody's.
    NotEligible : the voter is too young.
    """
    return voter_by_hash(paper, code_hash(paper, bridge.read_code(text)))


def voter_by_hash(paper: Paper, hashed: str) -> Voter:
    """Return the voter whose code has this hash: for paper ballots that are typed and not yet cast."""
    entry = RollEntry.objects.filter(paper=paper, code_hash=hashed).first()
    if entry:
        return _on_roll(paper, entry, "letter")
    slip = Slip.objects.filter(paper=paper, code_hash=hashed).first()
    if slip:
        return _on_slip(paper, slip)
    raise BadInput("Nobody in this vote has that code", "code")


def has_roll(paper: Paper) -> bool:
    """Return whether voters of this paper are on a roll, so that a ballot is handed to a line of it."""
    return bool({"letter", "roll"} & set(bridge.specification_of(paper).eligibility.ways))


def _on_slip(paper: Paper, slip: Slip) -> Voter:
    """Return the voter of a printed ballot: the line of the roll it was handed to, where there is a roll.

    Otherwise somebody on the roll could vote by letter and once more by a ballot from the table.
    """
    if not has_roll(paper):
        return _voter(paper, f"slip:{slip.serial}", "booth", slip.district)
    if not slip.number:
        raise BadInput(f"Ballot {slip.serial} was handed out to nobody. Write down first whose it is", "code")
    return _on_roll(paper, RollEntry.objects.get(paper=paper, number=slip.number), "booth")


def voter_by_number(paper: Paper, number: str, postcode: str) -> Voter:
    """Return the voter with this number and postcode on the roll."""
    plain = postcode.replace(" ", "").upper()
    entry = RollEntry.objects.filter(paper=paper, number=number.strip()).first()
    if entry is None or not entry.postcode or not hmac.compare_digest(entry.postcode, plain):
        raise BadInput("No line of the roll has this number and postcode together", "number")
    return _on_roll(paper, entry, "roll")


def voter_by_account(paper: Paper, user: Any, postcode: str | None = None) -> Voter:
    """Return the voter who is signed in; with a postcode, if the paper's list has it."""
    district, tier = "", "account"
    if postcode is not None:
        found = bridge.specification_of(paper).eligibility.district_of(postcode)
        if found is None:
            raise NotEligible("This vote is not for that postcode", "postcode", postcode[:10])
        district, tier = found, "postcode"
    return _voter(paper, f"account:{user.pk}", tier, district)


def voter_by_browser(paper: Paper, token: str) -> Voter:
    """Return a voter whom nobody knows, by a token in the browser: it holds back accidents, not ill will."""
    return _voter(paper, f"open:{token}", "open", "")


def _on_roll(paper: Paper, entry: RollEntry, tier: str) -> Voter:
    if not entry.old_enough:
        age = bridge.specification_of(paper).eligibility.least_age
        raise NotEligible(f"You must be at least {age} on the last day of this vote")
    return _voter(paper, f"roll:{entry.number}", tier, entry.district)


def _voter(paper: Paper, roll_key: str, tier: str, district: str) -> Voter:
    return Voter(bridge.pseudonym(roll_key, secret=_secret(paper)), tier, district)
