"""The pub is for sale: by which day must the village ask, and when may the owner sell to anyone?"""

from datetime import date

from fairground import report
from fairground.questions.wealth.property import case, deadline, events_of, procedures

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
