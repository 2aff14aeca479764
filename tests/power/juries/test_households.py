"""Addresses as people in Britain write them: which are one home, which are not, and which must be asked.

The spellings are made up after the shapes of real ones (tenements, basements, halls, c/o lines); nobody lives
there. Each row says what a postman would.
"""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.power.juries import address_of, homes

REDCAR = "TS10 1AA"
# Each line: ways to write one home, all with one postcode. No two lines are one home, though many look alike.
ONE_HOME = [
    ["14 High Street", "14, High St.", "14 HIGH STREET, Redcar", "No. 14 High St, Redcar, Cleveland", "14",
     "14 High St, Redcar, North Yorkshire, England", "c/o Mrs A Smith, 14 High St", "Number 14, High Street"],
    ["14a High Street", "14 A High St", "14A, High Street, Redcar"],
    ["14b High Street", "14 B High St."],
    ["Flat 2, 14 High Street", "14 High Street, Flat 2", "Apartment 2, 14 High St", "Apt. 2 14 High St",
     "Flat no. 2, 14 High Street", "Unit 2, 14 High Street", "14/2 High Street", "FLAT 2 14 HIGH STREET"],
    ["Flat 2a, 14 High Street", "14 High St Flat 2A", "apt 2a, 14 High Street"],
    ["Flat 3, 14 High Street", "Studio 3, 14 High St", "Flat 3, 2nd floor, 14 High Street"],
    ["Flat 12, 40 Mill Lane", "40/12 Mill Ln"],
    ["Flat 2/1, 41 Mill Lane", "2/1, 41 Mill Ln", "Flat 2/1 41 Mill Lane"],
    ["2F1, 42 Mill Lane", "2f1 42 Mill Ln", "42 (2F1) Mill Lane"],
    ["2F2, 42 Mill Lane", "42 Mill Lane (2F2)"],
    ["Basement Flat, 43 Mill Lane", "Basement, 43 Mill Ln", "43 Mill Lane, basement flat"],
    ["Ground Floor Flat, 43 Mill Lane", "GFF, 43 Mill Ln", "43 Mill Lane (ground floor)"],
    ["First Floor Flat, 43 Mill Lane", "1st floor flat 43 Mill Ln", "FFF 43 Mill Lane"],
    ["Top Floor Flat, 43 Mill Lane", "TFF, 43 Mill Ln", "Top Flat, 43 Mill Lane"],
    ["Flat C, 44 Mill Lane", "44 Mill Lane, Flat C", "Flat c 44 Mill Ln"],
    ["44-46 Dock Road", "44 - 46 Dock Rd", "44–46 Dock Road, Redcar"],
    ["45 Dock Road", "45, Dock Rd"],
    ["Rose Cottage, Station Road", "Rose Cottage", "Rose Cott., Station Rd, Redcar"],
    ["Ivy Cottage, Station Road", "Ivy Cottage, Station Rd"],
    ["The Old Barn, Station Road", "Old Barn, Station Rd"],
    ["Flat 7, Quay House, 12 Dock Road", "Quay House Flat 7, 12 Dock Rd", "Apt 7 Quay House 12 Dock Rd"],
    ["Flat 8, Quay House, 12 Dock Road", "Apartment 8, Quay Hse, 12 Dock Rd"],
    ["Room 3, Coatham Hall", "Rm 3, Coatham Hall"],
    ["Room 4, Coatham Hall"],
    ["1 St John's Road", "1 Saint Johns Rd", "1 St. John’s Road"],
    ["3 Upper Street", "3, Upper St"],
    ["4 First Avenue", "4 1st Ave"],
    ["5 The Green", "5 Green", "5 The Grn"],
    ["6 Church Gdns", "6 Church Gardens"],
    ["Pitch 9, Bay Caravan Park", "Pitch 9 Bay Caravan Pk"],
    ["Lower Ground Floor Flat, 47 Mill Lane", "LGF, 47 Mill Ln"],
    ["First Floor Left, 48 Mill Lane", "1st Floor Left, 48 Mill Ln"],
    ["First Floor Right, 48 Mill Lane"],
    ["St Mary's Care Home, Church Lane", "St. Marys Care Home, Church Ln"],
]  # fmt: skip
ASKED = [
    ("Flat 2, 14 High Street", "14 High Street"),
    ("14a High Street", "Flat A, 14 High Street"),
    ("14 High Street", "14 Hihg Street"),
    ("1 Mill Lane", "1 Mill Court"),
    ("14 Rose House, High Street", "14 High Street"),
    ("First Floor Flat, 14 High Street", "Flat 2, 14 High Street"),
    ("First Floor Flat, 14 High Street", "Upper Flat, 14 High Street"),
    ("Ground Floor Flat, 14 High Street", "Lower Flat, 14 High Street"),
    ("2F1, 42 Mill Lane", "Flat 2/1, 42 Mill Lane"),
    ("2/14 High Street", "14/2 High Street"),
    ("Quay House", "Flat 7, Quay House"),
]
UNTOLD = [
    "",
    "High Street",
    "Old Mill Lane, Redcar",
    "Redcar",
    "PO Box 12",
    "P.O. Box 12, Redcar",
    "The Manor Road",
]


def kinds(one, other, code=REDCAR, code_too=REDCAR):
    found = homes([address_of(one, code), address_of(other, code_too)])
    if found.names[0] and found.names[0] == found.names[1]:
        return "one"
    return "asked" if found.doubts else "apart"


@pytest.mark.parametrize("spellings", ONE_HOME, ids=lambda those: those[0])
def test_one_home_however_it_is_written(spellings):
    missed = [pair for pair in combinations(spellings, 2) if kinds(*pair) != "one"]
    assert missed == []


def test_no_two_homes_are_joined_among_all_pairs():
    wrong = [
        (one, other)
        for here, there in combinations(ONE_HOME, 2)
        for one, other in product(here, there)
        if kinds(one, other) == "one" and "14" not in (one, other)  # 14 alone may be any house of that number
    ]
    assert wrong == []


@pytest.mark.parametrize(("one", "other"), ASKED)
def test_what_could_be_one_home_is_asked(one, other):
    assert kinds(one, other) == kinds(other, one) == "asked"


@pytest.mark.parametrize("address", UNTOLD)
def test_what_tells_no_home_is_named_and_joins_nobody(address):
    found = homes([address_of(address, REDCAR), address_of(address, REDCAR)])
    assert (found.names, found.unknown) == (("", ""), (0, 1))


@pytest.mark.parametrize(
    ("one", "other", "codes", "verdict"),
    [
        ("14 High Street", "14 High Street", ("TS10 1AA", "TS10 1AB"), "apart"),
        ("14 High Street", "14 High Street", ("TS10 1AA", "ts101aa"), "one"),
        ("14 High Street, Redcar", "14 High St, Redcar", ("", ""), "one"),
        ("14 High Street, Redcar", "14 High Street", ("", ""), "asked"),
        ("14 High Street, Redcar", "14 High Street, Marske", ("", ""), "apart"),
        ("14 High Street, Redcar", "14 High Street, Redcar", ("", "TS10 1AA"), "asked"),
        ("14 High Street", "16 High Street", ("", "TS10 1AA"), "apart"),
        ("Rose Cottage", "Ivy Cottage", ("", ""), "apart"),
    ],
)
def test_what_a_postcode_says_and_what_is_known_without_it(one, other, codes, verdict):
    assert kinds(one, other, *codes) == verdict


def test_a_property_number_says_more_than_the_writing():
    one, other = (
        address_of("Rose Cottage", uprn="100023336956"),
        address_of("1 Mill Lane", uprn="0100023336956.0"),
    )
    far = address_of("Rose Cottage", uprn="100023336957")
    broken = address_of("Rose Cottage", uprn="1.00023E+11")
    found = homes([one, other, far])
    assert found.names[0] == found.names[1] != found.names[2]
    assert broken.uprn == ""


def test_many_at_one_address_are_a_crowd():
    hall = [address_of("St Mary's Care Home", REDCAR)] * 7
    assert homes(hall).crowds == (tuple(range(7)),)
    assert homes(hall[:5]).crowds == ()


def test_an_address_that_stands_for_itself_is_made_alike_too():
    for spellings in ONE_HOME:
        plain = {address_of(one, REDCAR).text for one in spellings[:1] * 2}
        assert len(plain) == 1
    assert (
        address_of("Flat 2, 14 High St", REDCAR).text == address_of("14 HIGH STREET, FLAT 2", "ts10 1aa").text
    )
    assert address_of("", "").text == ""


WORD = st.sampled_from(
    ["1", "2", "14a", "flat", "high", "street", "mill", "house", "a", "floor", "first", ",", "/"]
)
CODES = st.sampled_from(["", "TS10 1AA", "TS10 1AB"])
ADDRESSES = st.lists(st.tuples(st.lists(WORD, max_size=6).map(" ".join), CODES), max_size=9)


@given(ADDRESSES, st.randoms(use_true_random=False))
def test_who_lives_together_does_not_hang_on_the_order_of_the_list(told, chance):
    order = list(range(len(told)))
    chance.shuffle(order)
    parsed = [address_of(*one) for one in told]
    plain, mixed = homes(parsed), homes([parsed[at] for at in order])
    back = {at: place for place, at in enumerate(order)}
    for one, other in combinations(range(len(told)), 2):
        joined = plain.names[one] and plain.names[one] == plain.names[other]
        again = mixed.names[back[one]] and mixed.names[back[one]] == mixed.names[back[other]]
        assert bool(joined) == bool(again)
    asked = {frozenset(those) for those in plain.doubts}
    assert asked == {frozenset(order[at] for at in those) for those in mixed.doubts}


@given(ADDRESSES)
def test_whoever_is_joined_has_the_same_numbers_and_no_other_postcode(told):
    parsed = [address_of(*one) for one in told]
    found = homes(parsed)
    for one, other in combinations(range(len(told)), 2):
        if found.names[one] and found.names[one] == found.names[other]:
            assert (parsed[one].unit, parsed[one].numbers) == (parsed[other].unit, parsed[other].numbers)
            assert parsed[one].postcode == parsed[other].postcode


def test_a_short_address_that_fits_two_homes_is_in_doubt_and_joins_neither():
    found = homes(
        [
            address_of(one, "TS10 1AA")
            for one in ("Mill House", "Mill House, Ivy Farm", "Mill House, Elm Farm")
        ]
    )
    assert len(set(found.names)) == 3
    assert found.doubts == ((0, 1, 2),)


WRITTEN = (
    "1",
    "1a",
    "Flat 2",
    "Mill House",
    "Mill Lane",
    "High Street",
    "Redcar",
    "Cottage",
    "TS10 1AA",
    "TS10 1AB",
)


@given(st.lists(st.lists(st.sampled_from(WRITTEN), max_size=5), max_size=12))
def test_on_a_full_shelf_the_same_homes_are_found_as_when_every_pair_is_looked_at(lines):
    from fairground.power.juries import households

    told = [address_of(", ".join(parts)) for parts in lines]
    slow = homes(told)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(households, "MOST_PAIRS", 0)
        fast = homes(told)
    assert fast.names == slow.names


@pytest.mark.parametrize(
    "form",
    ["{} House, High Street", "1 {} Street", "Flat {}, Tower House", "{}, TS10 1AA", "1 {} Way, TS10 1AA"],
)
def test_thousands_of_homes_are_told_apart_without_looking_at_every_pair(form, monkeypatch):
    from fairground.power.juries import households

    looked, plain = [], households._verdict
    monkeypatch.setattr(households, "_verdict", lambda one, other: looked.append(1) or plain(one, other))
    found = homes([address_of(form.format(f"{n}x{n}")) for n in range(1500)])
    assert len(set(found.names) - {""}) == 1500
    assert len(looked) < 20 * 1500
