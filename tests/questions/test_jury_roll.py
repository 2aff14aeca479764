"""The roll of a draw: nobody is swapped and no target moved after the seal without its being found."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.evidence import Source
from fairground.power.juries import Pool, Quotas, Target, Volunteer, code
from fairground.questions.power import jury_checks, jury_draws, jury_rolls
from fairground.questions.power.lottery_file import read_lottery, seal_of
from fairground.questions.power.roll import Announced, read_record, roll_of
from fairground.report import headline, working

OWN = Source.own_file("draw.json", "0" * 64)
HALF = (Target("age", "young", 2, 2), Target("age", "old", 2, 2))
QUOTAS = Quotas(4, HALF)
SECRET = "s" * 32


def people(young=6, old=10):
    names = [("young", n) for n in range(young)] + [("old", n) for n in range(old)]
    return tuple(Volunteer(f"{age}{n}", (age,), "mill" if n == 1 else "") for age, n in names)


@pytest.fixture(scope="module")
def sealed():
    pool = Pool(("age",), people())
    return jury_draws.prepare(pool, QUOTAS, secret=SECRET, announced=["Lotto"], known_from="Saturday")


def read(text):
    return read_lottery(text, "file.json")


def both(sealed, council=None, public=None):
    held = (
        json.dumps(public) if public else sealed.public,
        json.dumps(council) if council else sealed.council,
    )
    return jury_rolls.beside(read(held[0]), read(held[1]), (OWN, OWN))


def test_the_public_file_shows_the_targets_and_the_councils_file_is_what_was_published(sealed):
    assert read(sealed.public).roll.targets == HALF
    answer = both(sealed)
    assert answer.value.agree
    assert "very pool and targets" in headline(answer)
    looked = jury_checks.look(read(sealed.public), OWN)
    assert "Whom the jury must hold: age young: 2; age old: 2." in working(looked)


def favoured(sealed, times):
    """Return a public file in which one person has seats of another, and whose seal was made after that."""
    held, foe, friend = json.loads(sealed.public), code(SECRET, "old0"), code(SECRET, "old5")
    for jury in [one for one in held["numbered"] if foe in one and friend not in one][:times]:
        jury[jury.index(foe)] = friend
        jury.sort()
    return json.dumps({**held, "seal": read(json.dumps(held)).resealed()}), {foe, friend}


def test_nobody_loses_numbered_juries_before_the_seal_without_its_being_found(sealed):
    text, both_of_them = favoured(sealed, 15)
    found = jury_checks.look(read(text), OWN).value
    assert not found.agree
    assert {(row.what, row.where) for row in found.rows} == {("numbers", one) for one in both_of_them}


def test_whoever_sits_more_or_less_often_than_rounding_needs_is_named(sealed):
    fair = jury_checks.look(read(sealed.public), OWN)
    assert fair.value.rounding < 1 / 1000
    assert "nobody’s share is off by more than 0." in " ".join(working(fair))
    text, both_of_them = favoured(sealed, 3)
    told = " ".join(working(jury_checks.look(read(text), OWN)))
    assert any(f"{one} is off by 0.3" in told or f"{one} is off by 0.2" in told for one in both_of_them)


def swapped(held):
    held["people"][0][1], held["people"][6][1] = held["people"][6][1], held["people"][0][1]


CHANGES = {
    "two people's answers": swapped,
    "a person's number": lambda held: held["people"][3].__setitem__(0, "somebody else"),
    "a home": lambda held: held["people"][2].__setitem__(2, 9),
    "a target": lambda held: held["targets"][0].__setitem__(2, 1),
    "a chance": lambda held: held["people"][4].__setitem__(4, 0.3),
    "what was announced": lambda held: held.__setitem__("announced", ["Another Lotto"]),
    "when it is known": lambda held: held.__setitem__("known_from", "Friday"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_in_the_councils_file_after_the_seal_is_found_and_draws_nobody(sealed, change):
    held = json.loads(sealed.council)
    CHANGES[change](held)
    answer = both(sealed, council=held)
    assert not answer.value.agree
    assert any(row.what == "seal" and "council" in row.where for row in answer.value.rows)
    with pytest.raises(BadInput, match="not those of the seal"):
        read(jury_draws.with_values(json.dumps(held), ["7"])).drawn()


def test_a_pool_that_was_sealed_anew_is_not_the_one_that_was_published(sealed):
    other = (*people()[:-1], Volunteer("a friend", ("old",)))
    anew = jury_draws.prepare(Pool(("age",), other), QUOTAS, secret=SECRET, announced=["Lotto"])
    answer = jury_rolls.beside(read(sealed.public), read(anew.council), (OWN, OWN))
    assert jury_checks.look(read(anew.council), OWN).value.agree
    assert [row.what for row in answer.value.rows] == ["seal"]


@pytest.mark.parametrize("part", ["targets", "records", "announced"])
def test_what_is_changed_in_the_public_file_breaks_its_seal(sealed, part):
    held = json.loads(sealed.public)
    if part == "targets":
        rows = [[f, v, low - 1, high] for f, v, low, high in held["targets"]["rows"]]
        plain = json.dumps(rows, separators=(",", ":"))
        held["targets"] = {"rows": rows, "digest": hashlib.sha256(plain.encode()).hexdigest()}
    elif part == "records":
        one, other = list(held["records"])[:2]
        held["records"][one] = held["records"][other]
    else:
        held["announced"] = []
    assert [row.what for row in jury_checks.look(read(json.dumps(held)), OWN).value.rows] == ["seal"]


def test_targets_that_are_not_those_of_their_digest_and_a_roll_of_others_are_refused(sealed):
    held = json.loads(sealed.public)
    held["targets"]["rows"][0][2] = 1
    with pytest.raises(BadInput, match="not those of their digest"):
        read(json.dumps(held))
    held = json.loads(sealed.public)
    held["records"].popitem()
    with pytest.raises(BadInput, match="other people than the chances"):
        read(json.dumps(held))


def test_hidden_targets_are_bound_and_not_told():
    pool = Pool(("age",), people())
    made = jury_draws.prepare(pool, QUOTAS, secret=SECRET, announced=["Lotto"], shown=False)
    assert "young" not in made.public
    assert both(made).value.agree
    held = json.loads(made.council)
    held["targets"][0][2] = 1
    assert not both(made, council=held).value.agree
    held = json.loads(made.council)
    del held["targets_hidden"]
    assert not both(made, council=held).value.agree
    # whoever guesses the targets cannot test the guess against the digest
    guess = json.dumps([[t.feature, t.value, t.low, t.high] for t in HALF], separators=(",", ":"))
    assert hashlib.sha256(guess.encode()).hexdigest() != read(made.public).roll.digest


def test_a_volunteer_shows_that_they_stand_on_the_roll_and_whether_they_were_drawn(sealed):
    drawn = read(jury_draws.with_values(sealed.public, ["7"]))
    for person in ("young0", "old9"):
        own = jury_rolls.own_proof(sealed.council, person)
        answer = jury_rolls.own(drawn, read_record(json.dumps(own), "mine.json"), (OWN,))
        assert answer.value.agree
        assert f"number {person}; age: " in headline(answer)
        assert answer.value.drawn == (code(SECRET, person) in drawn.drawn().jury)
    assert jury_rolls.own_proof(sealed.council, "nobody") is None


@pytest.mark.parametrize("part", ["record", "salt", "code"])
def test_a_record_that_was_written_otherwise_does_not_stand_on_the_roll(sealed, part):
    own = jury_rolls.own_proof(sealed.council, "young0")
    own[part] = own[part].replace(own[part][3], "x", 1)
    answer = jury_rolls.own(read(sealed.public), read_record(json.dumps(own), "mine.json"), (OWN,))
    assert not answer.value.agree
    assert "does not stand" in headline(answer)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x", "code": "", "salt": "", "record": ""}'])
def test_what_is_no_record_is_refused(text):
    with pytest.raises(BadInput, match="not a record"):
        read_record(text, "mine.json")


def first_form(text):
    """Return a file as Fairground wrote it before there was a roll."""
    held = json.loads(text)
    form = {"fairground-jury-lottery-2": "fairground-jury-lottery-1"}
    held["format"] = form.get(held["format"], "fairground-jury-draw-1")
    numbered = held["numbered"]
    if "people" in held:
        ids = [row[0] for row in held["people"]]
        numbered = [sorted(code(held["secret"], ids[n]) for n in jury) for jury in numbered]
    else:
        del held["targets"], held["records"]
    return json.dumps(held | {"seal": seal_of(numbered)})


def test_files_from_before_the_roll_are_read_and_say_that_they_have_none(sealed):
    public, council = (read(first_form(text)) for text in (sealed.public, sealed.council))
    assert public.roll is None
    assert jury_checks.look(public, OWN).value.agree
    assert jury_checks.look(council, OWN).value.agree
    assert [row.what for row in jury_rolls.beside(public, council, (OWN, OWN)).value.rows] == ["roll"]
    own = jury_rolls.own_proof(sealed.council, "young0")
    with pytest.raises(BadInput, match="a public file that has a roll"):
        jury_rolls.own(public, read_record(json.dumps(own), "mine.json"), (OWN,))


def test_a_file_cannot_drop_its_roll_by_saying_that_it_is_an_old_one(sealed):
    held = json.loads(sealed.public) | {"format": "fairground-jury-draw-1"}
    assert [row.what for row in jury_checks.look(read(json.dumps(held)), OWN).value.rows] == ["seal"]


@given(st.integers(0, 15), st.integers(0, 15), st.sampled_from(["answer", "home", "number", "past", "must"]))
def test_any_change_of_anybody_changes_the_roll_and_equal_records_look_unlike(at, other, part):
    before = roll_of(Pool(("age",), people()), QUOTAS, SECRET)
    assert len(set(before.records.values())) == 16
    new = list(people())
    was = new[at]
    new[at] = Volunteer(
        f"new{other}" if part == "number" else was.id,
        ("old" if was.values == ("young",) else "young",) if part == "answer" else was.values,
        f"flat {other}" if part == "home" else was.household,
        part == "must", 0.25 if part == "past" else 0.0,
    )  # fmt: skip
    after = roll_of(Pool(("age",), tuple(new)), QUOTAS, SECRET)
    assert before.sealed("leximin", 4, {}) != after.sealed("leximin", 4, {})


def test_the_roll_names_the_values_that_will_choose():
    pool = Pool(("age",), people())
    texts = {
        roll_of(pool, QUOTAS, SECRET, Announced(values, day)).sealed("leximin", 4, {})
        for values in (("Lotto",), ("Lotto", "Bonus"), ()) for day in ("Friday", "Saturday")
    }  # fmt: skip
    assert len(texts) == 6
