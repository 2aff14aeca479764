"""Every page of the site, each by an address that shows it filled, empty or in error.

A page that is in neither list fails `tests/web/pages/test_every_page_is_listed.py`.
"""

STOKE = "/wealth/funding/award/?place=Stoke-on-Trent&amount=56000000&years=5"
MATCHING = (
    "/wealth/funding/counterfactual/?areas=outside-london&function=all-capital&prices=real&people=january"
)

OPEN = (
    "/",
    "/places/",
    "/places/?q=stoke",
    "/places/?q=zzzzzz",
    "/places/?q=",
    "/places/stoke-on-trent/",
    "/places/north-east/",
    "/places/stoke-on-trnt/",
    "/wealth/inequality/",
    "/wealth/inequality/gap/",
    "/wealth/inequality/gap/?indicator=hle_female&period=2018-20",
    "/wealth/inequality/decompose/",
    "/wealth/inequality/claims/",
    "/wealth/funding/",
    "/wealth/funding/award/",
    STOKE,
    "/wealth/funding/award/?place=Atlantis&amount=-5&years=0",
    "/wealth/funding/counterfactual/",
    MATCHING,
    "/wealth/funding/counterfactual/?first=2016/17&last=2008/09",
    "/wealth/funding/schemes/",
    "/wealth/funding/schemes/capability-grant/",
    "/wealth/funding/schemes/capability-grant/?amount=28000000&level=districts",
    "/wealth/funding/schemes/levelling-up-index/?recovery=101",
    "/wealth/funding/schemes/barnett/",
    "/wealth/funding/formula/",
    "/wealth/funding/formula/sensitivity/",
    "/wealth/funding/formula/?pot=1000&imd2025_average_score=7",
    "/data/",
    "/accessibility/",
    "/privacy/",
    "/account/login/code/",
    "/account/signup/",
    "/account/deleted/",
    "/account/inactive/",
    "/api/docs",
    "/demo/mailbox/",
    "/wealth/inequality/gap/?indicator=gdhi_per_head&level=district",
    "/wealth/inequality/gap-over-time/",
    "/wealth/inequality/over-time/",
    "/wealth/inequality/convergence/",
    "/wealth/inequality/standing/",
    "/wealth/inequality/standing/stoke-on-trent/",
    "/wealth/inequality/standing/?place=north-east&indicator=hle_female",
    "/wealth/inequality/standing/?place=atlantis",
    "/wealth/inequality/indicators/",
    "/wealth/inequality/claims/healthy-life-gap/",
    "/wealth/inequality/claims/stoke-56m/",
    "/no-such-page/",
)
SIGNED_IN = (
    "/account/",
    "/account/roles/",
    "/account/delete/",
    "/account/email/",
    "/account/logout/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/jobs/",
)
EVERY = (*OPEN, *SIGNED_IN)

# Routes that are no page of their own, or whose page no address alone leads to; each with its reason.
ELSEWHERE = {
    "healthz": "for machines",
    "account/export/": "a file",
    "account/roles/<int:pk>/revoke/": "takes a role back, then shows the roles",
    "account/login/": "leads to the page that sends a code",
    "account/reauthenticate/": "leads back where a person has no password",
    "account/confirm-email/": "reached on the way: ways.py",
    "account/login/code/confirm/": "reached on the way: ways.py",
    "account/password/<path:rest>": "there are no passwords: not found",
    "account/2fa/authenticate/": "comes only between a code and a second step",
    "account/2fa/reauthenticate/": "comes only with a second step",
    "account/2fa/recovery-codes/": "there only once a passkey was added",
    "account/2fa/recovery-codes/generate/": "there only once a passkey was added",
    "account/2fa/recovery-codes/download/": "a file",
    "account/2fa/webauthn/reauthenticate/": "comes only with a second step",
    "account/2fa/webauthn/keys/<int:pk>/remove/": "only with a passkey: not looked at by axe yet",
    "account/2fa/webauthn/keys/<int:pk>/edit/": "only with a passkey: not looked at by axe yet",
    "account/2fa/webauthn/login/": "for the browser's script",
    "jobs/<uuid:pk>/": "reached on the way: ways.py",
    "jobs/<uuid:pk>/cancel/": "stops a job, then shows it",
    "wealth/funding/formula/register/": "seals a formula, then shows it",
    "wealth/funding/formula/<str:digest>/": "reached on the way: ways.py",
}
