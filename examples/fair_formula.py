"""What would a formula of need give each region? Seal it first, then compute, then replay it."""

from dataclasses import replace
from fractions import Fraction

from fairground import report
from fairground.questions.wealth import explanation, formula, merger, schedule
from fairground.questions.wealth import sensitivity as how_sure
from fairground.wealth.funding import (
    Areas,
    Award,
    Candidate,
    Column,
    Draws,
    Formula,
    Record,
    Weighted,
    Window,
    YearPast,
    allocate,
    explain,
    path,
    register,
    replay,
    sensitivity,
    share_of_gap,
    shortfalls,
    similar,
    years_behind,
)

choice = formula.Choice.read("8,600,000,000", floor="0.7", cap="1.6")
sealed = formula.register(choice)
answer = formula.allocation(choice)
print(report.headline(answer))
for row in answer.value.regions:
    print(f"{row.region:26} £{row.per_head:7.2f} a person")
print("sum in pence:", sum(row.pence for row in answer.value.rows))
print("replayed to the penny:", formula.replay(sealed, choice).value == answer.value)

print(report.headline(explanation.explanation(choice, "Stoke-on-Trent")))
print(report.headline(schedule.schedule(choice, band="0.1")))
print(report.headline(merger.merger(choice, ["Stoke-on-Trent", "Stafford"])))
tried = how_sure.sensitivity(choice, draws=500, seed=1)
print(report.headline(tried))

# The same engine on places of one's own: three towns share £1,000.00 by one indicator of need.
own = Formula((Weighted("hardship", Fraction(1)),), pot=100_000)
towns = Areas(
    ("a", "b", "c"),
    ("Ash", "Beech", "Cedar"),
    ("X", "X", "Y"),
    (100, 200, 300),
    (Column("hardship", (30.0, 20.0, 10.0)),),
)
seal = register(own, towns)
print("pence:", allocate(own, towns).pence, replay(seal, own, towns).pence)
for one in sensitivity(own, towns, draws=Draws(100, seed=1, error=Fraction(5, 100))).ranges:
    print(one.code, "gets", one.pence, "pence; nine draws in ten between", one.low, "and", one.high)
for part in explain(own, towns, code="a").parts:
    print(f"Ash, {part.id}: times {part.ratio}, {part.pence_per_head:+} pence a person")
later = replace(own, years=3, band=Fraction(1, 5))
for year in path(later, replace(towns, previous=(40_000, 30_000, 30_000))):
    print("year", year.number, year.pence, "at the edge of the band:", year.held)
past = [YearPast("2016/17", Fraction(900), Fraction(300), 100)]
print("years behind:", years_behind(past, depreciation=Fraction(4, 100), look_back=10))
print(
    "closes",
    share_of_gap(Award(Fraction(1000), 2, 10), own=Fraction(100), benchmark=Fraction(200)),
    "of the gap",
)
near = similar(
    "a",
    [Candidate("a", "Ash", 3.0, 100), Candidate("b", "Beech", 2.0, 200), Candidate("c", "Cedar", 1.0, 300)],
    count=1,
)
print("most like Ash:", near[0].name)
records = [Record("l", "2016/17", Fraction(900), 1), Record("n", "2016/17", Fraction(600), 2)]
short = shortfalls(records, areas=["n"], at="l", window=Window("2016/17", "2016/17"))
print("at the other rate:", short[0].would_have, "received:", short[0].received)
