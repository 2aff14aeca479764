"""How much has been sold? The pounds of every council beside the answers of some, on made-up files."""

import tempfile
from datetime import date
from pathlib import Path

from fairground import report
from fairground.questions.wealth.example_sales import example
from fairground.questions.wealth.receipts import gathered
from fairground.questions.wealth.requests import answers_table, asked, chased, public_table
from fairground.questions.wealth.sales import reproduced

made = example()
with tempfile.TemporaryDirectory() as folder:
    outturn = Path(folder) / "outturn.csv"
    outturn.write_text(made.outturn, "utf-8")
    held = gathered([outturn])
    print(len(held.units), "areas that stay the same,", len(held.years), "years")
    answer = reproduced([outturn], made.answers, claim=75_000, draws=10, made_up=True)

print(report.headline(answer))
for line in report.working(answer):
    print("-", line)
for row in answer.value.balance:
    print("-", row.about, f"{row.among_all:.2f} {row.among_answers:.2f} {row.after_weighting:.2f}")

to_ask = "name\nStoke-on-Trent\nHastings\n"
print(report.headline(asked(to_ask, sent=date(2026, 12, 1), first="2010/11", last="2024/25")))
sent = b"Asset,Postcode,Date of sale,Price,Buyer\nOld Baths,ST1 1AA,1/5/2015,250000,Ann Lee\n"
campaign = "name,sent\nStoke-on-Trent,2026-12-01\nHastings,2026-12-01\n"
answer = chased(campaign, {"E06000021": (sent, "stoke.csv")}, on=date(2027, 1, 10))
print(report.headline(answer))
print(public_table(answer.value).splitlines()[1])
print(answers_table(answer.value).splitlines()[1])
