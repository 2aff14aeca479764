"""The rules by which chances are shared: what each makes as good as can be, and where it was published.

Most rules find chances over fractional juries; `selection` writes them as a lottery of whole juries. Where
the greatest or least chance alone decides, many answers are as good, and of these the leximin one is taken.
The others are ways to draw one jury after another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fairground.errors import BadInput, NotFound
from fairground.power.juries.chance import Stream
from fairground.power.juries.decomposition import Mixture
from fairground.power.juries.entropy import max_entropy
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.legacy import legacy
from fairground.power.juries.leximin import Chances, best_chances, with_a_chance
from fairground.power.juries.sampling import Sample, Told
from fairground.power.juries.solver import INFINITE, Program
from fairground.power.juries.uniform import uniform

__all__ = ["RULES", "JuryRule", "rule"]

Floats = NDArray[np.float64]
NATURE = (
    "Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting citizens' assemblies,"
    " Nature 596"
)
SPREAD = "Named in practice as Xmin; no published definition was found, so this reading of it is our own"
ROBUST = "Flanigan, Liang, Procaccia and Wang (2024), Manipulation-robust selection of citizens' assemblies"
BOTH_ENDS = (
    "Baharav and Flanigan (2024), Fair, manipulation-robust and transparent sortition, arXiv 2406.15009"
)
RANDOM = "De Azevedo and Gölz (2026), Maximally random sortition, arXiv 2604.02712"
PLAIN = re.compile(r"\d{1,3}(\.\d{1,6})?")
GAMMAS = 0.01, 100.0
ROUNDS = 60
MEET = 1e-4  # of the sum of logarithms, however large the pool: nobody's chance is out by more than about 1%


def minimax_chances(kinds: Kinds) -> Chances | None:
    """Return chances whose highest is as low as it can be; below that, the leximin ones."""
    cap = _lowest_cap(kinds)
    return None if cap is None else best_chances(kinds, cap * (1 + 1e-12) + 1e-12)


def goldilocks_chances(kinds: Kinds, gamma: float = 1.0) -> Chances | None:
    """Return chances neither too high nor too low: the least (n/k)·highest + γ·(k/n)/lowest.

    For each cap on the highest chance the best lowest one is a linear program, and a concave function of the
    cap, so the least cost is found by golden section.
    """
    start, whole = _lowest_cap(kinds), best_chances(kinds)
    if start is None or whole is None:
        return None
    mean = float(kinds.low[0] / kinds.people.sum())

    program = with_a_chance(kinds, kinds.most)
    program.costs(np.append(np.zeros(len(kinds.units)), 1))

    def cost(cap: float) -> float:
        most = np.maximum(np.minimum(kinds.most, cap * kinds.people * (1 + 1e-12) + 1e-12), kinds.least)
        program.bounds(np.append(kinds.least, 0), np.append(most, 1))
        found = program.solve()
        lowest = 0.0 if found is None else float(found[-1])
        return cap / mean + (gamma * mean / lowest if lowest > 1e-12 else np.inf)

    low, high = start, max(start, float(whole.of_kinds.max()))
    golden = (5**0.5 - 1) / 2
    for _ in range(ROUNDS):
        left, right = high - golden * (high - low), low + golden * (high - low)
        if cost(left) <= cost(right):
            high = right
        else:
            low = left
    return best_chances(kinds, high * (1 + 1e-12) + 1e-12)


def nash_chances(kinds: Kinds) -> Chances | None:
    """Return chances whose product is greatest, over everyone who can be drawn at all.

    The logarithm of each chance is bounded from above by lines that touch it; a linear program over these
    bounds gives the next point to touch, until the bound and the value meet.
    """
    start = best_chances(kinds)
    if start is None:
        return None
    can, point = start.of_kinds > 1e-12, start.of_kinds
    program = _under_lines(kinds, can)
    for part in (1.0, 0.3, 0.1, 0.03, 0.01):
        _touch(program, kinds, can, part * kinds.most / kinds.people)
    best, value = point, -np.inf
    for _ in range(ROUNDS):
        _touch(program, kinds, can, point)
        found = program.solve()
        if found is None:
            return None
        point = found[: len(can)] / kinds.people
        reached = float((kinds.people * np.log(np.maximum(point, 1e-300)))[can].sum())
        if reached > value:
            best, value = point, reached
        if program.worth() - value <= min(1e-7 * max(1.0, abs(value)), MEET):
            break
    return Chances(np.clip(best, 0, kinds.most / kinds.people), ())


def _under_lines(kinds: Kinds, can: NDArray[np.bool_]) -> Program:
    """Return the program with variables y (people of each kind) and u <= log chance, without its lines."""
    number = len(can)
    program = Program(
        sparse.hstack([sparse.csr_matrix(kinds.matrix), sparse.csr_matrix((len(kinds.matrix), number))]),
        kinds.low, kinds.high,
        np.append(kinds.least, np.full(number, -60.0)), np.append(kinds.most, np.zeros(number)),
    )  # fmt: skip
    program.costs(np.append(np.zeros(number), np.where(can, kinds.people, 0.0)))
    return program


def _touch(program: Program, kinds: Kinds, can: NDArray[np.bool_], point: Floats) -> None:
    """Keep each logarithm below the line that touches it at these chances."""
    at = np.maximum(point, 1e-9)[can]
    slopes = sparse.diags(-1 / (at * kinds.people[can]))
    every = sparse.identity(len(can), format="csr")[can]
    low = np.full(len(at), -INFINITE)
    program.more(sparse.hstack([slopes @ every, every]), low, np.log(at) - 1)


def _lowest_cap(kinds: Kinds) -> float | None:
    """Return the lowest that the highest chance can be."""
    program = with_a_chance(kinds, kinds.most, above=True)
    program.costs(np.append(np.zeros(len(kinds.units)), -1))
    found = program.solve()
    return None if found is None else float(found[-1])


@dataclass(frozen=True)
class JuryRule:
    """One rule: its name, what it does in words, where it was published, and how it is worked out.

    Parameters
    ----------
    chances : finds the chances of each kind, as if a fraction of a person could sit. draws : draws juries
        one by one. keeps : does so with the chances of a lottery that is given, the leximin one. proven : a
        proof comes with the lottery, level by level; bounded : a bound does. compared : for comparison
        only.
    """

    id: str
    name: str
    does: str
    reference: str
    chances: Callable[[Kinds], Chances | None] | None = None
    proven: bool = False
    spread: bool = False
    draws: Callable[[Kinds, Stream, int, Told], Sample] | None = None
    keeps: Callable[[Kinds, Stream, int, Mixture, Told], Sample] | None = None
    compared: bool = False
    bounded: bool = False
    gamma: float = 1.0

    @property
    def family(self) -> str:
        """The rule's id in the catalogue, whatever the weight."""
        return self.id.partition(":")[0]


RULES = (
    JuryRule(
        "leximin", "Leximin", "raises the lowest chance as far as it goes, then the next, and so on",
        NATURE, best_chances, proven=True,
    ),
    JuryRule(
        "maximin", "Maximin, by the leximin lottery",
        "raises the lowest chance as far as it goes; of all lotteries that do, this is the leximin one",
        NATURE, best_chances, proven=True,
    ),
    JuryRule(
        "xmin", "Xmin", "gives the leximin chances, spread over many more juries", SPREAD,
        best_chances, proven=True, spread=True,
    ),
    JuryRule(
        "nash", "Nash welfare", "makes the product of all chances as great as it can be",
        NATURE, nash_chances, bounded=True,
    ),
    JuryRule(
        "minimax", "Minimax", "keeps the highest chance as low as it can be", ROBUST, minimax_chances,
        bounded=True,
    ),
    JuryRule(
        "goldilocks", "Goldilocks", "keeps chances neither too high nor too low",
        BOTH_ENDS, goldilocks_chances, bounded=True,
    ),
    JuryRule(
        "uniform", "Maximally random", "makes every jury that meets the targets equally likely",
        RANDOM, draws=uniform,
    ),
    JuryRule(
        "max-entropy", "Most random with leximin’s chances",
        "gives the leximin chances, and is beyond that as random as it can be",
        RANDOM, best_chances, proven=True, keeps=max_entropy,
    ),
    JuryRule(
        "legacy", "Legacy, for comparison only",
        "takes whoever is hardest to find next and starts anew when stuck; nobody’s chance can be worked out",
        NATURE, draws=legacy, compared=True,
    ),
)  # fmt: skip


def rule(id: str) -> JuryRule:
    """Return a rule of the catalogue; `goldilocks:0.5` is Goldilocks with γ = 0.5.

    Raises
    ------
    NotFound : there is none of that name. BadInput : a weight that cannot be.
    """
    name, _, weight = id.partition(":")
    found = next((one for one in RULES if one.id == name), None)
    if found is None or (weight and name != "goldilocks"):
        raise NotFound("There is no such rule", "rule", id, ", ".join(one.id for one in RULES))
    return _weighed(found, weight) if weight else found


def _weighed(goldilocks: JuryRule, weight: str) -> JuryRule:
    """Return Goldilocks with this weight of the low end."""
    gamma = float(f"{float(weight):g}") if PLAIN.fullmatch(weight) else 0.0
    if not GAMMAS[0] <= gamma <= GAMMAS[1]:
        raise BadInput("The weight of the low end is no such number", "gamma", weight, "0.01 to 100")
    if gamma == 1:
        return goldilocks
    return replace(
        goldilocks, id=f"goldilocks:{gamma:g}", name=f"Goldilocks, γ = {gamma:g}", gamma=gamma,
        chances=partial(goldilocks_chances, gamma=gamma),
    )  # fmt: skip
