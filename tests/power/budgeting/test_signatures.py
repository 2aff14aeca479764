"""The signature under a closed log: a good one is recognised, and whatever is forged is named."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fairground import report
from fairground.power.budgeting import bundle, check, sealed, specification
from fairground.power.budgeting.bundle import ballots_seal
from fairground.power.budgeting.signatures import ballots_message, fingerprint, is_signed, root_message
from fairground.questions.power import bundles
from tests.power.budgeting.elections import tries
from tests.power.budgeting.test_bundle import CAST, TOWN

OWNER, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
ROOT = "ab" * 32


def public(key):
    return key.public_key().public_bytes_raw().hex()


def closed(*, size=10, signer=OWNER, key=OWNER, root=ROOT, frozen=OWNER):
    """Make the bundle of a vote whose log was closed, as the site publishes it."""
    record = TOWN | ({"voting": {"public_key": public(frozen)}} if frozen else {})
    made = specification(record)
    signature = signer.sign(root_message(made.digest, size=size, root=root)).hex()
    counted = signer.sign(ballots_message(made.digest, ballots=ballots_seal(made, CAST))).hex()
    log = {"paper": made.digest, "size": size, "root": root, "closed": True, "ballots_signature": counted}
    return json.loads(bundle(made, CAST, log=log | {"signature": signature, "public_key": public(key)}))


def wrong(record):
    """Return what a check finds wrong once a forger has made the digest of the file right again."""
    body = {key: value for key, value in record.items() if key != "digest"}
    return [line.part for line in check(json.dumps(body | {"digest": sealed(body)})) if not line.same]


def test_a_known_answer_of_the_standard_is_recognised():
    """RFC 8032, section 7.1, test 2: the message is the one byte 72."""
    key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert is_signed(b"\x72", signature=signature, key=key)
    assert not is_signed(b"\x73", signature=signature, key=key)


def test_a_log_that_was_closed_and_signed_is_right():
    assert wrong(closed()) == []


@pytest.mark.parametrize(
    ("part", "value", "named"),
    [
        ("root", "cd" * 32, "signature of the closed log"),
        ("root", "not a root", "signature of the closed log"),
        ("size", 11, "signature of the closed log"),
        ("size", 2, "entries of the log, at least one for each ballot"),
        ("size", True, "entries of the log, at least one for each ballot"),
        ("paper", "ef" * 32, "paper of the log"),
        ("signature", "", "signature of the closed log"),
        ("signature", "00" * 64, "signature of the closed log"),
        ("signature", "no hexadecimal", "signature of the closed log"),
        ("ballots_signature", "", "signature of the ballots counted"),
        ("ballots_signature", "00" * 64, "signature of the ballots counted"),
        ("public_key", public(STRANGER), "key of the log"),
    ],
)
def test_whatever_is_changed_in_the_log_is_named(part, value, named):
    record = closed()
    record["log"][part] = value
    assert named in wrong(record)


def test_a_signature_by_another_key_is_refused_even_with_that_key_beside_it():
    assert wrong(closed(signer=STRANGER, key=STRANGER)) == [
        "key of the log",
        "signature of the closed log",
        "signature of the ballots counted",
    ]


def test_other_ballots_counted_rightly_are_not_those_that_were_signed():
    """Whoever changes a ballot and makes the whole bundle again, winners and all, has no key to sign with."""
    record = closed()
    other = bundle(specification(record["specification"]), (*CAST[1:], CAST[0]._replace(voters=5)),
                   log=record["log"])  # fmt: skip
    assert wrong(json.loads(other)) == ["signature of the ballots counted"]


def test_a_signed_vote_cannot_drop_its_log():
    record = closed()
    record["log"] = {}
    assert "signature of the closed log" in wrong(record)


def test_a_log_without_a_frozen_key_proves_nothing_and_is_named():
    assert wrong(closed(frozen=None)) == ["signed log, without a key in the specification"]


def test_another_key_in_the_specification_changes_its_published_digest():
    forged = closed(signer=STRANGER, key=STRANGER, frozen=STRANGER)
    assert wrong(forged) == []
    published = specification(TOWN | {"voting": {"public_key": public(OWNER)}}).digest
    assert not bundles.verify(json.dumps(forged), published=published).value.agree


def test_the_answer_prints_the_key_and_says_what_a_signature_does_not_prove():
    words = " ".join(report.working(bundles.verify(json.dumps(closed()))))
    assert fingerprint(public(OWNER)) in words
    assert public(OWNER) in words
    assert "does not prove that the ballots counted here are those in the log" in words
    record = closed()
    record["log"]["root"] = "cd" * 32
    assert "missing or not good" in " ".join(report.working(bundles.verify(json.dumps(record))))


@given(message=st.binary(max_size=80), other=st.binary(max_size=80), place=st.integers(0, 511))
@tries(40)
def test_a_signature_is_of_one_message_by_one_key_and_no_bit_of_it_can_change(message, other, place):
    signature = OWNER.sign(message)
    assert is_signed(message, signature=signature.hex(), key=public(OWNER))
    assert not is_signed(message, signature=signature.hex(), key=public(STRANGER))
    assert is_signed(other, signature=signature.hex(), key=public(OWNER)) == (other == message)
    changed = int.from_bytes(signature) ^ (1 << place)
    assert not is_signed(message, signature=changed.to_bytes(64).hex(), key=public(OWNER))
