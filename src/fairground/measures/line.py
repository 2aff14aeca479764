"""The straight line that fits best, each point counted by its weight, and how sure its slope is.

Reference: Wooldridge, "Introductory Econometrics", section 8.4 (weighted least squares); MacKinnon and White,
"Some heteroskedasticity-consistent covariance matrix estimators", Journal of Econometrics 29(3), 1985 (HC3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from fairground.measures.sample import Floats, mean_of


@dataclass(frozen=True)
class Line:
    """A line by weighted least squares; `p` are shares of weight, `centred` is x less its weighted mean."""

    slope: float
    intercept: float
    r_squared: float
    p: Floats
    centred: Floats
    residual: Floats
    square: float

    def robust_error(self) -> tuple[float | None, float | None]:
        """Return the HC3 error of the slope and its p-value; None when one point has all the leverage."""
        leverage = self.p * (1 + self.centred**2 / self.square)
        if self.p.size < 3 or leverage.max() > 1 - 1e-9:
            return None, None
        pull = self.p * self.centred * self.residual / (1 - leverage)
        error = float(np.sqrt(np.sum(pull**2))) / self.square
        return error, self._p_value(error)

    def plain_error(self) -> tuple[float | None, float | None]:
        """Return the usual error of an unweighted slope and its p-value; None with two points."""
        freedom = self.p.size - 2
        if freedom < 1:
            return None, None
        error = float(np.sqrt(np.sum(self.residual**2) / freedom / np.sum(self.centred**2)))
        return error, self._p_value(error)

    def _p_value(self, error: float) -> float:
        """Two-sided, by Student's t with n - 2; a flat line without error has 1."""
        if error == 0:
            return 1.0 if self.slope == 0 else 0.0
        return float(2 * special.stdtr(self.p.size - 2, -abs(self.slope) / error))


def fit_line(x: Floats, y: Floats, w: Floats) -> Line:
    """Fit y on x, both (n,), weighted by w; x must not be all alike."""
    p = w / w.sum()
    centred, lifted = x - mean_of(p, x), y - mean_of(p, y)
    square = mean_of(p, centred**2)
    slope = mean_of(p, centred * lifted) / square
    residual = lifted - slope * centred
    whole = mean_of(p, lifted**2)
    explained = 1.0 - mean_of(p, residual**2) / whole if whole > 0 else 1.0
    return Line(slope, mean_of(p, y) - slope * mean_of(p, x), explained, p, centred, residual, square)
