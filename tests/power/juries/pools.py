"""Pools for tests: made by chance from a seed, and the shared ones."""

import csv
import itertools
import random

from fairground.errors import Impossible
from fairground.power.juries import Pool, Quotas, Target, Volunteer

VALUES = {"age": ("young", "old"), "area": ("north", "south", "west"), "home": ("owns", "rents")}


def tiny(seed):
    """Return a pool of up to nine people with targets, or None where the targets contradict themselves."""
    chance = random.Random(seed)
    size = chance.randint(2, 4)
    people = tuple(
        Volunteer(
            f"p{n}", tuple(chance.choice(v) for v in VALUES.values()), chance.choice(["", "", "mill", "farm"])
        )
        for n in range(chance.randint(4, 9))
    )
    targets = []
    for feature, values in VALUES.items():
        for value in values:
            low = chance.randint(0, 1)
            targets.append(Target(feature, value, low, low + chance.randint(0, 2)))
    try:
        return Pool(tuple(VALUES), people), Quotas(size, tuple(targets))
    except Impossible:
        return None


def every_jury(pool, quotas):
    """Return every jury that meets the targets, by trying all: sets of volunteers' numbers."""
    found = []
    for jury in itertools.combinations(range(len(pool.volunteers)), quotas.size):
        people = [pool.volunteers[n] for n in jury]
        homes = [p.household for p in people if p.household]
        fits = all(
            t.low <= sum(p.values[pool.features.index(t.feature)] == t.value for p in people) <= t.high
            for t in quotas.targets
        )
        if fits and len(set(homes)) == len(homes):
            found.append(jury)
    return found


def shared_pool(shared, name):
    """Return a shared pool and its quotas; the size is the folder's last number."""
    folder = shared / "data" / "juries" / name
    with (folder / "categories.csv").open() as file:
        targets = tuple(
            Target(r["feature"], r["value"], int(r["min"]), int(r["max"])) for r in csv.DictReader(file)
        )
    features = tuple(dict.fromkeys(t.feature for t in targets))
    with (folder / "respondents.csv").open() as file:
        people = tuple(
            Volunteer(r["id"], tuple(r[f] for f in features), r["address1"] + r["postcode"])
            for r in csv.DictReader(file)
        )
    return Pool(features, people), Quotas(int(name.rsplit("_", 1)[1]), targets)
