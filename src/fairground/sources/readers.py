"""The readers of files that do not travel with Fairground, by the name that the catalogue uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairground.sources import (
    council_finance,
    deprivation,
    international,
    local_statistics,
    postcodes,
    regional_spending,
)
from fairground.sources.tabular import Reading

__all__ = ["READERS", "Reader"]


@dataclass(frozen=True)
class Reader:
    """How a kind of file is read: the function, and the record that one row of it becomes."""

    id: str
    examine: Callable[[Path], Reading]
    record: type[Any]
    expected: int | None = None


READERS = {
    reader.id: reader
    for reader in (
        Reader("regional_spending", regional_spending.examine, regional_spending.Spent),
        Reader("local_statistics", local_statistics.examine, local_statistics.Observation),
        Reader("deprivation", deprivation.examine, deprivation.Neighbourhood, deprivation.COUNT),
        Reader("postcodes", postcodes.examine, postcodes.Postcode),
        Reader("council_finance", council_finance.examine, council_finance.Receipt),
        Reader("international", international.examine, international.RegionYear),
    )
}
