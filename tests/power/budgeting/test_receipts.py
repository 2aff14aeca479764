"""Pseudonyms that cannot be undone, codes that show a slip, hashes that hide a ballot."""

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.budgeting import Marks, SealedBallot
from fairground.power.budgeting.receipts import (
    LETTERS,
    pseudonym,
    read_code,
    receipt_code,
    shuffled,
    write_code,
)

SECRET = b"k" * 32
BALLOT = SealedBallot("ab" * 32, "letter", "east", (("city", Marks(("park",), (3,))),), "0" * 32)
chance = st.binary(min_size=12, max_size=32)


def test_a_pseudonym_is_the_hmac_of_the_standard():
    """RFC 4231, test case 6, which has a key longer than a block."""
    found = pseudonym("Test Using Larger Than Block-Size Key - Hash Key First", secret=b"\xaa" * 131)
    assert found == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    assert pseudonym("x", secret=SECRET) == hmac.new(SECRET, b"x", hashlib.sha256).hexdigest()


def test_a_short_secret_and_an_empty_key_are_refused():
    with pytest.raises(BadInput, match="secret"):
        pseudonym("x", secret=b"short")
    with pytest.raises(BadInput, match="roll_key"):
        pseudonym("", secret=SECRET)


@given(chance)
def test_a_code_is_read_as_it_was_written_however_it_is_typed(found):
    code = write_code(found)
    assert read_code(code.lower().replace("-", " ")) == code
    assert read_code(code.replace("1", "l").replace("0", "o")) == code


@given(chance, st.integers(0, 15), st.sampled_from(LETTERS))
def test_every_single_slip_is_found(found, place, letter):
    letters = list(write_code(found).replace("-", ""))
    if letters[place] != letter:
        letters[place] = letter
        with pytest.raises(BadInput, match="slip"):
            read_code("".join(letters))


@given(chance)
def test_two_letters_swapped_are_found_but_for_one_pair(found):
    """Luhn's method cannot tell 0 and the last letter swapped (as 09 and 90 in base 10)."""
    letters = write_code(found).replace("-", "")
    for n in range(15):
        pair = {letters[n], letters[n + 1]}
        if len(pair) == 2 and pair != {"0", "Z"}:
            swapped = letters[:n] + letters[n + 1] + letters[n] + letters[n + 2 :]
            with pytest.raises(BadInput, match="slip"):
                read_code(swapped)


@pytest.mark.parametrize("text", ["", "ABCD", "ABCD-EFGH-JKMN-PQRU", "a" * 400])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(BadInput, match="not a whole code"):
        read_code(text)


def test_too_little_chance_is_refused():
    with pytest.raises(BadInput, match="10 or more"):
        write_code(b"few")


def test_the_entry_of_a_ballot_is_written_in_one_way():
    assert BALLOT.entry == (
        b'{"district":"east","marks":{"city":[["park"],[3]]},"nonce":"00000000000000000000000000000000",'
        b'"paper":"' + b"ab" * 32 + b'","tier":"letter"}'
    )
    assert BALLOT.leaf == hashlib.sha256(b"\0" + BALLOT.entry).digest()
    assert BALLOT.receipt == receipt_code(BALLOT.leaf)
    assert read_code(BALLOT.receipt, length=20) == BALLOT.receipt


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "1" * 32},
        {"tier": "open"},
        {"district": ""},
        {"paper": "cd" * 32},
        {"marks": (("city", Marks(("park",), (2,))),)},
    ],
)
def test_every_part_of_a_ballot_changes_its_hash(change):
    assert replace(BALLOT, **change).leaf != BALLOT.leaf


def test_a_nonce_must_be_a_nonce():
    with pytest.raises(BadInput, match="nonce"):
        replace(BALLOT, nonce="1")


@given(st.lists(st.text(max_size=3), unique=True), st.text(max_size=5))
def test_the_order_of_projects_depends_on_the_seed_alone(ids, seed):
    assert shuffled(ids, seed=seed) == shuffled(reversed(ids), seed=seed)
    assert sorted(shuffled(ids, seed=seed)) == sorted(ids)


def test_each_project_comes_first_for_about_as_many_voters():
    first = [shuffled(["a", "b", "c", "d"], seed=str(n))[0] for n in range(2000)]
    assert all(430 < first.count(id) < 570 for id in "abcd")
