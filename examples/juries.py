"""Who sits on a citizens' jury? Twenty made-up volunteers, a jury of four, and what everyone's chance is."""

import json
import tempfile
from pathlib import Path

from fairground import report
from fairground.power.juries import (
    Pool,
    Quotas,
    Target,
    Volunteer,
    clashing,
    numbered,
    repairs,
    select,
    to_replace,
    verify,
)
from fairground.questions.power import (
    juries,
    jury_alternates,
    jury_checks,
    jury_draws,
    jury_rolls,
    lottery_file,
    roll,
    volunteers,
)

ages = ("16-29", "30-59", "60+")
people = [f"{n:02d},{ages[n % 3]},{('Woman', 'Man')[n % 2]},{n // 2} High Street" for n in range(20)]
targets = "feature,value,min,max\nage,16-29,1,2\nage,30-59,1,2\nage,60+,1,2\nsex,Woman,2,2\nsex,Man,2,2\n"

with tempfile.TemporaryDirectory() as folder:
    pool_file, target_file = Path(folder, "pool.csv"), Path(folder, "targets.csv")
    pool_file.write_text("\n".join(["id,age,sex,address", *people]) + "\n", "utf-8")
    target_file.write_text(targets, "utf-8")
    wanted, source = volunteers.read_targets(target_file)
    read = volunteers.read_pool(pool_file, wanted)
    stays_file = Path(folder, "stays.csv")
    stays_file.write_text("feature,value,stays\nage,16-29,0.7\n", "utf-8")
    staying, _ = volunteers.read_staying(stays_file, 0.9, wanted)
    print(report.headline(jury_checks.check(read, wanted, source, 4)))
    sealing, made = jury_draws.seal(
        read, wanted, source, 4, secret="keep this", announced=["the balls of Saturday"]
    )
    answer, files = juries.select(read, wanted, source, 4, values=["9, 18, 26"], secret="keep this")
print(report.headline(answer))
for line in report.working(answer):
    print(" ", line)

# Somebody else draws again from the public file, and the auditor counts the council's.
public = lottery_file.read_lottery(files.public, "draw.json")
print(report.headline(jury_checks.again(public, source)))
print(report.headline(jury_checks.look(lottery_file.read_lottery(files.council, "lottery.json"), source)))

# In public, the lottery is sealed first; days later the values are read out, and anyone draws from it.
print(report.headline(sealing))
drawn = jury_draws.opened(made.public, "sealed.json", ["9, 18, 26"])
print("the number of the sealed draw:", drawn.number, "of", len(drawn.numbered))
print("same seal:", public.resealed() == public.seal)
print("over more than juries:", lottery_file.seal_of(public.numbered) != public.seal)

# The seal is over pool and targets too: the council's file beside the public one, and one volunteer's record.
council = lottery_file.read_lottery(files.council, "lottery.json")
print(report.headline(jury_rolls.beside(public, council, (source, source))))
mine = roll.read_record(json.dumps(jury_rolls.own_proof(files.council, "03")), "my-record.json")
print(report.headline(jury_rolls.own(public, mine, (source,))))
secret_parts = (
    read.pool,
    Quotas(4, wanted),
    select(read.pool, Quotas(4, wanted)),
    [["00", "01"]],
    ["1"],
    "s",
)
print(
    "answers are in:",
    '"age"' in lottery_file.council_file(*secret_parts),
    '"old"' in lottery_file.public_file(*secret_parts),
)

# The same engine on people of one's own.
town = Pool(("side",), tuple(Volunteer(f"p{n}", ("north" if n else "south",)) for n in range(5)))
two = Quotas(2, (Target("side", "north", 1, 1), Target("side", "south", 1, 1)))
found = select(town, two)
ids = [person.id for person in town.volunteers]
print("chances:", {id: round(float(chance), 3) for id, chance in zip(ids, found.chances, strict=True)})
named = [[ids[n] for n in jury] for jury in found.lottery.juries]
chances = dict(zip(ids, found.chances, strict=True))
print("faults:", verify(town, two, named, found.lottery.weights, chances, found.levels).faults)
print("of four numbered juries:", sorted(numbered(found.kinds, found.mixture, 4)))
more = Quotas(2, (Target("side", "north", 0, 0), Target("side", "south", 2, 2)))
print(
    "clash:",
    [f"{t.feature} {t.value}" for t in clashing(town, more) or ()],
    "mend:",
    len(repairs(town, more)),
)
rest, free = to_replace(town, two, ["p0", "p3"], ["p3"])
print("in place of p3:", [p.id for p in rest.volunteers], [(t.value, t.low) for t in free.targets])
whole = lottery_file.read_lottery(files.council, "lottery.json")
new, _ = juries.replace(whole, source, whole.drawn().jury[:1], values=["7"], secret="keep this")
print(report.headline(new), "left:", whole.drawn().jury[0], "came:", new.value.panel)

# Who stands ready to step in, if one in ten does not come, and of the young almost four in ten.
ready = jury_alternates.step_in(whole, (source,), 2, staying).value
print(len(ready.alternates), "stand ready; less is missed with them:", ready.chosen < ready.without)
# Every jury that meets the targets equally likely: counted, so everyone's chance is an exact fraction.
even = select(town, two, "uniform", juries=100).sample
print("juries that meet the targets:", even.number, "chances:", [str(share) for share in even.exact])
