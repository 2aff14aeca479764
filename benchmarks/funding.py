"""The funding engine against a general-purpose solver on the same problem, in one run.

The problem: share a pot between places in proportion to scores, as closely as possible (least sum of
(a - x)^2 / x), inside a floor and a cap for each place, adding up to the pot. HiGHS solves it as a quadratic
programme; ours finds the exact optimum and whole pence. Times are processor time of this process, so that
others on the machine disturb them less; each ratio comes with its lowest and highest.
Run: `python benchmarks/funding.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import highspy
import numpy as np

from fairground.questions.wealth import formula
from fairground.wealth.funding import Draws, sensitivity
from fairground.wealth.funding.allocation import Problem, bounded

PLACES = 33_755
POT = 8_600_000_000_000
SEED = 1


def made_up(places: int = PLACES) -> Problem:
    """Return as many places as England has small areas, floors of half and caps of twice the mean."""
    generator = np.random.Generator(np.random.PCG64(SEED))
    people = generator.integers(1_000, 3_500, places)
    need = np.maximum(np.rint(generator.gamma(2.0, 0.5, places) * 1e9), 1e6).astype(np.int64)
    total = int(people.sum())
    return Problem(
        tuple(f"E{i:08}" for i in range(places)),
        tuple(int(p) * int(n) for p, n in zip(people, need, strict=True)),
        tuple(POT * int(p) // (2 * total) for p in people),
        tuple(-(-2 * POT * int(p) // total) for p in people),
        POT,
    )


def by_highs(problem: Problem) -> np.ndarray:
    """Return the amounts in pounds that HiGHS finds for the same quadratic programme."""
    n = len(problem.codes)
    scores = np.asarray(problem.scores, dtype=np.float64)
    fair = scores / scores.sum() * n
    model = highspy.HighsModel()
    lp, hessian = model.lp_, model.hessian_
    lp.num_col_, lp.num_row_ = n, 1
    lp.col_cost_ = np.full(n, -2.0)
    lp.col_lower_ = np.asarray(problem.lower, dtype=np.float64) * n / problem.pot
    lp.col_upper_ = np.asarray(problem.upper, dtype=np.float64) * n / problem.pot
    lp.row_lower_ = lp.row_upper_ = np.array([float(n)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([0, n])
    lp.a_matrix_.index_ = np.arange(n)
    lp.a_matrix_.value_ = np.ones(n)
    hessian.dim_ = n
    hessian.format_ = highspy.HessianFormat.kTriangular
    hessian.start_ = np.arange(n + 1)
    hessian.index_ = np.arange(n)
    hessian.value_ = 2.0 / fair
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", 60.0)
    solver.passModel(model)
    solver.run()
    print("HiGHS says:", solver.modelStatusToString(solver.getModelStatus()))
    return np.asarray(solver.getSolution().col_value) * problem.pot / n / 100


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of processor time that a call took, and what it returned."""
    start = time.process_time()
    found = run()
    return time.process_time() - start, found


def compare(places: int) -> None:
    """Print both times for one number of places, the ratio, and how far apart the amounts are."""
    problem = made_up(places)
    ours = [timed(lambda: bounded(problem)) for _ in range(7)]
    theirs = [timed(lambda: by_highs(problem)) for _ in range(3 if places < 1_000 else 1)]
    found, amounts = ours[0][1], theirs[0][1]
    assert sum(found.pence) == POT
    apart = np.abs(amounts - np.asarray(found.pence) / 100).max() if amounts.size else np.nan
    own, other = sorted(seconds for seconds, _ in ours), sorted(seconds for seconds, _ in theirs)
    middle = other[len(other) // 2] / own[len(own) // 2]
    ends = f"{other[0] / own[-1]:,.0f} to {other[-1] / own[0]:,.0f}"
    took = f"{own[3] * 1000:.1f} ms ({own[0] * 1000:.1f} to {own[-1] * 1000:.1f})"
    print(
        f"{places:,} places: ours {took}, exact to the penny; "
        f"HiGHS {other[len(other) // 2]:.2f} s; ratio {middle:,.0f} ({ends}); "
        f"furthest apart £{apart:,.2f}",
        flush=True,
    )


def draws(name: str, error: Fraction) -> None:
    """Print how long a sensitivity run of the 296 districts takes."""
    choice = formula.Choice.read("8600000000", floor="0.7", cap="1.6")
    areas, rules = formula.for_districts(choice), choice.formula()
    seconds, _ = timed(lambda: sensitivity(rules, areas, draws=Draws(10_000, SEED, None, error)))
    print(f"296 places, 10,000 draws of {name}: {seconds:.1f} s", flush=True)


def main() -> None:
    """Compare at three sizes."""
    bounded(made_up(10))
    draws("weights", Fraction(0))
    draws("weights and errors", Fraction(5, 100))
    for places in (296, 4_000, PLACES):
        compare(places)


if __name__ == "__main__":
    main()
