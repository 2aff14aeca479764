"""The pub is for sale: by which day must the village ask, and when may the owner sell to anyone?"""

import tempfile
from datetime import date
from pathlib import Path

from fairground import report
from fairground.questions.wealth.disposals import sold
from fairground.questions.wealth.property import case, deadline, events_of, procedures
from fairground.questions.wealth.register import council_list

print(report.headline(procedures()))
events = events_of(
    [
        {"event": "nominate", "date": "2026-01-05"},
        {"event": "list", "date": "2026-02-02"},
        {"event": "notice-of-sale", "date": "2026-09-01"},
    ]
)
answer = case("acv-2011", events, on=date(2026, 9, 10))
print(report.headline(answer))
for line in report.working(answer):
    print("-", line)
print(report.headline(deadline(date(2026, 12, 21), 20, "working-days-anywhere")))

with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "assets.csv"
    file.write_text("UPRN,Asset name,Post code,GeoX,GeoY\n100000000101,Old Library,TS10 1AA,460000,525000\n")
    answer = council_list(file)
    print(report.headline(answer))
    for column in answer.value.rows:
        print("-", column.heading, "is", column.field, column.how)

COUNCILS = "code,class,receipts\n" + "".join(f"E{n:02},{'ab'[n % 2]},{n + 1}\n" for n in range(12))
answer = sold(COUNCILS, "code,sold\nE01,9\nE02,6\nE03,30\nE04,11\nE06,20\n", claim=300)
print(report.headline(answer))
for line in report.working(answer):
    print("-", line)
