"""What is told about a bundle, in words."""

from fairground import report
from fairground.questions.power import budgeting, bundles, elections


def bundle():
    poll = elections.read(elections.EXAMPLE, name="ashby.pb")
    return bundles.bundle(poll, budgeting.rule("equal-shares", completion="add1"))


def test_the_privacy_report_is_told_before_anything_is_published():
    words = " ".join(report.working(bundle()))
    assert "10 ballots, 2 of them different" in words
    assert "0 ballots with marks are like no other, and 4 are like three others at most" in words


def test_a_forged_winner_is_named():
    text = bundle().value.text
    found = bundles.verify(text.replace('"bench"\n   ]', '"park"\n   ]'))
    assert not found.value.agree
    assert "named but not found: park; found but not named: bench" in " ".join(report.working(found))


def test_a_specification_other_than_the_published_one_is_named():
    made = bundle().value
    assert bundles.verify(made.text, published=made.specification).value.agree
    found = bundles.verify(made.text, published="0" * 64)
    assert not found.value.agree
    assert "published when voting opened" in " ".join(report.working(found))
