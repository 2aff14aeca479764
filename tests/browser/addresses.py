"""Every page of the site, each by an address that shows it filled, empty or in error."""

STOKE = "/wealth/funding/award/?place=Stoke-on-Trent&amount=56000000&years=5"
MATCHING = (
    "/wealth/funding/counterfactual/?areas=outside-london&function=all-capital&prices=real&people=january"
)

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
    "/wealth/inequality/gap/?indicator=gdhi_per_head&level=district",
    "/wealth/inequality/gap-over-time/",
    "/wealth/inequality/over-time/",
    "/wealth/inequality/convergence/",
    "/wealth/inequality/standing/",
    "/wealth/inequality/standing/stoke-on-trent/",
    "/wealth/inequality/standing/?place=north-east&indicator=hle_female",
    "/wealth/inequality/standing/?place=atlantis",
    "/wealth/inequality/indicators/",
    "/wealth/inequality/claims/",
    "/wealth/inequality/claims/healthy-life-gap/",
    "/wealth/inequality/claims/stoke-56m/",
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
    "/api/docs",
    "/demo/mailbox/",
    "/no-such-page/",
)
SIGNED_IN = ("/account/", "/account/roles/", "/account/delete/", "/account/2fa/webauthn/", "/jobs/")
EVERY = (*OPEN, *SIGNED_IN)
