"""Greedy: the project with the most votes first, then the next, while the money lasts.

The five variants that cities use, as Pabulib names them: `greedy` skips a project that does not fit and
goes on, `greedy-no-skip` stops there, `greedy-threshold` bars low scores, `greedy-exclusive` takes one of
a group of rivals, `greedy-custom` follows an order of its own or funds the last project in part from a
reserve. Reference: https://pabulib.org/format, "rule".
"""

from __future__ import annotations

from collections.abc import Sequence

from fairground.power.budgeting.election import Election
from fairground.power.budgeting.equal_shares import Field
from fairground.power.budgeting.rules import Rule


def greedy(election: Election, rule: Rule, field: Field, *, chosen: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the projects that greedy takes, best first, after those that are already chosen."""
    scores = election.scores
    queue = sorted(
        (p for p in field.open if p not in set(chosen)), key=lambda p: (-scores[p], field.ranks[p])
    )
    if rule.sequence:
        place = {election.position(id): n for n, id in enumerate(rule.sequence)}
        queue = sorted((p for p in queue if p in place), key=place.__getitem__)
    taken, left = list(chosen), field.budget - sum(field.costs[p] for p in chosen)
    for p in queue:
        if field.costs[p] <= left:
            taken.append(p)
            left -= field.costs[p]
        elif not rule.skip:
            if rule.top_up < 1 and left >= rule.top_up * field.costs[p]:
                taken.append(p)
            break
    return tuple(taken)
