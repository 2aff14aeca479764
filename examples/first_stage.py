"""Who gets a letter, and which pool to expect? A made-up town whose south answers less."""

import tempfile
from pathlib import Path

from fairground import report
from fairground.power.juries import (
    Quotas,
    Stratum,
    Target,
    chosen_addresses,
    expect_pool,
    fewest_letters,
    share_letters,
)
from fairground.questions.power import addresses, first_stage, volunteers

homes = [f"{n} High Street,{('north', 'south')[n % 4 == 0]}" for n in range(1, 401)]
targets = "feature,value,min,max\nage,16-29,1,2\nage,30-59,2,3\nage,60+,1,2\n"
rates = (
    "area,rate,people,source,age: 16-29,age: 30-59,age: 60+\n"
    "north,12%,1.8,made up,15%,35%,50%\nsouth,4%,2.2,made up,30%,40%,30%\n"
)

with tempfile.TemporaryDirectory() as folder:
    files = [Path(folder, name) for name in ("addresses.csv", "targets.csv", "rates.csv")]
    for file, text in zip(files, ("\n".join(["address,area", *homes]) + "\n", targets, rates), strict=True):
        file.write_text(text, "utf-8")
    read = addresses.read_addresses(files[0], ["area"])
    known = addresses.read_rates(files[2], ["area"])
    wanted, source = volunteers.read_targets(files[1])
for way in ("equal", "evened"):
    answer, sent = first_stage.letters(read, known, number=160, way=way, values=["9, 18, 26"])
    parts = [f"{row.part_of_place} {row.letters} ({row.pool_chance:.1%})" for row in answer.value.rows]
    print(f"{way}: {', '.join(parts)}; the file has {len(sent.splitlines()) - 1} addresses")
    pool = first_stage.expect(read, known, wanted, source, 5, number=160, way=way, pools=60)
    print(" ", report.headline(pool))
    print("  whole chance:", {part.part_of_place: f"{part.of_address:.2%}" for part in pool.value.strata})
print("strata:", [(one.name, one.addresses) for one in addresses.strata_of(read, known, 0.02, ())])
print("letters file:", addresses.letters_csv(read, {("north",): [1, 2]}).splitlines())

# The same engine on numbers of one's own.
town = [
    Stratum(("north",), 900, 0.05, {("age", "young"): 0.2, ("age", "old"): 0.8}),
    Stratum(("south",), 600, 0.02, {("age", "young"): 0.4, ("age", "old"): 0.6}),
]
half = (Target("age", "young", 3, 3), Target("age", "old", 3, 3))
print("evened:", share_letters(town, 500), "fewest for twice the targets:", fewest_letters(town, half, 2))
found = expect_pool(town, share_letters(town, 800), Quotas(6, half), pools=50)
print(
    "fills a jury:",
    f"{found.filled} of {found.pools}",
    "addresses:",
    chosen_addresses(600, 3, ["7"], ("south",)),
)
