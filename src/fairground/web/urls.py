"""Every address of the site: one line for each part.

Addresses follow the folders: /wealth/funding/ is fairground/web/wealth/funding/.
"""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from fairground.web.accounts import mailbox
from fairground.web.accounts import views as account_views
from fairground.web.api import views as api_views
from fairground.web.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("account/", include("fairground.web.accounts.urls")),
    path(
        "account/login/",
        RedirectView.as_view(pattern_name="account_request_login_code", query_string=True),
        name="account_login",
    ),
    path("account/password/<path:rest>", account_views.no_passwords),
    path("account/", include("allauth.urls")),
    path("jobs/", include("fairground.web.jobs.urls")),
    path("", include("fairground.web.pages.urls")),
    path("places/", include("fairground.web.places.urls")),
    path("wealth/inequality/", include("fairground.web.wealth.inequality.urls")),
    path("wealth/funding/", include("fairground.web.wealth.funding.urls")),
    path("wealth/property/matching/", include("fairground.web.wealth.matching.urls")),
    path("wealth/property/register/", include("fairground.web.wealth.register.urls")),
    path("wealth/property/", include("fairground.web.wealth.requests.urls")),
    path("wealth/property/", include("fairground.web.wealth.property.urls")),
    path("wealth/finance/", include("fairground.web.wealth.finance.urls")),
    path("opportunity/", include("fairground.web.opportunity.urls")),
    path("opportunity/greenspace/", include("fairground.web.opportunity.greenspace.urls")),
    path("opportunity/neighbourhoods/", include("fairground.web.opportunity.neighbourhoods.urls")),
    path("ballots/", include("fairground.web.ballots.urls")),
    path("power/budgeting/", include("fairground.web.results.urls")),
    path("power/budgeting/", include("fairground.web.power.budgeting.urls")),
    path("power/juries/", include("fairground.web.power.standing.urls")),
    path("power/juries/", include("fairground.web.power.lots.urls")),
    path("power/juries/", include("fairground.web.power.sittings.urls")),
    path("power/juries/", include("fairground.web.power.juries.urls")),
    path("api/docs", api_views.docs, name="api_docs"),
    path("api/", api_views.api.urls),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/mailbox/", mailbox.show, name="demo_mailbox"))

handler400 = "fairground.web.pages.views.bad_request"
handler403 = "fairground.web.pages.views.forbidden"
handler404 = "fairground.web.pages.views.not_found"
handler500 = "fairground.web.pages.views.failed"
