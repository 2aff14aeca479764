"""A table plan on paper: a page for each round with who sits at each table, then where each person goes.

One HTML file with its own style, for any browser to show and to print; it fetches nothing from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Table plan</title>
<style>
body { font: 1.1rem/1.4 system-ui, sans-serif; margin: 1rem; color: #0b0c0c; background: #fff; }
.page { break-after: page; }
.page:last-child { break-after: auto; }
.tables { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; }
section { border: 2px solid #0b0c0c; border-radius: 0.5rem; padding: 0.5rem 1rem; break-inside: avoid; }
h1 { margin: 0.5rem 0 1rem; } h2 { margin: 0; } ul { margin: 0.5rem 0; padding-left: 1.2rem; }
table { border-collapse: collapse; } caption { text-align: left; padding-bottom: 0.5rem; }
th, td { border-bottom: 1px solid #b1b4b6; padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; }
tr { break-inside: avoid; }
.wide { overflow-x: auto; }
</style>
</head>
<body>
<main>
"""
Rounds = Sequence[Sequence[Sequence[str]]]


def table_sheet(rounds: Rounds, called: Mapping[str, str], first: int = 1) -> str:
    """Return a table plan as an HTML page to print.

    Parameters
    ----------
    rounds : for each round the ids at each table. called : what each id is called on paper. first : the
        number of the first round.
    """
    pages = [_round(turn, tables, called) for turn, tables in enumerate(rounds, start=first)]
    return HEAD + "".join(pages) + _everybody(rounds, called, first) + "</main>\n</body>\n</html>\n"


def _round(turn: int, tables: Sequence[Sequence[str]], called: Mapping[str, str]) -> str:
    boxes = []
    for place, ids in enumerate(tables, start=1):
        names = "".join(f"<li>{escape(name)}</li>" for name in sorted(called.get(id, id) for id in ids))
        boxes.append(f"<section><h2>Table {place}</h2><ul>{names}</ul></section>\n")
    return f'<div class="page"><h1>Round {turn}</h1>\n<div class="tables">{"".join(boxes)}</div></div>\n'


def _everybody(rounds: Rounds, called: Mapping[str, str], first: int) -> str:
    at = [{id: place for place, ids in enumerate(tables, start=1) for id in ids} for tables in rounds]
    heads = "".join(f'<th scope="col">Round {turn}</th>' for turn in range(first, first + len(rounds)))
    rows = []
    for id in sorted({id for tables in at for id in tables}, key=lambda id: (called.get(id, id), id)):
        cells = "".join(f"<td>{tables.get(id, '')}</td>" for tables in at)
        rows.append(f'<tr><th scope="row">{escape(called.get(id, id))}</th>{cells}</tr>\n')
    return (
        '<div class="page"><h1>Where you sit</h1>\n<div class="wide" tabindex="0"><table>\n'
        "<caption>The table of each person in each round</caption>\n"
        f'<thead><tr><th scope="col">Person</th>{heads}</tr></thead>\n'
        f"<tbody>{''.join(rows)}</tbody></table></div></div>\n"
    )
