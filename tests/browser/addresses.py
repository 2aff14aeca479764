"""Every page of the site, each by an address that shows it filled, empty or in error."""

STOKE = "/wealth/funding/award/?place=Stoke-on-Trent&amount=56000000&years=5"

OPEN = (
    "/",
    "/places/",
    "/places/?q=stoke",
    "/places/?q=zzzzzz",
    "/places/stoke-on-trent/",
    "/places/north-east/",
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
    "/wealth/funding/formula/",
    "/wealth/funding/formula/?pot=1000&imd2025_average_score=7",
    "/data/",
    "/accessibility/",
    "/privacy/",
    "/account/login/code/",
    "/account/signup/",
    "/api/docs",
    "/demo/mailbox/",
    "/no-such-page/",
)
SIGNED_IN = ("/account/", "/account/roles/", "/account/delete/", "/account/2fa/webauthn/", "/jobs/")
EVERY = (*OPEN, *SIGNED_IN)
