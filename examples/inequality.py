"""How wide is the gap, how much of it lies between regions, and where does Stoke-on-Trent stand?"""

from fairground import report
from fairground.questions.wealth import decomposition, inequality
from fairground.questions.wealth.convergence import convergence
from fairground.questions.wealth.standing import indicators, standing, standing_over_time
from fairground.wealth.inequality import Reading, fifth, rank_range, regional_gap

for answer in (
    inequality.gap("hle_female", "2018-20"),
    inequality.gap_over_time("hle_female"),
    decomposition.decompose("gdhi_per_head", "2023"),
    decomposition.decompose_over_time("gdhi_per_head"),
    convergence("gdhi_per_head"),
    standing("Stoke-on-Trent"),
    standing_over_time("North East", "hle_female"),
    indicators(),
):
    print(report.headline(answer))

# The same engine on figures of one's own: three towns, with 95% limits.
towns = [Reading("a", "Ash", 3.0, 2.5, 3.5), Reading("b", "Beech", 2.0, 1.4, 2.6), Reading("c", "Cedar", 1.0)]
found = regional_gap(towns, indicator="trees", period="2026", better="higher")
print(f"{found.best} has {found.gap:g} more than {found.worst}.")
rank = rank_range("b", towns, better="higher")
print(f"Beech is {rank.rank} of {rank.of}, between {rank.best} and {rank.worst}: fifth {fifth(rank)}.")
