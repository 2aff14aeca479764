import numpy as np
import pytest

from fairground.errors import BadInput
from fairground.wealth.property.linkage.weights import learnt

# 1,200 pairs with three fields that agree (2) or not (1), by pattern; and what recordlinkage 0.16 learns of
# them (ECMClassifier(init="jaro", max_iter=5000, atol=1e-12), the same pairs as ones and noughts).
PATTERNS = (
    (2, 2, 2, 150), (2, 2, 1, 40), (2, 1, 2, 35), (1, 2, 2, 30),
    (2, 1, 1, 95), (1, 2, 1, 60), (1, 1, 2, 90), (1, 1, 1, 700),
)  # fmt: skip
PEER = {
    "same": 0.2035205, "m": [0.8652275, 0.8617267, 0.8189936], "u": [0.1137193, 0.0727630, 0.1098392],
}  # fmt: skip


def pairs():
    return np.array([row[:3] for row in PATTERNS for _ in range(row[3])], np.int8)


def test_weights_agree_with_recordlinkage():
    found = learnt(pairs(), prior=0.0)
    assert found.same == pytest.approx(PEER["same"], abs=1e-4)
    assert [float(m[2]) for m in found.m] == pytest.approx(PEER["m"], abs=1e-4)
    assert [float(u[2]) for u in found.u] == pytest.approx(PEER["u"], abs=1e-4)


def test_agreement_speaks_for_and_what_is_missing_for_nothing():
    levels = np.vstack([pairs(), [[0, 2, 2]] * 20]).astype(np.int8)
    found = learnt(levels)
    for m, u in zip(found.m, found.u, strict=True):
        assert np.log(m / u)[2] > 0 > np.log(m / u)[1]
    assert found.m[0][0] == pytest.approx(found.u[0][0], rel=1e-6)


def test_the_order_of_pairs_changes_nothing():
    levels = pairs()
    other = levels[np.random.default_rng(1).permutation(len(levels))]
    assert learnt(levels).score(levels) == pytest.approx(learnt(other).score(levels))


def test_no_pairs_teach_nothing():
    with pytest.raises(BadInput, match="Weights are learnt from pairs"):
        learnt(np.zeros((0, 3), np.int8))
