"""Write what the survey package `svy` says of a made-up survey, for the test beside this file.

It runs in an environment of its own (`pip install svy==0.35.0`), not in the tests:

    python tests/oracles/property/svy_answers.py > tests/oracles/property/svy_answers.json
"""

import json
import sys

import polars
import svy

# stratum, councils in it, and of those that answered: what is known of all (x), the count (y)
STRATA = {
    "county": (24, [(41.2, 310), (28.9, 95), (66.0, 402), (12.4, 88), (35.5, 150)]),
    "district": (181, [(3.1, 12), (5.4, 3), (0.8, 0), (7.7, 41), (2.2, 19), (4.9, 15), (6.1, 2), (9.3, 30)]),
    "unitary": (59, [(22.0, 120), (14.6, 31), (31.1, 240), (18.4, 77), (9.9, 58), (25.3, 66)]),
    "borough": (69, [(50.7, 81), (33.3, 140), (61.9, 95), (20.2, 11)]),
}


def main():
    rows = [
        {"stratum": name, "size": size, "w": size / len(held), "x": x, "y": float(y), "one": 1.0}
        for name, (size, held) in STRATA.items()
        for x, y in held
    ]
    frame = polars.DataFrame(rows)
    plain = svy.Sample(frame, svy.Design(stratum="stratum", wgt="w", pop_size="size")).estimation
    told = {"version": svy.__version__, "strata": STRATA, "answers": {}}
    told["answers"]["stratified"] = figures(plain.total("y"))
    told["answers"]["ratio"] = figures(plain.ratio("y", "x"))
    whole = sum(size for size, _ in STRATA.values())
    every = frame.with_columns(polars.lit(whole).alias("size"), polars.lit(whole / len(rows)).alias("w"))
    told["answers"]["expansion"] = figures(
        svy.Sample(every, svy.Design(wgt="w", pop_size="size")).estimation.total("y")
    )
    for name in STRATA:
        part = frame.filter(polars.col("stratum") == name)
        alone = svy.Sample(part, svy.Design(wgt="w", pop_size="size")).estimation
        told["answers"][f"ratio of {name}"] = figures(alone.ratio("y", "x"))
    sys.stdout.write(json.dumps(told) + "\n")


def figures(estimate):
    found = estimate.estimates[0]
    return {"estimate": float(found.est), "error": float(found.se)}


main()
