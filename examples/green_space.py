"""How far is it to a park from one door, and from every door of a town? The town is made up."""

from pathlib import Path
from tempfile import TemporaryDirectory

from fairground import report
from fairground.questions.opportunity.green_coverage import coverage
from fairground.questions.opportunity.greenspace import check
from fairground.sources import town

with TemporaryDirectory() as folder:
    town.write(Path(folder))
    streets = Path(folder) / "town.osm.pbf"
    site = check(streets, at=(54.62, 2.0))
    print(report.headline(site))
    for row in site.value["rows"]:
        print(f"{row.measure:9} at least {row.hectares:g} ha  {row.verdict:8} {row.space}")
    print(report.headline(check(streets, at=(54.62, 2.0), rule_id="ags-local")))
    print(report.headline(coverage(streets, Path(folder) / "homes.csv")))
    print(report.headline(coverage(streets, min_hectares=0.5)))
