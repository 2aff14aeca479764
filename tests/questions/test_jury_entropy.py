"""The answer about the most random lottery, where it cannot be had."""

import pytest

from fairground import report
from fairground.power.juries import entropy
from fairground.questions.power import juries
from fairground.questions.power.volunteers import read_pool, read_targets
from tests.cli.jury_example import POOL, TARGETS


def test_where_the_juries_drawn_cannot_give_the_chances_the_answer_says_whose_juries_these_are(
    tmp_path, monkeypatch
):
    (tmp_path / "pool.csv").write_text(POOL, "utf-8")
    (tmp_path / "targets.csv").write_text(TARGETS, "utf-8")
    targets, source = read_targets(tmp_path / "targets.csv")
    read = read_pool(tmp_path / "pool.csv", targets)

    def drawn(rule):
        return juries.select(read, targets, source, 4, rule=rule, values=["9"], secret="s", juries=10)[0]

    plain = drawn("max-entropy")
    monkeypatch.setattr(entropy, "bent", lambda *_: None)
    monkeypatch.setattr(entropy, "MOSTLY", -1.0)
    told = drawn("max-entropy")
    fair = drawn("leximin")
    assert told.value.probabilities == pytest.approx(fair.value.probabilities, abs=1e-6)
    said = [[step.code for step in answer.steps] for answer in (plain, told)]
    assert "juries.given" not in said[0]
    assert "juries.given" in said[1]
    assert "juries.entropy" not in said[1]
    assert "the leximin lottery itself" in " ".join(report.working(told))
