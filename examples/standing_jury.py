"""A standing jury: it stays, its people change. Three rotations of a jury of four, and all who ever sat."""

import tempfile
from fractions import Fraction
from pathlib import Path

from fairground import report
from fairground.power.juries import (
    History,
    Pool,
    Quotas,
    Seats,
    Target,
    Turn,
    Volunteer,
    leaving,
    let_out,
    plan,
    shares_of,
    targets_for,
)
from fairground.questions.power import jury_history, people_tables, standing, volunteers

ages = ("16-29", "30-59", "60+")
people = [f"{n:02d},{ages[n % 3]},{('Woman', 'Man')[n % 2]},{n // 2} High Street" for n in range(30)]
targets = (
    "feature,value,min,max,share\nage,16-29,1,2,30%\nage,30-59,1,2,40%\nage,60+,1,2,30%\n"
    "sex,Woman,2,2,50%\nsex,Man,2,2,50%\n"
)

with tempfile.TemporaryDirectory() as folder:
    pool_file, target_file, past = (Path(folder, name) for name in ("pool.csv", "targets.csv", "history.csv"))
    pool_file.write_text("\n".join(["id,age,sex,address", *people]) + "\n", "utf-8")
    target_file.write_text(targets, "utf-8")
    past.write_text("", "utf-8")
    wanted, source = volunteers.read_targets(target_file)
    shares = volunteers.read_shares(target_file)
    pool = volunteers.read_pool(pool_file, wanted)
    for balls in ("9, 18, 26", "4, 11, 40", "2, 23, 31"):
        before = jury_history.read_history(past, wanted)
        answer, files = standing.rotate(
            before,
            pool,
            wanted,
            source,
            4,
            leave=2,
            cooling=3,
            shares=shares,
            values=[balls],
            secret="keep this",
        )
        print(report.headline(answer))
        past.write_text(files.history, "utf-8")
for line in report.working(answer)[:5]:
    print(" ", line)
for row in answer.value.rows:
    print(f"  {row.feature} {row.value}: {row.on_jury} on the jury, {row.ever} so far, {row.due:.1f} due")
first = jury_history.history_after(History(("age",), ()), [], {"p1": ("old",)}, {"p1": 1.0}, ["p1"])
print(first.splitlines(), people_tables.alike("16 – 29"))

# The same engine on people of one's own: eight people, three of them from the north, two leave.
turns = tuple(Turn(1, f"p{n}", ("north" if n < 3 else "south",), 0.5, True) for n in range(8))
print("leave:", leaving(History(("side",), turns), 2, ["9, 18, 26"]))
jury = Quotas(4, (Target("side", "north", 1, 2), Target("side", "south", 2, 3)))
so_far = Seats({("side", "south"): 2}, {("side", "south"): 4}, 4)
narrow, wide = targets_for(jury, shares_of(jury), so_far, 2)
print("targets:", [(t.value, t.low, t.high) for t in narrow])
southern = Pool(("side",), tuple(Volunteer(f"q{n}", ("north" if n < 1 else "south",)) for n in range(4)))
print("let out:", [(t.value, t.low, t.high) for t in let_out(southern, 2, narrow, wide) or ()])
print("plan:", plan([Fraction(1, 8), Fraction(7, 8)], [2, 2, 2, 2]).sum(axis=0).tolist())
