"""Who wins a participatory budget? Ten neighbours, three projects, and each rule in turn."""

from fractions import Fraction

from fairground import report
from fairground.power.budgeting import (
    Ballot,
    Election,
    PlainCount,
    Project,
    Rule,
    count,
    exact,
    explain,
    overlooked,
    payments,
    preferences,
    unpriced,
)
from fairground.questions.power import budgeting, elections

poll = elections.read(elections.EXAMPLE, name="ashby.pb")
answer = budgeting.count(poll, budgeting.rule("equal-shares", completion="add1"))
print(report.headline(answer))
for line in report.working(answer):
    print(" ", line)
why = budgeting.explain(poll, budgeting.rule("equal-shares"), "park")
print(report.headline(why))
for line in report.working(why):
    print(" ", line)
for row in budgeting.compare(poll).value.rows:
    print(f"{row.rule:20} {row.winners} winners, {row.voters_with_nothing} voters with nothing")
print(report.headline(budgeting.verify(poll, budgeting.rule("equal-shares"))))

# The same engine on an election of one's own.
projects = tuple(Project(id, exact(cost, "cost")) for id, cost in (("park", "60"), ("slide", "50")))
town = Election(Fraction(100), projects, (Ballot((0,), voters=6), Ballot((1,), voters=4)))
result = count(town, Rule("equal-shares"))
print("winners:", [town.projects[p].id for p in result.winners], "seal:", result.rule.seal[:12])
print(
    "each paid:", payments(town, result)[0][0].each, "plain count:", PlainCount(town, result.rule).winners()
)
print("the slide would win at:", explain(town, result, 1).cost_to_win)
print("park or slide:", preferences(town, (0,), (1,)))
print("left out by the park alone:", overlooked(town, (0,)), "unpriced:", unpriced(town, result))
