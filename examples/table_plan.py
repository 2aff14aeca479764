"""Who sits where? Twelve people at three tables for three rounds, mixed; then one leaves."""

import tempfile
from pathlib import Path

from fairground import report
from fairground.power.juries import Pool, Tables, Volunteer, Wishes, even_tables, met_before, seat
from fairground.questions.power import panels, table_plans

rows = [f"{n:02d},{('young', 'old')[n % 2]},{('north', 'south', 'west')[n % 3]}" for n in range(1, 13)]
with tempfile.TemporaryDirectory() as folder:
    panel, plan_file = Path(folder, "panel.csv"), Path(folder, "plan.csv")
    panel.write_text("\n".join(["id,age,side", *rows]) + "\n", "utf-8")
    wishes = Wishes(apart=(("01", "02"),), together=(("03", "04"),), fixed={"05": 1})
    read = panels.read_panel(panel)
    answer, plan = table_plans.table_plan(read, even_tables(12, 3), 3, wishes, seed=1)
    plan_file.write_text(panels.plan_csv(panels.seated(plan)), "utf-8")
    print(report.headline(answer))
    for line in report.working(answer):
        print(" ", line)
    held, source = panels.read_plan(plan_file, 1)
    rest = panels.read_panel(panel, left=["06"])
    again, _ = table_plans.table_plan(rest, even_tables(11, 3), 2, wishes, held=held, held_source=source)
    print(report.headline(again))

# The same engine on people of one's own.
nine = Pool((), tuple(Volunteer(f"p{n}", ()) for n in range(9)))
perfect = seat(Tables(nine, (3, 3, 3), 4))
print("nine people, four rounds:", perfect.pairs(), "of", perfect.tables.most_pairs(), "pairs meet")
print("met before:", int(met_before(nine, [[["p0", "p1", "p2"]]]).sum()) // 2, "pairs")
