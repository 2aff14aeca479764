"""Whether members of a jury are paid for their time at least what people need to live on.

The measure is the real living wage of the Living Wage Foundation (standards.toml), which nobody is bound to
pay by law. Whether a jury's members are paid, and how much, is for whoever sets it up to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from fairground import standards
from fairground.errors import BadInput

PACKAGE = "fairground.power.juries"
EVERY = timedelta(days=372)  # a new rate has come each autumn; a week of grace


@dataclass(frozen=True)
class Rate:
    """What an hour must pay: pounds, since which day, and whether a newer rate is likely out by then."""

    pounds: Decimal
    since: date
    old: bool

    @property
    def season(self) -> str:
        """The years that the rate is named by, as "2025-26"."""
        return f"{self.since.year}-{(self.since.year + 1) % 100:02d}"


@dataclass(frozen=True)
class Wage:
    """What somebody had for their time: whole pence and minutes, beside the rate of the day."""

    pence: int
    minutes: int
    rate: Rate

    def __post_init__(self) -> None:
        if self.pence < 0:
            raise BadInput("A payment is not less than nothing", "pence", self.pence, "0 or more")
        if self.minutes <= 0:
            raise BadInput("A payment for time needs some time", "minutes", self.minutes, "1 or more")

    @property
    def hourly(self) -> Fraction:
        """Pounds for an hour, exactly."""
        return Fraction(self.pence * 60, self.minutes * 100)

    @property
    def enough(self) -> bool:
        """Whether the hour pays at least the rate."""
        return self.missing == 0

    @property
    def missing(self) -> int:
        """The least whole pence that would have to be added to reach the rate."""
        needed = Fraction(self.rate.pounds) * 100 * self.minutes / 60
        return max(0, ceil(needed - self.pence))


def rate(day: date, *, london: bool) -> Rate:
    """Return the real living wage of a day: the last rate announced by then that is held here.

    Raises
    ------
    BadInput : a day before the first rate that is held.
    """
    standard = standards.get(PACKAGE, "real-living-wage-london" if london else "real-living-wage")
    pounds = Decimal(standard.on(day))
    since = max(one.start for one in standard.values if one.start <= day)
    last = max(one.start for one in standard.values)
    return Rate(pounds, since, since == last and day > since + EVERY)


def wage(pence: int, minutes: int, day: date, *, london: bool = False) -> Wage:
    """Return what somebody was paid for their time on a day, beside the real living wage.

    >>> from datetime import date
    >>> found = wage(6000, 360, date(2026, 1, 10))
    >>> float(found.hourly), found.enough, found.missing
    (10.0, False, 2070)
    """
    return Wage(pence, minutes, rate(day, london=london))
