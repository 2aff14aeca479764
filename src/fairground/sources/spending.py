"""Public spending by region and financial year, as the Treasury identifies it, in £ million cash.

From the Country and Regional Analysis: transport in all, transport capital, and all identifiable capital.
"""

from __future__ import annotations

from fairground.evidence import Dataset, Quality
from fairground.sources.catalogue import source
from fairground.tables import rows

__all__ = ["read"]

COLUMNS = ("transport_total_gbp_m", "transport_capital_gbp_m", "all_capital_gbp_m")


def read() -> Dataset:
    """Return spending: columns code, financial_year and three amounts as exact text in £ million."""
    held = rows("spending")
    columns: dict[str, tuple[str, ...]] = {
        "code": tuple(row["area_code"] for row in held),
        "financial_year": tuple(row["financial_year"] for row in held),
        **{name: tuple(row[name] for row in held) for name in COLUMNS},
    }
    return Dataset(columns, source("hmt-cra-2005-2018"), Quality(len(held), len(held)))
