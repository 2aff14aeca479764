"""The pages of juries and their pools, as `addresses.py` lists those of the rest of the site."""

BUSES = "/power/juries/stoke-on-trent-bus-jury/"
PARKS = "/power/juries/stoke-on-trent-parks-jury/"
OPEN = (
    PARKS,
    f"{PARKS}volunteer/",
    f"{PARKS}volunteer/letter/",
    f"{BUSES}volunteer/",
    f"{BUSES}mine/",
)
SIGNED_IN = (
    f"{BUSES}office/letters/",
    f"{BUSES}office/letters/plan/",
    f"{BUSES}office/letters/parts/",
    f"{BUSES}office/people/",
    f"{BUSES}office/pool/",
    f"{BUSES}office/pool/people/",
    f"{BUSES}office/pool/people/?page=3",
    f"{BUSES}office/pool/people/7/",
    f"{BUSES}office/pool/people/7/change/",
    f"{BUSES}office/pool/people/7/withdraw/",
    f"{BUSES}office/pool/people/7/code/",
    f"{BUSES}office/pool/table/",
    f"{BUSES}office/erase/",
    f"{BUSES}office/pool/take-in/",
    f"{BUSES}office/targets/",
    f"{BUSES}office/targets/table/",
    f"{BUSES}office/targets/questions/",
    f"{BUSES}office/pool/write-down/",
)
ELSEWHERE = {
    "power/juries/<slug:slug>/office/targets/mend/": "changes targets, then shows the pool or the draw",
    "power/juries/<slug:slug>/office/pool/publish/": "publishes a table, then shows the pool",
    "power/juries/<slug:slug>/office/letters/letters.csv": "a file",
    "power/juries/<slug:slug>/office/people/<int:pk>/remove/": "takes a role, then shows the officers",
    "power/juries/<slug:slug>/office/pool/take-in/confirm/": "takes a table in, then shows the tables",
    "power/juries/<slug:slug>/office/pool/take-in/<uuid:pk>/undo/": "takes people out, then shows the tables",
    "power/juries/<slug:slug>/volunteer/<slug:step>/": "reached on the way: ways.py",
    "power/juries/<slug:slug>/volunteer/check/": "reached on the way: ways.py",
    "power/juries/<slug:slug>/volunteer/done/": "reached on the way: ways.py",
    "power/juries/<slug:slug>/volunteer/forget/": "forgets what was typed, then shows the jury",
    "power/juries/<slug:slug>/mine/change/": "reached on the way: ways.py",
    "power/juries/<slug:slug>/mine/withdraw/": "reached on the way: ways.py",
    "power/juries/<slug:slug>/mine/data.json": "a file",
    "power/juries/<slug:slug>/mine/leave/": "closes a volunteer's page, then shows the jury",
}
