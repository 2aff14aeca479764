"""What a paper says: its pots, its projects and who may vote, read from JSON and refused if unsound.

Its hash is the SHA-256 (FIPS 180-4) of the JSON with sorted keys and no spaces, published at the freeze.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fairground.errors import BadInput

FAMILIES = {
    "the roll": frozenset({"letter", "roll", "booth"}),
    "accounts": frozenset({"postcode", "account"}),
    "anyone": frozenset({"open"}),
}
MOST_PROJECTS = 500


@dataclass(frozen=True)
class Pot:
    """An amount of money and the districts whose people vote on it; no districts means everybody."""

    id: str
    name: str
    amount_pence: int
    districts: tuple[str, ...] = ()

    def is_for(self, district: str) -> bool:
        """Say whether people of a district vote on this pot."""
        return not self.districts or district in self.districts


@dataclass(frozen=True)
class Project:
    """A project on the paper."""

    id: str
    title: str
    cost_pence: int
    pot: str
    summary: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Eligibility:
    """Who may vote: the ways in which voters are known, the least age, and the postcodes of each district."""

    ways: tuple[str, ...]
    least_age: int = 0
    postcodes: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        known = set().union(*FAMILIES.values())
        for way in self.ways:
            if way not in known:
                raise BadInput("There is no such way to know a voter", "ways", way, ", ".join(sorted(known)))
        families = [name for name, ways in FAMILIES.items() if ways & set(self.ways)]
        if len(families) != 1:
            told = "Ways that do not know one another would let somebody vote twice"
            raise BadInput(
                told,
                "ways",
                ", ".join(self.ways) or "none",
                "ways of one kind: the roll "
                "(letter, roll, booth), accounts (account, postcode), or anyone (open)",
            )

    def district_of(self, postcode: str) -> str | None:
        """Return the district of a postcode by its longest listed beginning; None where it is outside."""
        plain = postcode.replace(" ", "").upper()
        found = [(prefix, district) for prefix, district in self.postcodes if plain.startswith(prefix)]
        return max(found, key=lambda pair: len(pair[0]))[1] if found else None


@dataclass(frozen=True)
class Specification:
    """Everything that is fixed before a vote."""

    title: str
    pots: tuple[Pot, ...]
    projects: tuple[Project, ...]
    eligibility: Eligibility

    def pots_of(self, district: str) -> tuple[Pot, ...]:
        """Return the pots on which people of a district vote."""
        return tuple(pot for pot in self.pots if pot.is_for(district))

    def costs(self, pot: str) -> dict[str, int]:
        """Return what each project of a pot costs, in pence."""
        return {project.id: project.cost_pence for project in self.projects if project.pot == pot}


def read(facts: Any) -> Specification:
    """Return the specification that JSON values hold.

    Raises
    ------
    BadInput : a part is missing, of another kind, twice, or at odds with another; names it.
    """
    pots = tuple(_pot(row, number) for number, row in enumerate(_list(facts, "pots"), 1))
    projects = tuple(_project(row, number) for number, row in enumerate(_list(facts, "projects"), 1))
    _check_ids("pots", [pot.id for pot in pots])
    _check_ids("projects", [project.id for project in projects])
    amounts = {pot.id: pot.amount_pence for pot in pots}
    for number, project in enumerate(projects, 1):
        if project.pot not in amounts:
            raise BadInput(
                "A project needs a pot of the paper", "pot", project.pot, ", ".join(amounts), number
            )
        if project.cost_pence > amounts[project.pot]:
            raise BadInput(f"'{project.title}' costs more than its pot", "cost_pence", project.cost_pence,
                           f"up to {amounts[project.pot]}", number)  # fmt: skip
    if len(projects) > MOST_PROJECTS:
        raise BadInput("There are too many projects", "projects", len(projects), f"up to {MOST_PROJECTS}")
    eligibility = _eligibility(facts.get("eligibility"))
    districts = {"", *(name for pot in pots for name in pot.districts)}
    for _, district in eligibility.postcodes:
        if district not in districts:
            raise BadInput("No pot is for this district", "postcodes", district, ", ".join(sorted(districts)))
    return Specification(_text(facts, "title"), pots, projects, eligibility)


def _pot(row: Any, number: int) -> Pot:
    districts = row.get("districts") if isinstance(row, dict) else None
    return Pot(
        _text(row, "id", number, most=40),
        _text(row, "name", number),
        _pence(row, "amount_pence", number),
        tuple(str(district) for district in districts or ()),
    )


def _project(row: Any, number: int) -> Project:
    return Project(
        _text(row, "id", number, most=40),
        _text(row, "title", number),
        _pence(row, "cost_pence", number),
        str(row.get("pot", "")),
        str(row.get("summary") or ""),
        _degrees(row, "latitude", 90, number),
        _degrees(row, "longitude", 180, number),
    )


def _eligibility(facts: Any) -> Eligibility:
    if not isinstance(facts, dict):
        raise BadInput("A paper says who may vote", "eligibility", facts, 'such as {"ways": ["letter"]}')
    age = facts.get("least_age") or 0
    if not isinstance(age, int) or not 0 <= age <= 25:
        raise BadInput("The least age is a number of years", "least_age", age, "0 to 25")
    postcodes = facts.get("postcodes") or {}
    if not isinstance(postcodes, dict):
        raise BadInput("Postcodes lead to districts", "postcodes", postcodes, 'such as {"TS10": "Coast"}')
    pairs = tuple(sorted((str(k).replace(" ", "").upper(), str(v)) for k, v in postcodes.items()))
    ways = facts.get("ways")
    if "postcode" in (ways or ()) and not pairs:
        raise BadInput("Voters known by postcode need a list of postcodes", "postcodes", "none")
    return Eligibility(tuple(str(way) for way in ways or ()), age, pairs)


def _check_ids(field: str, ids: list[str]) -> None:
    twice = next((id for id in ids if ids.count(id) > 1), None)
    if twice is not None or not ids:
        raise BadInput("Each needs an id of its own" if ids else "A paper needs at least one", field, twice)


def _list(facts: Any, field: str) -> list[Any]:
    found = facts.get(field) if isinstance(facts, dict) else None
    if not isinstance(found, list):
        raise BadInput("A paper needs a list here", field, found)
    return found


def _text(row: Any, field: str, number: int | None = None, most: int = 300) -> str:
    found = row.get(field) if isinstance(row, dict) else None
    if not isinstance(found, str) or not 1 <= len(found.strip()) <= most:
        raise BadInput("This needs words", field, found, f"1 to {most} letters", number)
    return found.strip()


def _pence(row: Any, field: str, number: int) -> int:
    found = row.get(field)
    if not isinstance(found, int) or isinstance(found, bool) or not 1 <= found <= 10**13:
        raise BadInput("An amount is a whole number of pence above zero", field, found, "1 or more", number)
    return found


def _degrees(row: Any, field: str, most: int, number: int) -> float | None:
    found = row.get(field)
    if found is None or found == "":
        return None
    if not isinstance(found, int | float) or not -most <= found <= most:
        raise BadInput("A place on the map is in degrees", field, found, f"-{most} to {most}", number)
    return float(found)
