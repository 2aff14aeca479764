"""Merging two lists of assets: ours against Splink and recordlinkage, on the same files, in one run.

    python benchmarks/linkage.py [SEED [COUNCIL_SIZE COMMUNITY_SIZE]]
    make benchmark-linkage

The lists are made up from a seed (`asset_pairs`): 100,000 and 20,000 entries. Seed 1 was used to tune; seed
2, the one that is run if none is named, was held apart. Each side runs in a process of its own, the peers in
an environment of their own (`.venv-peers/linkage`). Ours asks for 400 labels in ten rounds, answered truly,
and what was asked is not counted; Splink learns without labels (seven blocking rules); recordlinkage by its
ECM (three blocks): one reasonable, untuned setting each. Each entry of the community's list is given its
likeliest partner; F1 is the best over every threshold, and at the probability of a half; "links at 99%" is
the share of true links that are found while 99% of what is linked is right; ECE the error of the
probabilities in ten bins. Times are of the whole process, reading and all.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEER = ROOT / ".venv-peers/linkage/bin/python"
SIDES = ("common practice", "recordlinkage", "splink", "ours")
LABELS, ROUNDS = 400, 10
Scored = list[tuple[str, str, float]]


def rows_of(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ours(folder: str) -> Scored:
    from fairground.wealth.property import linkage as engine

    def listing(name: str) -> engine.Listing:
        return engine.Listing.of(name, (entry(row) for row in rows_of(f"{folder}/{name}.csv")))

    def entry(row: dict[str, str]) -> engine.Entry:
        spot = (float(row["longitude"]), float(row["latitude"])) if row["longitude"] else (None, None)
        return engine.Entry(
            row["id"], row["name"], row["address"], row["postcode"], row["uprn"], row["kind"], *spot
        )

    truth: dict[str, str] = json.loads(Path(folder, "truth.json").read_text("utf-8"))
    pairs = engine.prepare(listing("council"), listing("community"))
    found = {
        (pairs.first.entries[a].id, pairs.second.entries[b].id)
        for a, b in zip(pairs.ones, pairs.twos, strict=True)
    }
    keys = sum(key in found for key in ((one, two) for two, one in truth.items() if one)) / sum(
        map(bool, truth.values())
    )
    labels: list[engine.Label] = []
    linkage = engine.link(pairs)
    for turn in range(ROUNDS):
        asked = engine.to_ask(linkage, LABELS // ROUNDS, seed=turn)
        labels += [engine.Label(one, two, truth[two] == one) for one, two in asked]
        linkage = engine.link(pairs, labels)
    print(
        f"recall of the keys {keys:.4f}, pairs {len(pairs.ones):,}, labels {len(linkage.labels)}",
        file=sys.stderr,
    )
    told = {(label.first, label.second) for label in labels}
    best: dict[str, tuple[str, float]] = {}
    for a, b, chance in zip(pairs.ones, pairs.twos, linkage.probability.tolist(), strict=True):
        one, two = pairs.first.entries[a].id, pairs.second.entries[b].id
        if (one, two) not in told and chance > best.get(two, ("", -1.0))[1]:
            best[two] = one, chance
    asked_of = {two for _, two in told}
    Path(folder, "asked.json").write_text(json.dumps(sorted(asked_of)), "utf-8")
    return [(one, two, chance) for two, (one, chance) in best.items() if two not in asked_of]


def common(folder: str) -> Scored:
    """UPRN, else the same postcode and the likest words: what is done without a library for linkage."""
    from rapidfuzz import fuzz

    council = rows_of(f"{folder}/council.csv")
    by_post: dict[str, list[int]] = {}
    by_uprn = {row["uprn"]: n for n, row in enumerate(council) if row["uprn"]}
    for n, row in enumerate(council):
        by_post.setdefault(row["postcode"], []).append(n)
    words = [f"{row['name']} {row['address']}".casefold() for row in council]
    found = []
    for row in rows_of(f"{folder}/community.csv"):
        if row["uprn"] in by_uprn:
            found.append((council[by_uprn[row["uprn"]]]["id"], row["id"], 101.0))
        elif row["postcode"] in by_post and row["postcode"]:
            text = f"{row['name']} {row['address']}".casefold()
            score, n = max((fuzz.token_set_ratio(text, words[n]), n) for n in by_post[row["postcode"]])
            found.append((council[n]["id"], row["id"], score))
    return found


def frames(folder: str):  # type: ignore[no-untyped-def]
    import pandas

    out = []
    for name in ("council", "community"):
        frame = pandas.read_csv(f"{folder}/{name}.csv", dtype=str).rename(columns={"id": "unique_id"})
        frame["name"] = frame["name"].str.lower().str.replace(r"[^a-z0-9 ]", "", regex=True)
        frame["address"] = frame["address"].str.lower().str.replace(r"[^a-z0-9 ]", "", regex=True)
        frame["longitude"], frame["latitude"] = (
            frame["longitude"].astype(float),
            frame["latitude"].astype(float),
        )
        frame["district"] = frame["postcode"].str.split(" ").str[0]
        frame["first_word"], frame["last_word"] = (
            frame["name"].str.split().str[0],
            frame["address"].str.split().str[-1],
        )
        frame["street"] = (
            frame["address"].str.replace(r"^\d+ ", "", regex=True).str.split().str[:2].str.join(" ")
        )
        frame["cell"] = (
            (frame["longitude"] * 100).round().astype("Int64").astype(str)
            + "/"
            + (frame["latitude"] * 150).round().astype("Int64").astype(str)
        )
        frame.loc[frame["longitude"].isna(), "cell"] = None
        out.append(frame)
    return out


def splink(folder: str) -> Scored:
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rules = [
        block_on("postcode"), block_on("uprn"), block_on("name"), block_on("cell"),
        block_on("first_word", "last_word"), block_on("street", "last_word"),
        block_on("first_word", "district"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8, 0.7]),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88, 0.8, 0.7]),
            cl.PostcodeComparison(
                "postcode", lat_col="latitude", long_col="longitude", km_thresholds=[0.3, 0.7, 3]
            ),
            cl.ExactMatch("uprn"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(frames(folder), settings, db_api=DuckDBAPI(), input_table_aliases=["council", "people"])
    linker.training.estimate_probability_two_random_records_match([block_on("uprn")], recall=0.04)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("postcode"), block_on("street", "last_word")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    out = linker.inference.predict(threshold_match_probability=0.0001).as_pandas_dataframe()
    pairs = zip(out["unique_id_l"], out["unique_id_r"], out["match_weight"], strict=True)
    return [(a, b, float(s)) if a.startswith("C") else (b, a, float(s)) for a, b, s in pairs]


def recordlinkage(folder: str) -> Scored:
    import recordlinkage as rl

    council, community = (frame.set_index("unique_id") for frame in frames(folder))
    index = rl.Index()
    for key in ("postcode", "uprn", ["first_word", "last_word"]):
        index.block(key)
    links = index.index(council, community)
    compare = rl.Compare()
    compare.string("name", "name", method="jarowinkler", threshold=0.85)
    compare.string("address", "address", method="jarowinkler", threshold=0.85)
    compare.exact("postcode", "postcode")
    compare.exact("district", "district")
    compare.exact("uprn", "uprn")
    compare.geo("latitude", "longitude", "latitude", "longitude", method="step", offset=0.7)
    vectors = (compare.compute(links, council, community).fillna(0) > 0.5).astype(int)
    chance = rl.ECMClassifier(binarize=None)
    chance.fit(vectors)
    return [(a, b, float(s)) for (a, b), s in chance.prob(vectors).items()]


CALLED = {"common practice": common, "recordlinkage": recordlinkage, "splink": splink, "ours": ours}


def judged(found: Scored, truth: dict[str, str], *, probability: bool) -> dict[str, float]:
    """Return F1 at its best and at a half, links at 99%, the ceiling, and the error of the probabilities."""
    best: dict[str, tuple[float, str]] = {}
    for one, two, score in found:
        best[two] = max(best.get(two, (-1e9, "")), (score, one))
    ranked = sorted(((score, truth[two] == one) for two, (score, one) in best.items()), reverse=True)
    total, right, out = sum(map(bool, truth.values())), 0, {"best": 0.0, "half": 0.0, "sure": 0.0, "ece": 0.0}
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for number, (score, is_right) in enumerate(ranked, 1):
        right += is_right
        f1 = 2 * right / (number + total)
        out["best"] = max(out["best"], f1)
        if right / number >= 0.99:
            out["sure"] = right / total
        if probability:
            out["half"] = f1 if score >= 0.5 else out["half"]
            bins[min(9, int(score * 10))].append((score, is_right))
    out["ceiling"] = right / total
    gaps = (abs(sum(s for s, _ in one) - sum(r for _, r in one)) for one in bins)
    out["ece"] = sum(gaps) / max(1, len(ranked))
    return out


def main(seed: int, council: int, community: int) -> None:
    import asset_pairs

    made = asset_pairs.pair(seed, council, community)
    truth = {
        row["id"]: made.council[at]["id"] if at >= 0 else ""
        for row, at in zip(made.community, made.truth, strict=True)
    }
    print(f"seed {seed}: {council:,} × {community:,}, {sum(map(bool, truth.values())):,} true links")
    heads = ("best F1", "F1 at ½", "links at 99%", "top one", "ECE", "s", "CPU s", "MB")
    print(f"{'side':16} " + " ".join(f"{head:>12}" for head in heads))
    with tempfile.TemporaryDirectory() as folder:
        asset_pairs.write(Path(folder, "council.csv"), made.council)
        asset_pairs.write(Path(folder, "community.csv"), made.community)
        Path(folder, "truth.json").write_text(json.dumps(truth), "utf-8")
        for side in SIDES:
            out = Path(folder, "found.json")
            python = sys.executable if side in ("ours", "common practice") else str(PEER)
            start = time.perf_counter()
            process = subprocess.Popen(
                [python, __file__, "--side", side, folder, str(out)], stdout=subprocess.DEVNULL
            )
            _, status, used = os.wait4(process.pid, 0)
            took = time.perf_counter() - start
            if status:
                sys.exit(f"{side} ended with status {status}")
            found = json.loads(out.read_text("utf-8"))
            known = truth
            if side == "ours":  # what was asked is not counted, on either side of the sum
                left_out = set(json.loads(Path(folder, "asked.json").read_text("utf-8")))
                known = {two: one for two, one in truth.items() if two not in left_out}
            got = judged(found, known, probability=side == "ours")
            judgement = " ".join(f"{got[name]:12.3f}" for name in ("best", "half", "sure", "ceiling", "ece"))
            cost = f"{took:12.1f} {used.ru_utime + used.ru_stime:12.1f} {used.ru_maxrss / 1024:12.0f}"
            print(f"{side:16} {judgement} {cost}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        Path(sys.argv[4]).write_text(json.dumps(CALLED[sys.argv[2]](sys.argv[3])), "utf-8")
    else:
        main(*map(int, (*sys.argv[1:], *("2", "100000", "20000")[len(sys.argv) - 1 :])))
