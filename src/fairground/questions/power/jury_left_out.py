"""Why volunteers can be on no jury that meets the targets, in words."""

from __future__ import annotations

from collections.abc import Sequence

from fairground.evidence import Step
from fairground.power.juries import Pool, Quotas, obstacles

__all__ = ["left_out_steps"]

SHOWN = 20


def left_out_steps(
    pool: Pool, quotas: Quotas, ids: Sequence[str], *, proven: bool = True
) -> tuple[Step, ...]:
    """Name who is on no jury that meets the targets, and say which targets none with them can meet.

    Parameters
    ----------
    proven : they can be on none; else all that is known is that a lottery gives them no chance.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer
    >>> pool = Pool(("age",), (Volunteer("a", ("young",)), Volunteer("b", ("old",))))
    >>> quotas = Quotas(1, (Target("age", "young", 0, 0), Target("age", "old", 0, 1)))
    >>> [step.facts.get("targets") for step in left_out_steps(pool, quotas, ["a"])]
    [None, 'age young (0 to 0)']
    """
    if not ids:
        return ()
    shown = ids[:SHOWN]
    facts = {"people": len(ids), "ids": ", ".join(shown)}
    if not proven:
        return (Step("juries.without", facts),)
    steps = [Step("juries.unreachable", facts)]
    homes = any(person.household for person in pool.volunteers)
    for targets, who in obstacles(pool, quotas, shown).items():
        named_ids = {"ids": ", ".join(who)}
        if not targets:
            steps.append(Step("juries.unreachable.full", named_ids))
            continue
        named = "; ".join(f"{t.feature} {t.value} ({t.low} to {t.high})" for t in targets)
        key = "juries.unreachable.homes" if homes else "juries.unreachable.why"
        steps.append(Step(key, {**named_ids, "targets": named}))
    return tuple(steps)
