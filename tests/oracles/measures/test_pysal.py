"""Agreement with PySAL `inequality` 1.1.2 where it is right, and proof of where it is not.

The peer has no weights, so agreement is on places counted once.
"""

import numpy as np
import pytest

from fairground import measures


class Later:
    """A peer that is loaded when a test first asks it: it takes seconds, and every worker collects."""

    def __init__(self, name):
        self.name = name

    def __getattr__(self, part):
        if part.startswith("__") or part in {
            "pytestmark",
            "_pytestfixturefunction",
        }:  # collecting asks for these
            raise AttributeError(part)
        return getattr(pytest.importorskip(self.name, reason="needs requirements/peers.txt"), part)


peer, weights = Later("inequality"), Later("libpysal.weights")
pytestmark = pytest.mark.oracle
VALUES = np.random.default_rng(20).gamma(2.0, 5.0, 300)
REGIONS = np.random.default_rng(21).integers(0, 9, 300)
POINTS = np.random.default_rng(22).uniform(0, 100, (300, 2))


def _names():
    return [f"r{region}" for region in REGIONS]


def test_gini_and_theil_agree():
    assert measures.gini(VALUES) == pytest.approx(peer.gini.Gini(VALUES).g, abs=1e-12)
    assert measures.theil_t(VALUES) == pytest.approx(peer.theil.Theil(VALUES).T, abs=1e-12)


@pytest.mark.parametrize("epsilon", [0.5, 1, 2])
def test_atkinson_and_its_equal_level_agree(epsilon):
    theirs = peer.atkinson.Atkinson(VALUES, epsilon)
    assert measures.atkinson(VALUES, epsilon=epsilon) == pytest.approx(theirs.A, abs=1e-12)
    level = measures.equally_distributed_equivalent(VALUES, epsilon=epsilon)
    assert level == pytest.approx(theirs.EDE, abs=1e-9)


def test_the_parts_of_theil_agree():
    theirs = peer.theil.TheilD(VALUES, REGIONS)
    ours = measures.decompose(VALUES, groups=_names())
    assert (ours.total, ours.between, ours.within) == pytest.approx(
        (theirs.T, theirs.bg.item(), theirs.wg.item()), abs=1e-12
    )


def test_the_permutation_test_agrees_within_chance(monkeypatch):
    monkeypatch.setattr(np.random, "permutation", np.random.default_rng(1).permutation)
    theirs = peer.theil.TheilDSim(VALUES, REGIONS, permutations=999)
    ours = measures.permutation_test(VALUES, groups=_names(), permutations=999, seed=1)
    assert ours.between == pytest.approx(theirs.bg[0].item(), abs=1e-12)
    assert ours.expected_share * measures.theil_t(VALUES) == pytest.approx(theirs.bg[1:].mean(), rel=0.05)


@pytest.mark.parametrize("how", ["nearest", "regions"])
def test_the_parts_of_the_spatial_gini_agree(how):
    if how == "nearest":
        near = weights.KNN(POINTS, k=6)
        ours = measures.spatial_gini(VALUES, neighbours=measures.nearest(*POINTS.T, count=6))
    else:
        near = weights.block_weights(REGIONS, silence_warnings=True)
        ours = measures.spatial_gini(VALUES, groups=_names())
    theirs = peer.gini.Gini_Spatial(VALUES, near, permutations=0)
    assert ours.near_share == pytest.approx(theirs.wg / theirs.dtotal, abs=1e-12)
    assert ours.far_share == pytest.approx(theirs.wcg / theirs.dtotal, abs=1e-12)
    assert ours.polarisation == pytest.approx(theirs.polarization, rel=1e-9)


def test_the_peers_share_of_far_pairs_is_not_a_share():
    """Its documentation calls `wcg_share` the far places' share of inequality; it divides by 2 n² mean."""
    near = weights.block_weights(REGIONS, silence_warnings=True)
    theirs = peer.gini.Gini_Spatial(VALUES, near, permutations=0)
    ours = measures.spatial_gini(VALUES, groups=_names())
    assert ours.near_share + ours.far_share == pytest.approx(1)
    assert theirs.wcg_share == pytest.approx(ours.far_share * ours.total)
    assert theirs.wcg_share < ours.far_share / 2


def test_the_peer_gets_within_by_subtraction_and_so_can_have_less_than_nothing():
    """Places alike within each region: nothing lies within, and the peer's rounding falls below nothing."""
    groups, lowest = np.repeat(np.arange(5), 7), 0.0
    for seed in range(50):
        values = np.repeat(np.random.default_rng(seed).uniform(0.1, 3, 5), 7)
        lowest = min(lowest, peer.theil.TheilD(values, groups).wg.item())
        assert 0 <= measures.decompose(values, groups=groups).within < 1e-15
    assert lowest < 0


def test_the_peer_counts_a_hamlet_as_much_as_a_city():
    """It takes no weights: a place counted as a thousand people is to it one row like another."""
    people = [1000, 1]
    true = peer.theil.Theil(np.repeat([1.0, 3.0], people)).T
    assert measures.theil_t([1, 3], weights=people) == pytest.approx(true, abs=1e-12)
    unweighted = peer.theil.Theil(np.array([1.0, 3.0])).T
    assert unweighted > 40 * true


def test_the_peer_refuses_zeros_where_the_index_takes_them():
    with pytest.raises(ValueError, match="positive"):
        peer.atkinson.Atkinson(np.array([0.0, 2.0]), 0.5)
    assert measures.atkinson([0, 2], epsilon=0.5) == pytest.approx(0.5)
