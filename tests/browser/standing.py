"""The pages of standing juries, for addresses.py."""

JURIES = "/power/juries/"
STANDING = f"{JURIES}standing/stoke-on-trent-standing-jury/"
OPEN = (f"{JURIES}standing/", STANDING)
SIGNED_IN = (
    f"{STANDING}next/",
    f"{STANDING}end/",
    f"{JURIES}stoke-on-trent-bus-jury/office/standing/",
)
ELSEWHERE = {
    "power/juries/standing/<slug:slug>/begin/": "begins a rotation, then shows the standing jury",
}
