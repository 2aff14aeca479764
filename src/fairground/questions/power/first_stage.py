"""The first stage of a jury: who gets a letter, which pool to expect from it, and a resident's whole chance.

Letters go to households drawn by lot from each part of the place. How many go where is worked out from how
many answer there, which somebody must know or guess; the answer says which of the two it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step
from fairground.power.juries import (
    WAYS,
    Expected,
    Quotas,
    Share,
    Stratum,
    Target,
    chosen_addresses,
    expect_pool,
    fewest_letters,
    share_letters,
    shares_of,
)
from fairground.questions.power.addresses import AddressesRead, RatesRead, letters_csv, strata_of

__all__ = ["RATE", "expect", "letters"]

RATE = 0.02  # between two that were published: 92 answers to 8,000 letters, and 1,727 to 30,000
EXPECT = Method(
    "jury-pool-expected",
    "Pools made by chance from letters and rates; from each the fairest draw",
    "Flanigan, Gölz, Gupta and Procaccia (2020), Neutralizing self-selection bias in sampling for sortition",
)


@dataclass(frozen=True)
class LettersTo:
    """One part of the place: its addresses and letters.

    Parameters
    ----------
    letter_chance : of an address to get a letter. answer_rate : letters that bring a volunteer.
        pool_chance : that an address is in the pool.
    """

    part_of_place: str
    addresses: int
    letters: int
    letter_chance: float
    answer_rate: float
    to_expect: float
    pool_chance: float


@dataclass(frozen=True)
class Letters:
    """Letters to send.

    Parameters
    ----------
    again : addresses left out because their household was there already.
    """

    letters: int
    addresses: int
    again: int
    way: str
    volunteers: float
    rows: tuple[LettersTo, ...]


@dataclass(frozen=True)
class ToExpect:
    """Volunteers to expect with one value, beside its target; nine pools in ten lie in between."""

    feature: str
    value: str
    least: int
    most: int
    few_people: float
    to_expect: float
    many_people: float
    for_each_place: float | None


@dataclass(frozen=True)
class WholeChance:
    """The chances of one part of the place from end to end.

    Parameters
    ----------
    if_volunteer : a volunteer's chance to be drawn. of_address : chance that somebody of an address sits on
        the jury. of_resident : the same for a grown-up.
    """

    part_of_place: str
    letter_chance: float
    answer_rate: float
    if_volunteer: float
    of_address: float
    of_resident: float


@dataclass(frozen=True)
class PoolToExpect:
    """The pool to expect, and the chance that a jury can be drawn from it, with its 95% limits."""

    letters: int
    few: float
    expected: float
    many: float
    fills: float
    fills_least: float
    fills_most: float
    pools: int
    rows: tuple[ToExpect, ...]
    strata: tuple[WholeChance, ...]


def letters(
    read: AddressesRead, rates: RatesRead | None, *, number: int = 0, way: str = "evened",
    targets: Sequence[Target] = (), target_source: Source | None = None, shares: Sequence[Share] = (),
    times: float = 0.0, rate: float = RATE, values: Sequence[str],
) -> tuple[Answer[Letters], str]:  # fmt: skip
    """Answer which addresses get a letter, and return them as CSV text.

    Parameters
    ----------
    number : of letters; 0 for the fewest by which `times` the middle of each target volunteer. rate : of
        answers where no rates are given. values : public values that choose the addresses.

    Raises
    ------
    BadInput : neither a number nor targets to work it out from; numbers that cannot be. Impossible : not even
    letters to everybody bring so many volunteers.
    """
    strata, sent, way = _sent(read, rates, number, way, targets, shares, times, rate)
    both = tuple(zip(strata, sent, strict=True))
    rows = tuple(_letters_to(one, n) for one, n in both)
    chosen = {one.name: chosen_addresses(one.addresses, n, values, one.name) for one, n in both}
    total = sum(one.addresses for one in strata)
    value = Letters(sum(sent), total, read.again, way, sum(row.to_expect for row in rows), rows)
    known = next(one for one in WAYS if one.id == way)
    method = Method(f"jury-letters-{way}", known.name, known.reference)
    steps = [
        Step(
            "letters.planned", {"letters": value.letters, "addresses": total, "volunteers": value.volunteers}
        ),
        Step("letters.way", {"way": known.name, "does": known.does}),
        *_known(rates, rate),
    ]  # fmt: skip
    if read.again:
        steps.append(Step("letters.again", {"addresses": read.again}))
    low, high = min(row.pool_chance for row in rows), max(row.pool_chance for row in rows)
    steps.append(Step("letters.in-pool", {"low": low, "high": high}))
    steps.append(Step("letters.values", {"values": " / ".join(values)}))
    sources = _sources(read, rates, target_source)
    return Answer(value, method, tuple(steps), sources), letters_csv(read, chosen)


def _letters_to(one: Stratum, n: int) -> LettersTo:
    part = n / one.addresses
    return LettersTo(_told(one), one.addresses, n, part, one.rate, n * one.rate, part * one.rate)


def expect(
    read: AddressesRead, rates: RatesRead | None, targets: Sequence[Target], target_source: Source,
    size: int, *, number: int = 0, way: str = "evened", shares: Sequence[Share] = (), times: float = 0.0,
    rate: float = RATE, pools: int = 200, seed: int = 1, told: Callable[[float], None] | None = None,
) -> Answer[PoolToExpect]:  # fmt: skip
    """Answer which pool to expect, whether it fills a jury, and what a resident's chance is from end to end.

    Parameters
    ----------
    number, way, times, rate : as for `letters`. pools : how many pools are tried. seed : of all chance.

    Raises
    ------
    BadInput : as for `letters`; no pool to try.
    """
    quotas = Quotas(size, tuple(targets))
    strata, sent, _ = _sent(read, rates, number, way, targets, shares, times, rate)
    found = expect_pool(strata, sent, quotas, pools=pools, seed=seed, told=told)
    value = _to_expect(strata, sent, quotas, found)
    steps = [
        Step("letters.expected", {
            "letters": value.letters, "expected": value.expected, "few": value.few, "many": value.many,
        }),
        Step("letters.fills", {
            "size": size, "pools": found.pools, "filled": found.filled, "least": value.fills_least,
            "most": value.fills_most,
        }),
        *_known(rates, rate),
    ]  # fmt: skip
    scarce = [row for row in value.rows if row.for_each_place is not None]
    if scarce:
        least = min(scarce, key=lambda row: row.for_each_place or 0.0)
        steps.append(
            Step(
                "letters.scarce",
                {"feature": least.feature, "value": least.value, "times": least.for_each_place},
            )
        )
    if found.drawn:
        low, high = (f(one.of_address for one in value.strata) for f in (min, max))
        ends = {"low": low, "high": high, "pools": found.drawn}
        steps.append(Step("letters.whole-chance", ends))
    steps.append(Step("letters.alone", {}))
    return Answer(value, EXPECT, tuple(steps), _sources(read, rates, target_source))


def _sent(
    read: AddressesRead, rates: RatesRead | None, number: int, way: str, targets: Sequence[Target],
    shares: Sequence[Share], times: float, rate: float,
) -> tuple[tuple[Stratum, ...], tuple[int, ...], str]:  # fmt: skip
    place = tuple(shares) or (shares_of(Quotas(_size(targets), tuple(targets))) if targets else ())
    strata = strata_of(read, rates, rate, place)
    if not number:
        if not targets or times <= 0:
            allowed = "--letters, or targets and how many volunteers for each place (--times)"
            raise BadInput("How many letters are sent?", "letters", number, allowed)
        number, way = fewest_letters(strata, targets, times), "targets"
    return strata, share_letters(strata, number, way, targets), way


def _size(targets: Sequence[Target]) -> int:
    """Return a size for which the targets of every feature can be met, where no size was given."""
    features = dict.fromkeys(target.feature for target in targets)
    return max(1, *(sum(t.low for t in targets if t.feature == f) for f in features))


def _to_expect(
    strata: Sequence[Stratum], sent: Sequence[int], quotas: Quotas, found: Expected
) -> PoolToExpect:
    rows = []
    for at, target in enumerate(quotas.targets):
        middle = (target.low + target.high) / 2
        mean = float(found.means[at])
        rows.append(ToExpect(
            target.feature, target.value, target.low, target.high, float(found.low[at]), mean,
            float(found.high[at]), mean / middle if middle else None,
        ))  # fmt: skip
    whole = []
    for one, n, jurors in zip(strata, sent, found.jurors, strict=True):
        volunteers = n * one.rate
        whole.append(WholeChance(
            _told(one), n / one.addresses, one.rate, float(jurors) / volunteers if volunteers else 0.0,
            float(jurors) / one.addresses, float(jurors) / one.addresses / one.people,
        ))  # fmt: skip
    mean, few, many = found.volunteers
    return PoolToExpect(sum(sent), few, mean, many, *found.fills(), found.pools, tuple(rows), tuple(whole))


def _told(stratum: Stratum) -> str:
    return ", ".join(stratum.name) or "everywhere"


def _known(rates: RatesRead | None, rate: float) -> list[Step]:
    if rates is None:
        return [Step("letters.guess", {"rate": rate})]
    if rates.told:
        return [Step("letters.rates", {"told": "; ".join(rates.told)})]
    return [Step("letters.rates.unsaid", {})]


def _sources(
    read: AddressesRead, rates: RatesRead | None, target_source: Source | None
) -> tuple[Source, ...]:
    more = [rates.source] if rates else []
    return (*read.sources, *more, *([target_source] if target_source else []))
