"""The pages of a jury's draw, for addresses.py."""

BUSES = "/power/juries/stoke-on-trent-bus-jury/"
OPEN = (
    f"{BUSES}draw/",
    f"{BUSES}draw/1/",
    f"{BUSES}draw/1/check/",
    f"{BUSES}draw/2/check/",
    f"{BUSES}draw/2/?still=yes",
    f"{BUSES}invitation/",
)
SIGNED_IN = (
    f"{BUSES}office/draw/",
    f"{BUSES}office/draw/2/read-out/",
    f"{BUSES}office/draw/2/call-off/",
    f"{BUSES}office/seats/",
    f"{BUSES}office/seats/invite/",
    f"{BUSES}office/seats/letters/",
    f"{BUSES}office/standby/",
    f"{BUSES}office/tables/",
    f"{BUSES}office/tables/?tables=4&sessions=3&names=on",
)
ELSEWHERE = {
    "power/juries/<slug:slug>/draw/<int:number>/draw.json": "a file",
    "power/juries/<slug:slug>/draw/<int:number>/sealed.txt": "a file",
    "power/juries/<slug:slug>/mine/draw/<int:number>/record.json": "a file",
    "power/juries/<slug:slug>/office/standby/step-in/": "gives free places away, then shows the seats",
    "power/juries/<slug:slug>/office/draw/<int:number>/lottery.json": "a file",
    "power/juries/<slug:slug>/office/seats/<uuid:pk>/answer/": "a form of one choice",
    "power/juries/<slug:slug>/office/seats/<uuid:pk>/again/": "the form of asking, for one person",
}
