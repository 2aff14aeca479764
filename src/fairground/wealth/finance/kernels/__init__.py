"""The arithmetic that must be fast: chance and curves (`luck`), and the walk through months (`months`)."""

from fairground.wealth.finance.kernels.luck import PLACES
from fairground.wealth.finance.kernels.months import walk
from fairground.wealth.finance.kernels.terms import CAUSES, Terms

__all__ = ["CAUSES", "PLACES", "Terms", "walk"]
