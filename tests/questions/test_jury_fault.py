"""A peer’s silent fault of 2025-26, built again: a lottery that calls itself leximin and leaves people out.

Releases 0.9 to 0.12.7 of sortition-algorithms ended their outer loop too early. On its own pool of 150
people, 12 had no chance at all. Run on our shared pool uk_small_24, 0.12.7 leaves out 7 of 150 and says that
everybody is on some jury. The juries are possible ones, their weights add up: only the claim is wrong.
"""

import dataclasses
import json
import random

import numpy as np
import pytest

from fairground.evidence import Source
from fairground.power.juries import Lottery, Pool, Quotas, Selection, Target, Volunteer, select
from fairground.questions.power import jury_checks
from fairground.questions.power.lottery_file import council_file, read_lottery

SOURCE = Source("own", "lottery.json", "your own file", "", "as its owner says", "")
FEATURES = {"gender": 2, "age": 5, "region": 8, "school": 5}  # 20 values, as in the peer's pool
LEFT_OUT = 12


@pytest.fixture(scope="module")
def drawn():
    """Return 150 people who volunteered unevenly, the targets of an even jury of 22, and its fair lottery."""
    chance = random.Random(1)
    values = [
        tuple(f"{f} {min(int(n * chance.random() ** 1.3), n - 1)}" for f, n in FEATURES.items())
        for _ in range(150)
    ]
    pool = Pool(tuple(FEATURES), tuple(Volunteer(f"p{at:03d}", of) for at, of in enumerate(values)))
    targets = [
        Target(f, f"{f} {v}", max(22 // n - 1, 0), 22 // n + 1) for f, n in FEATURES.items() for v in range(n)
    ]
    quotas = Quotas(22, tuple(targets))
    return pool, quotas, select(pool, quotas)


def _without(found: Selection, people: set[int]) -> Selection:
    """Return the lottery as a loop that ended too early would leave it: as fair to all but these people."""
    kept = [at for at, jury in enumerate(found.lottery.juries) if not people & set(jury)]
    weights = found.lottery.weights[kept] / found.lottery.weights[kept].sum()
    lottery = Lottery(tuple(found.lottery.juries[at] for at in kept), weights)
    return dataclasses.replace(found, lottery=lottery, chances=lottery.chances(len(found.chances)))


def _looked(pool, quotas, bent, change=lambda held: held):
    ids = [person.id for person in pool.volunteers]
    numbered = [[ids[n] for n in bent.lottery.juries[at % len(bent.lottery.juries)]] for at in range(10)]
    held = change(json.loads(council_file(pool, quotas, bent, numbered, ["1"], "a secret")))
    return jury_checks.look(read_lottery(json.dumps(held), "lottery.json"), SOURCE).value


def test_the_fair_lottery_of_this_pool_leaves_nobody_out(drawn):
    pool, quotas, found = drawn
    assert found.chances.min() > 0.05
    assert not {row.what for row in _looked(pool, quotas, found).rows} & {"without", "gap", "proof"}


@pytest.mark.parametrize(
    "claim", ["with the proof of a fair one", "with a proof cut to fit", "without a proof"]
)
def test_a_lottery_that_leaves_twelve_people_out_is_refused_and_they_are_named(drawn, claim):
    pool, quotas, found = drawn
    poor = set(map(int, np.argsort(found.chances, kind="stable")[:LEFT_OUT]))
    bent = _without(found, poor)
    assert (bent.chances <= 0).sum() >= LEFT_OUT

    def claimed(held):
        if claim == "without a proof":
            held["levels"] = []
        elif claim == "with a proof cut to fit":
            lost = {k for k, units in enumerate(found.kinds.units) if {p for u in units for p in u} & poor}
            held["levels"] = [
                [0.0 if lost & set(level[1]) else level[0], *level[1:]] for level in held["levels"]
            ]
        return held

    looked = _looked(pool, quotas, bent, claimed)
    assert not looked.agree
    named = {row.where for row in looked.rows if row.what == "without"}
    assert named == {pool.volunteers[at].id for at in np.flatnonzero(bent.chances <= 0)}
