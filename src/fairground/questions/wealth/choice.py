"""What a person chooses for a formula: a pot, what counts as need, and how far the rules may go.

A choice is read from typed text, with each fault named, and written down again as text for a sealed formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fairground import typed
from fairground.errors import BadInput
from fairground.questions.wealth.matching import matched
from fairground.sources import figures
from fairground.wealth.funding.formula import Formula
from fairground.wealth.funding.need import Weighted

__all__: list[str] = []

DEFAULT = (("imd2025_average_score", Fraction(1, 2)), ("gva_per_hour", Fraction(1, 2)))
MOST_YEARS = 19


def _pot(text: object, match: str) -> Fraction:
    """Return the pounds to share: those that were given, or those that match a region's level."""
    given = bool(str(text).strip())
    if given and match:
        raise BadInput("Give a pot, or a region to match, not both", "match", match, "a pot or a region")
    if not given and not match:
        raise BadInput(
            "Give a pot, or a region to match", "pot", "none", "pounds, or a region such as London"
        )
    return Fraction(matched(match).pot, 100) if match else typed.pounds(text, "pot", least=0, most=10**13)


def _years(text: object) -> int:
    """Read over how many of the latest years catch-up looks back; ten where nothing is said."""
    return typed.whole(text, "look_back", least=1, most=MOST_YEARS) if str(text).strip() else 10


@dataclass(frozen=True)
class Choice:
    """Every choice a person can make, in exact numbers; `pot` is pounds.

    `match` is the region whose level the pot was worked out to match, or nothing; `power` is the exponent of
    need, and `cost` that of the cost of work, 0 for off.

    Raises
    ------
    BadInput : a pot that is not whole pennies or not above zero, weights that do not add up to 1.
    """

    pot: Fraction
    indicators: tuple[tuple[str, Fraction], ...] = DEFAULT
    floor: Fraction | None = None
    cap: Fraction | None = None
    catch_up: Fraction = Fraction(0)
    rounding: str = "largest-remainder"
    look_back: int = 10
    match: str = ""
    power: Fraction = Fraction(1)
    cost: Fraction = Fraction(0)
    beta: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if self.pot <= 0 or (self.pot * 100).denominator != 1:
            raise BadInput("A pot is an amount of pounds and whole pence", "pot", _shown(self.pot), "above 0")
        if not 1 <= self.look_back <= MOST_YEARS:
            raise BadInput("This number is out of range", "look_back", self.look_back, f"1 to {MOST_YEARS}")
        if self.beta != 1 and not self.catch_up:
            raise BadInput(
                "There is no catch-up to raise to a power", "beta", _shown(self.beta), "give catch-up too"
            )
        for id, _ in self.indicators:
            figures.indicator(id)
        self.formula()

    @staticmethod
    def read(
        pot: object = "",
        *,
        indicators: Mapping[str, object] | None = None,
        floor: object = "",
        cap: object = "",
        catch_up: object = "",
        rounding: str = "largest-remainder",
        look_back: object = "",
        match: str = "",
        power: object = "",
        cost: object = "",
        beta: object = "",
    ) -> Choice:
        """Return a choice from what a person typed; empty text leaves a floor or cap out.

        Either a pot is given, or a region to match: then the pot is what lifts every place to its level.

        Raises
        ------
        BadInput : names the field, the value and what is allowed.
        """
        weights = {
            id: typed.exact(w, id, least=0, most=1) for id, w in (indicators or {}).items() if str(w).strip()
        }
        chosen = tuple((id, weight) for id, weight in weights.items() if weight) if indicators else DEFAULT
        return Choice(
            _pot(pot, match.strip()),
            chosen,
            typed.exact(floor, "floor", least=0, most=1) if str(floor).strip() else None,
            typed.exact(cap, "cap", least=1, most=100) if str(cap).strip() else None,
            typed.exact(catch_up, "catch_up", least=0, most=10) if str(catch_up).strip() else Fraction(0),
            rounding,
            _years(look_back),
            match.strip(),
            typed.exact(power, "power", least=0, most=5) if str(power).strip() else Fraction(1),
            typed.exact(cost, "cost", least=0, most=5) if str(cost).strip() else Fraction(0),
            typed.exact(beta, "beta", least=0, most=5) if str(beta).strip() else Fraction(1),
        )

    def formula(self) -> Formula:
        """Return the engine's formula for these choices."""
        chosen = tuple(
            Weighted(id, weight, "better" if figures.indicator(id).better == "higher" else "worse")
            for id, weight in self.indicators
        )
        made = Formula(
            chosen,
            int(self.pot * 100),
            alpha=self.power,
            gamma=self.cost,
            floor=self.floor,
            cap=self.cap,
            rounding=self.rounding,
        )
        return replace(made, beta=self.beta, kappa=self.catch_up) if self.catch_up else made


def _shown(value: Fraction) -> str:
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")


def choice_as_record(choice: Choice) -> dict[str, Any]:
    """Return a choice as plain text fields, from which `Choice.read` makes it again."""
    return {
        "pot": "" if choice.match else str(Decimal(int(choice.pot * 100)) / 100),
        "indicators": {id: str(Decimal(w.numerator) / Decimal(w.denominator)) for id, w in choice.indicators},
        "floor": ""
        if choice.floor is None
        else str(Decimal(choice.floor.numerator) / choice.floor.denominator),
        "cap": "" if choice.cap is None else str(Decimal(choice.cap.numerator) / choice.cap.denominator),
        "catch_up": str(Decimal(choice.catch_up.numerator) / choice.catch_up.denominator),
        "rounding": choice.rounding,
        "look_back": str(choice.look_back),
        "match": choice.match,
        "power": _decimal(choice.power),
        "cost": _decimal(choice.cost),
        "beta": _decimal(choice.beta),
    }


def _decimal(value: Fraction) -> str:
    return str(Decimal(value.numerator) / Decimal(value.denominator))
