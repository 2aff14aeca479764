"""What a count that whole numbers steer says when it stops, and how far a float's rounding can lead astray.

A bound that was worked out in floating point is moved outward by more than its rounding error (a few units in
the last of 53 bits).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

DONE, UNSURE, OVER, PASSED = 0, 1, 2, 3
DOWN, UP = 1.0 - 2.0**-49, 1.0 + 2.0**-49

Whole = npt.NDArray[np.int64]
Marks = npt.NDArray[np.int32]
Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
