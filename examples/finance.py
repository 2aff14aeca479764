"""The hall is for sale: can we buy it, and would the money last?"""

from dataclasses import replace
from importlib.resources import files

from fairground import report
from fairground.questions.wealth.finance import compared, viability
from fairground.questions.wealth.funders import fitting, ready
from fairground.wealth.finance import (
    Draws,
    break_even,
    cash_flow,
    causes,
    certain,
    chance_dry,
    funder,
    levers,
    match,
    needed,
    payments,
    plan_of,
    read,
    record_of,
    schedule,
    simulate,
    tables,
    verdict,
    write,
)
from fairground.wealth.finance.plan import Loan

text = files("fairground.web.wealth.finance").joinpath("example.toml").read_text("utf-8")
plan = read(text, "example.toml")
answer = viability(plan, paths=1_000, why=0)
print(report.headline(answer))
for line in report.working(answer):
    print("-", line)

flow = cash_flow(plan)
print(
    "As expected, never less than",
    flow.lowest // 100,
    "pounds; without chance",
    int(certain(plan).deepest[0]) // 100,
)
outcomes = simulate(plan, Draws(500, seed=2))
print(verdict(outcomes), chance_dry(outcomes), "more needed:", round(needed(outcomes) / 100, -3))
print("Rooms must be", float(break_even(plan) or 0), "full")
print("Most matters:", levers(plan, Draws(200))[0].id, "and of chance:", causes(plan, Draws(200))[0].id)

loan = record_of(Loan, {"name": "Bridge", "pounds": "10000", "term": 12, "rate": "6%"}, "loans 1")
interest, principal = payments(loan, 24)
print("The loan costs", int(interest.sum()) / 100, "pounds; paid back", int(principal.sum()) / 100)
print("Spent in month 2:", sum(int(amounts[1]) for _, _, amounts in schedule(plan).spending) / 100)

dearer = replace(plan, grants=plan.grants[:1])
dearer = replace(dearer, about=replace(plan.about, name="Without the start-up grant"))
print(report.headline(compared(plan, dearer, paths=500)))
print(report.headline(viability(plan, paths=200, why=200)))
print(match(plan, funder("cof-4")).result, "-", report.headline(fitting(plan)))
print(report.headline(ready()))
print("The file says the same:", read(write(plan)) == plan == plan_of(tables(plan)))
