"""How much has been sold? The pounds of every council beside the answers of some, on made-up files."""

import tempfile
from pathlib import Path

from fairground import report
from fairground.questions.wealth.example_sales import example
from fairground.questions.wealth.receipts import gathered
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
