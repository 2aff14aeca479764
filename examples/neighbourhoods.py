"""What does a day need, and who has it within 20 minutes there and back? The town is made up."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from fairground import report
from fairground.networks import Tiling, build_graph, profile, snap
from fairground.opportunity.neighbourhoods import joined, places_of, preset, reach, tiles
from fairground.questions.opportunity.neighbourhoods import score
from fairground.sources import town
from fairground.sources.streets import read_osm

with TemporaryDirectory() as folder:
    made = Path(folder)
    town.write(made)
    found = score(
        made / "town.osm.pbf",
        homes=made / "homes.csv",
        areas=made / "areas.csv",
        timetable=made / "buses.zip",
    )
    print(report.headline(found))
    for row in found.value.rows:
        shares = f"{row.share:6.1%} on foot  {row.beside_share:6.1%} on wheels"
        print(f"{row.name:24} {row.places:3} places  {shares}")

    # The same, piece by piece: how far are three places from a food shop, at once and tile by tile?
    streets = read_osm(made / "town.osm.pbf")
    graph, _ = build_graph(streets.ways, profile("walk"))
    food = preset("there-and-back").needs[0]
    doors = joined(graph, [places_of(streets, food, graph.projection)])
    places = np.array([2.0, 2.004, 1.996]), np.array([54.62, 54.621, 54.618])
    homes = snap(graph, *graph.projection.metres(*places))
    whole, _ = reach(graph, homes, doors, limit=1600.0)
    parts = np.full_like(whole, np.inf)
    for tile in tiles(Tiling(graph), homes, doors, limit=1600.0, metres=1600.0, side=300.0):
        parts[tile.rows] = tile.work()[0]
    metres, same = [round(one) for one in whole.ravel().tolist()], bool((whole == parts).all())
    print(metres, "metres; tile by tile the same:", same)
