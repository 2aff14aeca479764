"""What the North would have had for transport at London's spending per head."""

from fairground import report
from fairground.questions.wealth import funding

answer = funding.counterfactual("north", at="London", first="2007/08", last="2016/17")
print(report.as_text(answer))
