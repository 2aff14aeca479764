"""The addresses of the register, under /wealth/property/register/."""

from django.urls import path

from fairground.web.wealth.register.views import assets, community, finding, office

app_name = "register"
urlpatterns = [
    path("", finding.index, name="index"),
    path("news.atom", finding.feed, name="feed"),
    path("dates.ics", finding.dates, name="dates"),
    path("new/", office.new, name="new"),
    path("mine/", community.mine, name="mine"),
    path("follow/", community.follow, name="follow"),
    path("follow/<str:token>/confirm/", community.confirm, name="confirm"),
    path("follow/<str:token>/stop/", community.stop, name="stop"),
    path("assets/<uuid:pk>/", assets.one, name="asset"),
    path("assets/<uuid:pk>/news.atom", assets.news, name="asset_feed"),
    path("assets/<uuid:pk>/dates.ics", assets.dates, name="asset_dates"),
    path("assets/<uuid:pk>/change/", assets.change, name="change"),
    path("assets/<uuid:pk>/document/", assets.document, name="document"),
    path("assets/<uuid:pk>/add/<str:kind>/", community.add, name="add"),
    path("documents/<int:pk>/remove/", assets.remove_document, name="remove_document"),
    path("photos/<int:pk>/", assets.picture, name="photo"),
    path("photos/<int:pk>/remove/", assets.remove_picture, name="remove_photo"),
    path("contributions/<uuid:pk>/", community.one, name="contribution"),
    path("contributions/<uuid:pk>/decide/", community.decide, name="decide"),
    path("contributions/<uuid:pk>/appeal/", community.appeal, name="appeal"),
    path("contributions/<uuid:pk>/withdraw/", community.withdraw, name="withdraw"),
    path("<slug:slug>/", finding.one, name="register"),
    path("<slug:slug>/news.atom", finding.feed, name="register_feed"),
    path("<slug:slug>/dates.ics", finding.dates, name="register_dates"),
    path("<slug:slug>/missing/", community.missing, name="missing"),
    path("<slug:slug>/office/", office.desk, name="office"),
    path("<slug:slug>/office/publish/", office.publish, name="publish"),
    path("<slug:slug>/office/people/", office.people, name="people"),
    path("<slug:slug>/office/people/<int:pk>/take/", office.take_role, name="take_role"),
    path("<slug:slug>/office/lists/", office.send, name="send"),
    path("<slug:slug>/office/lists/<uuid:pk>/", office.taken, name="list"),
    path("<slug:slug>/office/lists/<uuid:pk>/drop/", office.drop, name="drop"),
    path("<slug:slug>/office/lists/<uuid:pk>/undo/", office.undo, name="undo"),
]
