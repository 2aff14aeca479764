"""Small made-up lists, from the generator of the benchmark, and the labels that a truthful person gives."""

import importlib.util
import sys
from functools import cache
from pathlib import Path

from fairground.wealth.property import linkage as engine

PLACE = Path(__file__).parents[4] / "benchmarks" / "asset_pairs.py"


@cache
def generator():
    spec = importlib.util.spec_from_file_location("asset_pairs", PLACE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["asset_pairs"] = module
    spec.loader.exec_module(module)
    return module


def entry(row):
    spot = (float(row["longitude"]), float(row["latitude"])) if row["longitude"] else (None, None)
    return engine.Entry(
        row["id"], row["name"], row["address"], row["postcode"], row["uprn"], row["kind"], *spot
    )


@cache
def lists(seed=7, council=400, community=120):
    """Return the council's list, the community's, and the truth: id to id, or to None."""
    made = generator().pair(seed, council, community)
    truth = {
        row["id"]: made.council[at]["id"] if at >= 0 else None
        for row, at in zip(made.community, made.truth, strict=True)
    }
    first = engine.Listing.of("council", map(entry, made.council))
    second = engine.Listing.of("community", map(entry, made.community))
    return first, second, truth


@cache
def prepared():
    return engine.prepare(*lists()[:2])


def labelled(number, seed=0):
    """Return truthful labels of the pairs that the engine asks about, in two rounds."""
    truth, pairs, labels = lists()[2], prepared(), []
    for turn in range(2):
        asked = engine.to_ask(engine.link(pairs, labels), number // 2, seed=seed + turn)
        labels += [engine.Label(one, two, truth[two] == one) for one, two in asked]
    return labels
