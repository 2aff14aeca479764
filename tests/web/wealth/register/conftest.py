"""A register in Redcar: Alice administers it, Bob takes lists in, Mo moderates, Rita lives there."""

import io
from types import SimpleNamespace

import pytest

from fairground.web.wealth.register.actions import contributions, imports, registers
from fairground.web.wealth.register.models import ListImport

REDCAR = "E06000003"
FIRST = (
    "Asset ID,UPRN,Asset Name,Address,Postcode,Easting,Northing,Tenure,Asset Type,Value,Valuation Date\n"
    'A1,100000000101,Old Library,"High Street, Redcar",TS10 1AA,460000,525000,Freehold,Library,"£250,000",'
    "31/03/2025\n"
    "A2,100000000102,Mill Lane Allotments,Mill Lane,TS10 2BB,460250,525100,Freehold,Allotments,,\n"
    "A3,100000000103,Town Hall,Station Road,TS10 3CC,460500,525200,Leasehold,Offices,,\n"
)
SECOND = (
    "Asset ID,UPRN,Asset Name,Address,Postcode,Easting,Northing,Tenure,Asset Type,Value,Valuation Date\n"
    'A1,100000000101,Old Library,"High Street, Redcar",TS10 1AA,460000,525000,Freehold,Art school,"£300,000",'
    "31/03/2026\n"
    "A2,100000000102,Mill Lane Allotments,Mill Lane,TS10 2BB,460250,525100,Freehold,Allotments,,\n"
    "A4,100000000104,Beach Hut Row,Esplanade,TS10 4DD,461000,525300,Freehold,Beach huts,,\n"
)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "files", tmp_path
    return tmp_path


@pytest.fixture
def town(make_user):
    """Return the register, published and empty, with its people."""
    bob = make_user("bob", "officer", REDCAR)
    made = registers.set_up(
        by=bob, title="Redcar property", body="Redcar Council", place_code=REDCAR, keeper="council"
    )
    registers.publish(made, by=bob)
    people = {
        "bob": bob,
        "mo": make_user("mo", "moderator", REDCAR),
        "mia": make_user("mia", "moderator", REDCAR),
        "rita": make_user("rita"),
        "charlie": make_user("charlie", "administrator", "E06000002"),
    }
    return SimpleNamespace(register=made, **people)


@pytest.fixture
def take_in(town):
    """Return a function that takes a list in, as Bob does, and returns the import."""

    def do(text=FIRST, *, name="assets.csv", whole=True, columns=None) -> ListImport:
        content = text.encode() if isinstance(text, str) else text
        sent = imports.send(
            town.register, by=town.bob, name=name, size=len(content), content=io.BytesIO(content)
        )
        told = sent.columns if columns is None else columns
        return imports.confirm(sent, by=town.bob, columns=told, whole=whole, dated=None)

    return do


def kept_register(officer, resident):
    """Return a published register of Stoke-on-Trent with a list, one that waits, and a thing sent."""
    made = registers.set_up(
        by=officer, title="Attacked", body="Council", place_code="E06000021", keeper="council"
    )
    registers.publish(made, by=officer)
    for text in (FIRST, SECOND):
        content = text.encode()
        sent = imports.send(made, by=officer, name="a.csv", size=len(content), content=[content])
        if text == FIRST:
            imports.confirm(sent, by=officer, columns=sent.columns, whole=True, dated=None)
    asset = made.assets.first()
    words = {"kind": "knowledge", "asset": asset, "words": "We know"}
    return made, asset, sent, contributions.send(made, by=resident, **words)
