import random

import numpy as np
import pytest

from fairground.errors import BadInput, NotFound
from fairground.wealth.property import linkage as engine
from fairground.wealth.property.linkage import learning
from tests.wealth.property.linkage.generated import labelled, lists, prepared


def f1(found):
    truth = lists()[2]
    right = sum(truth[one.second] == one.first for one in found.links)
    return 2 * right / (len(found.links) + sum(one is not None for one in truth.values()))


def test_forty_labels_link_most_of_two_small_lists():
    assert f1(engine.link(prepared(), labelled(40))) > 0.93


def test_the_order_of_rows_changes_nothing():
    first, second, _ = lists()
    mixed = []
    for listing in (first, second):
        entries = list(listing.entries)
        random.Random(5).shuffle(entries)
        mixed.append(engine.Listing.of(listing.name, entries))
    labels = labelled(40)
    assert engine.link(engine.prepare(*mixed), labels[::-1]).links == engine.link(prepared(), labels).links


def test_a_label_always_stands_however_many_follow():
    first, second, truth = lists()
    wrong = engine.Label(first.entries[0].id, second.entries[0].id, True)
    refused = next(two for two, one in truth.items() if one is not None)
    never = engine.Label(truth[refused], refused, False)
    labels = [wrong, never]
    for number in (10, 40):
        found = engine.link(prepared(), [*labels, *labelled(number)])
        pairs = {(one.first, one.second): one for one in found.links}
        assert pairs[wrong.first, wrong.second].said
        assert (never.first, never.second) not in pairs
        assert {(x.first, x.second) for x in labels} <= {(x.first, x.second) for x in found.labels}


def test_of_one_pair_the_last_word_counts_so_that_an_answer_can_be_taken_back():
    labels = labelled(40)
    yes = next(one for one in labels if one.same)
    undone = [*labels, engine.Label(yes.first, yes.second, None)]
    assert engine.link(prepared(), undone).labels[labels.index(yes)].same is None
    without = [one for one in labels if one != yes]
    assert engine.link(prepared(), undone).links == engine.link(prepared(), without).links


def test_identical_entries_are_linked_almost_surely():
    first, second, _ = lists()
    twin = first.entries[5]
    copy = engine.Entry(
        "twin", twin.name, twin.address, twin.postcode, twin.uprn, twin.kind, twin.longitude, twin.latitude
    )
    pairs = engine.prepare(first, engine.Listing.of("community", [*second.entries, copy]))
    found = {one.second: one for one in engine.link(pairs, labelled(40)).links}
    assert found["twin"].first == twin.id
    assert found["twin"].probability > 0.9


def test_the_points_of_the_fields_explain_the_probability():
    found = engine.link(prepared(), labelled(40))
    free = [one for one in found.links if not one.said]
    strength = [sum(one.points.values()) for one in free]
    odds = [np.log(one.probability / (1 - one.probability)) for one in free]
    gaps = np.array(odds) - np.array(strength)
    assert gaps.std() < 0.01  # one starting point for all, and else the points alone


def test_one_to_one_uses_no_entry_twice():
    found = engine.link(prepared(), labelled(40), one_to_one=True)
    assert (
        len({one.first for one in found.links})
        == len(found.links)
        == len({one.second for one in found.links})
    )
    assert f1(found) > 0.75


def test_pairs_to_ask_are_new_and_the_same_for_one_seed():
    labels = labelled(20)
    found = engine.link(prepared(), labels)
    asked = engine.to_ask(found, 15, seed=4)
    assert len(set(asked)) == 15
    assert not set(asked) & {(one.first, one.second) for one in labels}
    assert asked == engine.to_ask(found, 15, seed=4) != engine.to_ask(found, 15, seed=5)


def test_what_has_no_partner_is_listed():
    found = engine.link(prepared(), labelled(40))
    assert set(found.alone_second) | {one.second for one in found.links} == {
        e.id for e in prepared().second.entries
    }
    assert not set(found.alone_first) & {one.first for one in found.links}


@pytest.mark.slow
def test_the_fit_agrees_with_a_plain_descent():
    chance = np.random.default_rng(2)
    x = chance.normal(size=(60, 3))
    same = x[:, 0] + chance.normal(size=60) > 0
    guess = np.array([0.5, 0.0, -0.5])
    found = learning.fitted(x, same, np.zeros(3), np.ones(3), (guess, -1.0))
    towards = np.concatenate([[-1.0], guess])
    b = towards.copy()
    for _ in range(20_000):
        p = 1 / (1 + np.exp(-(b[0] + x @ b[1:])))
        pull = np.concatenate([[learning.START_RIDGE], np.full(3, learning.RIDGE)]) * (b - towards)
        b += 0.01 * (np.concatenate([[(same - p).sum()], x.T @ (same - p)]) - pull)
    assert found.weight == pytest.approx(b[1:], abs=1e-6)
    assert found.start == pytest.approx(b[0], abs=1e-6)


def test_a_label_of_nothing_is_refused():
    with pytest.raises(NotFound, match="has no entry of that id"):
        engine.link(prepared(), [engine.Label("nobody", "P00001", True)])


@pytest.mark.parametrize("surely", [0, 1, -0.5])
def test_a_probability_lies_between_0_and_1(surely):
    with pytest.raises(BadInput, match="between 0 and 1"):
        engine.link(prepared(), surely=surely)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: engine.Entry("", "Hall"), "needs an id"),
        (lambda: engine.Entry("1", " "), "nothing to compare"),
        (lambda: engine.Entry("1", "Hall", longitude=0.5), "longitude and a latitude"),
        (lambda: engine.Entry("1", "Hall", longitude=0.5, latitude=91.0), "number of degrees"),
        (lambda: engine.Listing.of("x", []), "at least one entry"),
        (lambda: engine.Listing.of("x", [engine.Entry("1", "A"), engine.Entry("1", "B")]), "have one id"),
    ],
    ids=["no id", "no words", "half a place", "no place", "no entries", "one id twice"],
)
def test_an_entry_that_cannot_be_is_refused(make, words):
    with pytest.raises(BadInput, match=words):
        make()
