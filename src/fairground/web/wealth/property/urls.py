"""Addresses of the property pages."""

from django.urls import path

from fairground.web.wealth.property.views import by_address, cases, feeds, letters, nominate, office, words

app_name = "property"
ONE = "cases/<uuid:pk>/"
urlpatterns = [
    path("", by_address.index, name="index"),
    path("case/", by_address.case, name="case"),
    path("nominate/", nominate.start, name="nominate"),
    path("nominate/send/", nominate.send, name="nominate_send"),
    path("nominate/<slug:slug>/", nominate.step, name="nominate_step"),
    path("cases/", cases.every, name="cases"),
    path("cases/open/", office.open_one, name="open"),
    path("cases/office/", office.dates, name="office"),
    path("cases/in/<str:place>/dates.ics", feeds.place_dates, name="place_dates"),
    path("cases/in/<str:place>/news.atom", feeds.place_news, name="place_news"),
    path(ONE, cases.one, name="kept"),
    path(f"{ONE}dates.ics", feeds.dates, name="dates"),
    path(f"{ONE}news.atom", feeds.news, name="news"),
    path(f"{ONE}case.json", feeds.whole, name="whole"),
    path(f"{ONE}publish/", office.publish, name="publish"),
    path(f"{ONE}record/", office.record, name="record"),
    path(f"{ONE}events/<int:event>/correct/", office.correct, name="correct"),
    path(f"{ONE}events/<int:event>/take-back/", office.take_back, name="take_back"),
    path(f"{ONE}close/", office.close, name="close"),
    path(f"{ONE}reopen/", office.reopen, name="reopen"),
    path(f"{ONE}letters/<int:event>/<slug:to>/", letters.draft, name="letter"),
    path(f"{ONE}sent/<int:letter>/", letters.sent, name="sent"),
    path(f"{ONE}sent/<int:letter>/take-back/", letters.take_back, name="take_back_letter"),
    path(f"{ONE}say/", words.say, name="say"),
    path(f"{ONE}said/<int:one>/check/", words.check, name="check"),
    path(f"{ONE}said/<int:one>/respond/", words.respond, name="respond"),
    path(f"{ONE}nomination/check/", words.check_nomination, name="check_nomination"),
]
