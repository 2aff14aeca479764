"""One linear or whole-number program, solved by HiGHS again and again with other numbers.

Huangfu and Hall (2018), Parallelizing the dual revised simplex method; HiGHS is open and needs no licence.
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

__all__ = ["INFINITE", "Program"]

INFINITE = highspy.kHighsInf
QUIET = highspy.Highs.__bases__[0]  # Highs itself prints a banner when it is made, and nothing turns that off
Floats = NDArray[np.float64]


class Program:
    """Find x with the greatest `cost`·x, where low <= matrix·x <= high and least <= x <= most.

    Parameters
    ----------
    whole : the x must be whole numbers.
    """

    def __init__(
        self, matrix: Any, low: Floats, high: Floats, least: Floats, most: Floats, *, whole: bool = False
    ) -> None:
        rows, columns = matrix.shape
        self.highs: Any = QUIET()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = columns, rows
        program.col_cost_ = np.zeros(columns)
        program.col_lower_, program.col_upper_ = np.array(least), np.array(most)
        program.row_lower_, program.row_upper_ = np.array(low), np.array(high)
        filled = sparse.csr_matrix(matrix)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = filled.indptr.astype(np.int32)
        program.a_matrix_.index_ = filled.indices.astype(np.int32)
        program.a_matrix_.value_ = filled.data
        program.sense_ = highspy.ObjSense.kMaximize
        if whole:
            program.integrality_ = [highspy.HighsVarType.kInteger] * columns
        self.highs.passModel(program)
        self.columns = np.arange(columns, dtype=np.int32)
        self.rows = np.arange(rows, dtype=np.int32)

    def bounds(self, least: Floats, most: Floats) -> None:
        """Set the least and most of every x."""
        self.highs.changeColsBounds(len(self.columns), self.columns, np.array(least), np.array(most))

    def bound(self, column: int, least: float, most: float) -> None:
        """Set the least and most of one x."""
        self.highs.changeColBounds(column, least, most)

    def row(self, row: int, low: float, high: float) -> None:
        """Set the least and most of one row."""
        self.highs.changeRowBounds(row, low, high)

    def limits(self, low: Floats, high: Floats) -> None:
        """Set the least and most of every row."""
        self.highs.changeRowsBounds(len(self.rows), self.rows, np.array(low), np.array(high))

    def more(self, matrix: Any, low: Floats, high: Floats) -> None:
        """Add rows; the next solving goes on from the last answer."""
        filled = sparse.csr_matrix(matrix)
        starts, places = filled.indptr[:-1].astype(np.int32), filled.indices.astype(np.int32)
        number = len(low)
        self.highs.addRows(number, np.array(low), np.array(high), filled.nnz, starts, places, filled.data)
        self.rows = np.arange(len(self.rows) + number, dtype=np.int32)

    def costs(self, cost: Floats) -> None:
        """Set what each x is worth."""
        self.highs.changeColsCost(len(self.columns), self.columns, np.array(cost))

    def within(self, share: float) -> None:
        """Let a whole-number answer be worse than the best by this share; with 0, by nothing at all."""
        self.highs.setOptionValue("mip_rel_gap", share)
        if not share:
            self.highs.setOptionValue("mip_abs_gap", 0.0)

    def finely(self) -> None:
        """Let no row or bound be missed by more than a billionth."""
        self.highs.setOptionValue("primal_feasibility_tolerance", 1e-9)

    def inside(self) -> None:
        """Solve by an interior point, which is quick where many answers are almost as good."""
        self.highs.setOptionValue("solver", "ipm")
        self.highs.setOptionValue("run_crossover", "off")

    def solve(self) -> Floats | None:
        """Return the best x, or None where there is none.

        Raises
        ------
        ArithmeticError : the solver gave up.
        """
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return np.array(self.highs.getSolution().col_value)
        none = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
        if status in none:
            return None
        raise ArithmeticError(f"the solver stopped: {self.highs.modelStatusToString(status)}")

    def duals(self) -> Floats:
        """Return how much the best value grows for each unit by which a row is let out."""
        return np.array(self.highs.getSolution().row_dual)

    def at_best(self) -> float:
        """Return what the value of no x of whole numbers can pass, as the search knows it."""
        return float(self.highs.getInfo().mip_dual_bound)

    def worth(self) -> float:
        """Return the value of the best x."""
        return float(self.highs.getInfo().objective_function_value)
