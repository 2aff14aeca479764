"""Is £56 million for Stoke-on-Trent fair? The question of a resident, answered with its working."""

from fairground import report
from fairground.questions.wealth.award import award

answer = award("Stoke-on-Trent", 56_000_000, years=5)
print(report.headline(answer))
for line in report.working(answer):
    print("-", line)
