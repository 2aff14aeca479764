"""The pages of a jury at work and after, for addresses.py."""

JURIES = "/power/juries/"
BUSES = f"{JURIES}stoke-on-trent-bus-jury/"
OPEN = (
    f"{BUSES}sessions/",
    f"{BUSES}sessions/2/",
    f"{JURIES}what-came-of-it/",
    f"{JURIES}what-came-of-it/things/",
    f"{BUSES}report/",
    f"{BUSES}report/2/",
    f"{BUSES}hearing/",
    f"{BUSES}evidence/",
    f"{BUSES}cost/",
)
SIGNED_IN = (
    f"{BUSES}office/payments/",
    f"{BUSES}office/payments/new/",
    f"{BUSES}office/sessions/new/",
    f"{BUSES}office/sessions/1/who/",
    f"{BUSES}office/sessions/1/material/",
    f"{BUSES}office/report/correct/",
    f"{BUSES}office/report/1/answer/",
    f"{BUSES}office/report/1/done/",
    f"{BUSES}office/report/letters/late/",
    f"{BUSES}office/sides/new/",
    f"{BUSES}office/experts/new/",
    f"{BUSES}office/evidence/new/",
    f"{BUSES}office/questions/new/",
)
ELSEWHERE = {
    "power/juries/<slug:slug>/office/payments/<int:pk>/strike/": "a form that asks for a reason",
    "power/juries/<slug:slug>/sessions/sessions.ics": "a file",
    "power/juries/<slug:slug>/news.atom": "a file",
    "power/juries/<slug:slug>/materials/<int:pk>/": "a file",
    "power/juries/<slug:slug>/evidence/<int:pk>/": "a file",
    "power/juries/what-came-of-it/news.atom": "a file",
    "power/juries/<slug:slug>/report/report.<str:kind>": "a file",
    "power/juries/<slug:slug>/letters-sent/<int:pk>/": "a letter, without the form below it",
    "power/juries/<slug:slug>/office/report/new/": "the form of every step",
    "power/juries/<slug:slug>/office/report/publish/": "only before a report: tests/web/power/sittings",
    "power/juries/<slug:slug>/office/report/<int:number>/words/": "the form of every step",
    "power/juries/<slug:slug>/office/report/<int:number>/vote/": "the form of every step",
    "power/juries/<slug:slug>/office/report/<int:number>/minority/": "the form of every step",
    "power/juries/<slug:slug>/office/report/<int:number>/drop/": "the form of every step",
    "power/juries/<slug:slug>/hearing/suggest/": "only before a jury has met: tests/web/power/sittings",
    "power/juries/<slug:slug>/office/experts/<int:pk>/accept/": "the form of a new expert, filled in",
    "power/juries/<slug:slug>/office/experts/<int:pk>/refuse/": "a form that asks for a reason",
    "power/juries/<slug:slug>/office/evidence/<int:pk>/remove/": "a form that asks for a reason",
    "power/juries/<slug:slug>/office/questions/<int:pk>/reply/": "a form of two boxes, as that of a question",
    "power/juries/<slug:slug>/office/sessions/<int:number>/change/": "the form of a new session, filled in",
    "power/juries/<slug:slug>/office/sessions/<int:number>/call-off/": "a form that asks for a reason",
    "power/juries/<slug:slug>/office/materials/<int:pk>/remove/": "a form that asks for a reason",
}
