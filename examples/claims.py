"""Do the figures that people quote hold when they are worked out again?"""

from fairground import report
from fairground.questions.wealth import claims
from fairground.wealth.inequality import Claim, Recomputed, verdict

for row in claims.every().value.rows:
    print(f"{row.verdict:20} {row.statement}")
print(report.headline(claims.check("healthy-life-gap")))

# A claim of one's own, against one recomputed figure.
claim = Claim("mine", 5.0, 0.5, "years", "Five years apart.", "a leaflet", "the gap", "by-hand")
print(verdict(claim, [Recomputed("gap", "2026", 5.2, "first", literal=True)]))
