"""How real schemes share money: the list, and the transport grant's rule worked on the regions."""

from fairground import report
from fairground.questions.wealth import schemes

for row in schemes.schemes().value.rows:
    print(row.name)
print()
print(report.as_text(schemes.scheme("capability-grant", amount="28000000", level="regions")))
