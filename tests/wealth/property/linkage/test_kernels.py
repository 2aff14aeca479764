"""Each compiled loop against a slow plain twin."""

import math

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from fairground.wealth.property.linkage import blocking, comparison, kernels
from fairground.wealth.property.linkage.coding import coded
from fairground.wealth.property.linkage.whereabouts import whereabouts
from tests.wealth.property.linkage.generated import lists


@pytest.fixture(scope="module")
def known():
    made = coded(*lists()[:2])
    return made, whereabouts(made)


def of(words, at):
    return words.word[words.start[at] : words.start[at + 1]].tolist()


def share(word, others, made):
    if word in others:
        return 1.0
    return kernels.SLIP if set(of(made.near, word)) & set(others) else 0.0


def found(mine, others, made):
    has = sum(share(word, others, made) * made.weight[word] for word in mine)
    return has, sum(made.weight[word] for word in mine) - has


def test_the_comparison_agrees_with_a_twin(known):
    made, places = known
    ones, twos = blocking.candidates(made, places)
    raw = comparison.compared(made, (ones, twos), places)
    for row in range(0, len(ones), max(1, len(ones) // 300)):
        a, b = int(ones[row]), int(twos[row])
        first, second = made.first, made.second
        expected = [
            *found(of(first.name, a), of(second.text, b), made),
            *found(of(second.name, b), of(first.text, a), made),
            *found(of(first.name, a), of(second.name, b), made),
            *found(of(first.address, a), of(second.text, b), made),
            *found(of(second.address, b), of(first.text, a), made),
        ]
        assert raw[row, :10] == pytest.approx(expected)
        numbers = set(of(first.number, a)), set(of(second.number, b))
        assert raw[row, 10] == (0 if not all(numbers) else 1 if numbers[0] & numbers[1] else -1)
        k, m = int(first.kinds[a]), int(second.kinds[b])
        assert raw[row, 11:14].tolist() == [(k & m).bit_count(), (k & ~m).bit_count(), (m & ~k).bit_count()]
        posts = [p for p in zip(first.postcode[a], second.postcode[b], strict=True)]
        if min(posts[0]) < 0:
            assert raw[row, 14] == -1
        else:
            same = next((n for n, (x, y) in enumerate(posts) if x != y or x < 0), 4)
            assert raw[row, 14] == same
            assert raw[row, 15] == (same < 4 and min(posts[same]) >= 0)


def test_the_most_alike_agree_with_a_twin(known):
    made, (where, there) = known
    have = kernels.postings(made.first.clue, len(made.clue_weight))
    length = np.maximum(kernels.lengths(made.first.clue, made.clue_weight), 1e-9)
    ones, twos = kernels.most_alike(
        made.second.clue, have, made.near, made.clue_weight, length, where, there, made.first.kinds,
        made.second.kinds, 5, 1_000_000, blocking.FAR,
    )  # fmt: skip
    for i in range(0, len(made.second.uprn), 7):
        clues = of(made.second.clue, i)
        near = [n for word in clues if word < len(made.words) for n in of(made.near, word)]
        scores = []
        for j in range(len(made.first.uprn)):
            mine = of(made.first.clue, j)
            total = sum(made.clue_weight[w] ** 2 for w in clues if w in mine)
            total += kernels.SLIP * sum(made.clue_weight[w] ** 2 for w in near if w in mine)
            metres = math.dist(where[j, :2], there[i, :2])
            total *= kernels.UNSURE if math.isnan(metres) else kernels.AWAY if metres > blocking.FAR else 1
            total *= 1 if made.first.kinds[j] & made.second.kinds[i] else kernels.OTHER_KIND
            scores.append(total / length[j])
        best = sorted((s for s in scores if s > 0), reverse=True)[:5]
        assert [scores[j] for j in ones[twos == i]] == pytest.approx(best)


def test_those_standing_near_agree_with_a_twin(known):
    made, _ = known
    ones, twos = blocking._near(made)
    for i in range(len(made.second.uprn)):
        metres = np.hypot(made.first.east - made.second.east[i], made.first.north - made.second.north[i])
        within = np.flatnonzero(metres <= blocking.REACH)
        nearest = sorted(within, key=lambda j: (metres[j], j))[: blocking.NEAREST]
        assert ones[twos == i].tolist() == nearest


def test_words_that_are_near_are_one_slip_apart(known):
    made, _ = known
    assert len(made.near.word) > 0
    for at, word in enumerate(made.words):
        for other in of(made.near, at):
            assert OSA.distance(word, made.words[other]) == 1
            assert at in of(made.near, other)


def test_the_best_rival_agrees_with_a_twin():
    chance = np.random.default_rng(3)
    score, entry = chance.normal(size=200).round(1), chance.integers(0, 40, 200)
    got = kernels.best_rival(score, entry, 20.0)
    for p in range(200):
        others = [score[q] for q in range(200) if q != p and entry[q] == entry[p]]
        assert got[p] == pytest.approx(max(others) if others else score[p] - 20)


def test_whereabouts_come_from_those_who_say_the_same_word(known):
    made, (where, there) = known
    for side, told in ((made.first, where), (made.second, there)):
        own = ~np.isnan(side.east)
        assert told[own, 0].tolist() == side.east[own].tolist()
    unplaced = np.isnan(made.second.east)
    assert np.isnan(there[unplaced, 0]).mean() < 0.3


def test_comparing_the_other_way_round_mirrors_the_columns(known):
    made, places = known
    ones, twos = blocking.candidates(made, places)
    one_way = comparison.compared(made, (ones, twos), places)
    turned = coded(*lists()[1::-1])
    other_way = comparison.compared(turned, (twos, ones), whereabouts(turned))
    mirror = [2, 3, 0, 1, 4, 5, 8, 9, 6, 7, 10, 11, 13, 12, 14, 15, 16, 17, 18, 19, 20]
    kept = [n for n in range(21) if n not in (4, 5, 18)]  # the names alone, which 18 has the other way round
    assert one_way[:, kept] == pytest.approx(other_way[:, mirror][:, kept], nan_ok=True)
    assert one_way[:, 18] == pytest.approx(other_way[:, 4])
