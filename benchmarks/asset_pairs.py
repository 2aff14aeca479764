"""Makes two lists of the same fictional assets, as a council and as a community would write them.

    python benchmarks/asset_pairs.py COUNCIL.csv COMMUNITY.csv [SEED [COUNCIL_SIZE COMMUNITY_SIZE]]

Kinds of fault, and how often: the council's list leaves 55% of open land without a postcode and shortens 5%
of the others, has no UPRN for 38% and no place for 12%; four in ten councils shorten words, three in ten
write in capitals, and one asset in thirteen has a neighbour on its own site (a car park, changing rooms, a
lodge). The community writes everyday names, another name altogether for 3%, a slip of the finger in 22%, no
postcode for 38%, only its first half for 5%, another street's for 2%, a UPRN for 7%, and a place for 68%, out
by 40 to 600 metres. Of the community's entries 60% are on the council's list (a tenth of those told twice),
20% are another asset on the street of one that is, and 20% are somewhere else. A street has one asset of a
kind, and a town one of a kind and name, wherever twenty tries find room. Towns, streets and people are
invented.
"""

from __future__ import annotations

import csv
import math
import random
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_name("asset_words.toml").read_text("utf-8"))
START, END, STEMS, TYPES, WEIGHTS, SHORT, GIVEN, FAMILY, SAINTS, ON_SITE = (
    WORDS[name]
    for name in ("start", "end", "stems", "types", "weights", "short", "given", "family", "saints", "on_site")
)
# name; open land or not; how common; what a council calls it; what people call it
KINDS: tuple[tuple[str, bool, int, list[str], list[str]], ...] = tuple(
    (k["name"], k["open"], k["common"], k["council"], k["people"]) for k in WORDS["kinds"]
)
UNITS = "ADEHJLNP"
FIELDS = ("id", "name", "address", "postcode", "uprn", "longitude", "latitude", "kind")


@dataclass
class Town:
    """A town: its name, its postcodes, its place, how its council writes, and its streets."""

    name: str
    area: str
    longitude: float
    latitude: float
    capitals: bool
    shortens: bool
    taken: set[tuple[str, int]] = field(default_factory=set)  # a street or a name, and a kind
    streets: list[tuple[str, str, float, float]] = field(
        default_factory=list
    )  # name, stem of postcode, place


@dataclass
class Site:
    """An asset as it truly is."""

    town: Town
    street: tuple[str, str, float, float]
    number: str
    kind: int
    proper: str
    longitude: float
    latitude: float
    postcode: str
    uprn: str
    part: str = ""


@dataclass
class Pair:
    """Two lists of rows (`FIELDS`), and for each row of the community's its row of the council's, or -1."""

    council: list[dict[str, str]]
    community: list[dict[str, str]]
    truth: list[int]


def pair(seed: int, council: int = 100_000, community: int = 20_000) -> Pair:
    """Return two lists of the same fictional assets; the same seed and sizes give the same lists."""
    chance = random.Random(seed)
    towns = _towns(chance, max(3, council // 50))
    sites = _sites(chance, towns, council)
    ours = [_council_row(chance, n, site) for n, site in enumerate(sites)]
    theirs, truth = _community(chance, towns, sites, community)
    return Pair(ours, theirs, truth)


def _invented(chance: random.Random) -> str:
    return chance.choice(START) + chance.choice(END)


def _moved(chance: random.Random, longitude: float, latitude: float, metres: float) -> tuple[float, float]:
    turn = chance.uniform(0, 2 * math.pi)
    north = metres * math.cos(turn) / 111_320
    east = metres * math.sin(turn) / (111_320 * math.cos(math.radians(latitude)))
    return longitude + east, latitude + north


def _towns(chance: random.Random, number: int) -> list[Town]:
    letters = "ABCDEGHLMNOPRSTW"
    towns = []
    for n in range(number):
        area = f"{chance.choice(letters)}{chance.choice(letters)}{n % 90 + 1}"
        name = _invented(chance) if chance.random() < 0.9 else f"{_invented(chance)} {_invented(chance)}"
        spot = chance.uniform(-3.5, 1.2), chance.uniform(50.8, 54.8)
        town = Town(name, area, *spot, chance.random() < 0.3, chance.random() < 0.4)
        for _ in range(chance.randint(12, 60)):
            town.streets.append(_street(chance, town))
        towns.append(town)
    return towns


def _street(chance: random.Random, town: Town) -> tuple[str, str, float, float]:
    told = chance.random()
    stem = STEMS[min(int(chance.expovariate(1 / 25)), len(STEMS) - 1)] if told < 0.62 else _invented(chance)
    if told > 0.92:
        stem = chance.choice(FAMILY)
    name = f"{stem} {chance.choices(TYPES, WEIGHTS)[0]}"
    postcode = f"{town.area} {chance.randint(1, 9)}{chance.choice('ABDEFGHJLN')}"
    return name, postcode, *_moved(chance, town.longitude, town.latitude, abs(chance.gauss(0, 1_500)))


def _sites(chance: random.Random, towns: list[Town], number: int) -> list[Site]:
    weights = [1 / (1 + n % 97) for n in range(len(towns))]
    sites: list[Site] = []
    while len(sites) < number:
        town = chance.choices(towns, weights)[0] if chance.random() < 0.3 else chance.choice(towns)
        site = _site(chance, town, chance.choice(town.streets))
        sites.append(site)
        if chance.random() < 0.08 and len(sites) < number:
            sites.append(_neighbour(chance, site))
    return sites


def _site(chance: random.Random, town: Town, street: tuple[str, str, float, float]) -> Site:
    """Return a site; a street has one of a kind, and a town one of a kind and name, if twenty tries allow."""
    for _ in range(20):
        kind = chance.choices(range(len(KINDS)), [k[2] for k in KINDS])[0]
        proper = _proper(chance, town, street[0])
        if not town.taken & {(street[0], kind), (proper, kind)}:
            break
    town.taken |= {(street[0], kind), (proper, kind)}
    number = "" if KINDS[kind][1] or chance.random() < 0.45 else str(chance.randint(1, 240))
    spot = _moved(chance, street[2], street[3], chance.uniform(0, 220))
    return Site(town, street, number, kind, proper, *spot, street[1] + chance.choice(UNITS), _uprn(chance))


def _proper(chance: random.Random, town: Town, street: str) -> str:
    told = chance.random()
    return (
        street.rsplit(" ", 1)[0] if told < 0.25
        else street if told < 0.45
        else town.name if told < 0.6
        else f"St {chance.choice(SAINTS)}'s" if told < 0.72
        else f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" if told < 0.8
        else _invented(chance) if told < 0.9
        else chance.choice(STEMS)
    )  # fmt: skip


def _uprn(chance: random.Random) -> str:
    return str(chance.randint(10_000_000, 10_099_999_999))


def _neighbour(chance: random.Random, site: Site) -> Site:
    spot = _moved(chance, site.longitude, site.latitude, chance.uniform(5, 80))
    return Site(
        site.town, site.street, site.number, site.kind, site.proper, *spot, site.postcode, _uprn(chance),
        chance.choice(ON_SITE),
    )  # fmt: skip


def _council_row(chance: random.Random, n: int, site: Site) -> dict[str, str]:
    kind, open_land, _, names, _ = KINDS[site.kind]
    name = f"{site.proper} {chance.choice(names)}"
    told = chance.random()
    if open_land and told < 0.05:
        name = f"Land {chance.choice(('at', 'adjacent to', 'rear of', 'off'))} {site.street[0]}"
    elif told < 0.11:
        name = f"{chance.choice(names)}, {site.street[0]}"
    elif told < 0.2:
        name = f"{site.town.name} {name}" if site.proper != site.town.name else name
    if site.part:
        name = chance.choice((f"{name} - {site.part}", f"{site.part} at {name}"))
    parts = [" ".join(filter(None, (site.number, site.street[0])))]
    if chance.random() < 0.85:
        parts.append(site.town.name)
    address = ", ".join(parts)
    if site.town.shortens:
        name, address = _shortened(chance, name), _shortened(chance, address)
    if site.town.capitals:
        name, address = name.upper(), address.upper()
    postcode = site.postcode
    if chance.random() < (0.55 if open_land else 0.04):
        postcode = ""
    elif chance.random() < 0.05:
        postcode = postcode[:-2] if chance.random() < 0.5 else postcode.split()[0]
    placed = chance.random() >= 0.12
    spot = _moved(chance, site.longitude, site.latitude, chance.uniform(0, 40))
    return {
        "id": f"C{n + 1:06}", "name": name, "address": address, "postcode": postcode,
        "uprn": "" if chance.random() < 0.38 else site.uprn,
        "longitude": f"{spot[0]:.6f}" if placed else "", "latitude": f"{spot[1]:.6f}" if placed else "",
        "kind": kind if chance.random() < 0.3 else "",
    }  # fmt: skip


def _shortened(chance: random.Random, text: str) -> str:
    return " ".join(
        SHORT[word] if word in SHORT and chance.random() < 0.75 else word for word in text.split()
    )


def _community(
    chance: random.Random, towns: list[Town], sites: list[Site], number: int
) -> tuple[list[dict[str, str]], list[int]]:
    rows: list[dict[str, str]] = []
    truth: list[int] = []
    told_once: list[int] = []
    for n in range(number):
        what = chance.random()
        if what < 0.06 and told_once:
            at = chance.choice(told_once)
            site = sites[at]
        elif what < 0.6:
            at = chance.randrange(len(sites))
            site = sites[at]
            told_once.append(at)
        elif what < 0.8:
            near = sites[chance.randrange(len(sites))]
            at, site = -1, _site(chance, near.town, near.street)
        else:
            town = chance.choice(towns)
            at, site = -1, _site(chance, town, chance.choice(town.streets))
        rows.append(_community_row(chance, n, site))
        truth.append(at)
    return rows, truth


def _community_row(chance: random.Random, n: int, site: Site) -> dict[str, str]:
    name, address = _everyday_name(chance, site), _everyday_address(chance, site)
    if chance.random() < 0.3:
        name, address = _shortened(chance, name), _shortened(chance, address)
    if chance.random() < 0.22:
        name = _slip(chance, name)
        if chance.random() < 0.4:
            address = _slip(chance, address)
    told = chance.random()
    postcode = "" if told < 0.38 else site.postcode.split()[0] if told < 0.43 else site.postcode
    if 0.43 <= told < 0.45:
        postcode = chance.choice(site.town.streets)[1] + chance.choice(UNITS)
    placed = chance.random() < 0.68
    spot = _moved(chance, site.longitude, site.latitude, chance.uniform(40, 600))
    return {
        "id": f"P{n + 1:05}", "name": name, "address": address, "postcode": postcode,
        "uprn": site.uprn if chance.random() < 0.07 else "",
        "longitude": f"{spot[0]:.5f}" if placed else "", "latitude": f"{spot[1]:.5f}" if placed else "",
        "kind": "",
    }  # fmt: skip


def _everyday_name(chance: random.Random, site: Site) -> str:
    _, _, _, formal, names = KINDS[site.kind]
    called = chance.choice(names) if chance.random() < 0.65 else chance.choice(formal).lower()
    told = chance.random()
    name = f"{site.proper} {called}"
    if told < 0.03:
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {called}"
    elif told < 0.17:
        name = f"{called} on {site.street[0]}"
    elif told < 0.24:
        name = f"{called}, {site.town.name}"
    elif told < 0.32:
        name = f"The old {name}"
    return f"{name} {site.part.lower()}" if site.part and chance.random() < 0.98 else name


def _everyday_address(chance: random.Random, site: Site) -> str:
    told = chance.random()
    street = site.street[0]
    if told < 0.08:
        return site.town.name
    if told < 0.45:
        return f"{chance.choice(('', 'off ', 'corner of ', 'near '))}{street}, {site.town.name}"
    if told < 0.6:
        return street
    return ", ".join((" ".join(filter(None, (site.number, street))), site.town.name))


def _slip(chance: random.Random, text: str) -> str:
    """Return a text with one letter lost, doubled, swapped or mistaken, in a word of four or more letters."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= 4]
    if not long:
        return text
    n = chance.choice(long)
    word, at = words[n], chance.randrange(1, len(words[n]) - 1)
    way = chance.randrange(4)
    words[n] = (
        word[:at] + word[at + 1 :] if way == 0
        else word[:at] + word[at] + word[at:] if way == 1
        else word[:at] + word[at + 1] + word[at] + word[at + 2 :] if way == 2
        else word[:at] + chance.choice("aeioustrn") + word[at + 1 :]
    )  # fmt: skip
    return " ".join(words)


def write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, FIELDS)
        out.writeheader()
        out.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    made = pair(*map(int, sys.argv[3:4] or ["1"]), *map(int, sys.argv[4:6]))
    write(Path(sys.argv[1]), made.council)
    write(Path(sys.argv[2]), made.community)
