"""A small pool of volunteers (nobody real), its targets, and the two files of a draw from it."""

from fairground.questions.power import juries, jury_draws
from fairground.questions.power.volunteers import read_pool, read_targets

AGES, SEXES = ("16-29", "30-59", "60+"), ("Woman", "Man")
ROWS = [f"{n:03d},{AGES[n % 3]},{SEXES[n % 2]},{n // 2} High Street,TS10 1A{'AB'[n % 2]}" for n in range(20)]
POOL = "\n".join(["id,age,sex,address,postcode", *ROWS]) + "\n"
TARGETS = "feature,value,min,max\nage,16-29,1,2\nage,30-59,1,2\nage,60+,1,2\nsex,Woman,2,2\nsex,Man,2,2\n"
# Nobody of the pool is over 90, so nobody can fill these two places.
CLASH = TARGETS.replace("age,60+,1,2", "age,60+,1,1\nage,90+,2,2").replace("age,30-59,1,2", "age,30-59,0,2")
# The first rotation of a standing jury of four; the second has not been held.
BEGAN = ("012", "015", "016", "017")
HISTORY = "rotation,id,age,sex,chance,drawn,left\n" + "".join(
    f"1,{','.join(row.split(',')[:3])},0.2,{'yes' if row[:3] in BEGAN else 'no'},\n" for row in ROWS
)

PANEL = "id,name,age,sex\n" + "".join(
    f"{n:03d},Person {n},{AGES[n % 3]},{SEXES[n // 6]}\n" for n in range(1, 12)
)  # fmt: skip
HELD = "round,table,id\n" + "".join(f"1,{n % 3 + 1},{n:03d}\n" for n in range(1, 12))

ADDRESSES = "address,postcode,area\n" + "".join(
    f"{n} High Street,TS10 {n // 40}AA,{('north', 'south')[n % 3 == 0]}\n" for n in range(1, 121)
)
RATES = (
    "area,rate,people,source,age: 16-29,age: 30-59,age: 60+\n"
    "north,0.4,1.8,our letters of 2025,0.2,0.4,0.4\nsouth,0.2,2.1,our letters of 2025,0.3,0.3,0.4\n"
)


def sealed(folder, way="values"):
    """Seal a lottery of the same pool and return the text of its public file, which has no values yet."""
    targets, source = read_targets(folder / "targets.csv")
    read = read_pool(folder / "pool.csv", targets)
    announced = ("Saturday's balls",)
    made = jury_draws.seal(read, targets, source, 4, secret="not a secret", announced=announced, way=way)
    return made[1].public


def files(folder):
    """Draw a jury of four from the pool in a folder and return the texts of both files."""
    targets, source = read_targets(folder / "targets.csv")
    read = read_pool(folder / "pool.csv", targets)
    return juries.select(read, targets, source, 4, values=("9, 18, 26",), secret="not a secret")[1]
