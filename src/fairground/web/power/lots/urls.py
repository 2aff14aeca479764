"""The addresses of the pages of draws, under the jury that they are for."""

from django.urls import path

from fairground.web.power.lots.views import checking, draws, invitation, office, seats, standby, tables

app_name = "lots"
urlpatterns = [
    path("<slug:slug>/draw/", draws.every, name="draws"),
    path("<slug:slug>/draw/<int:number>/", draws.one, name="draw"),
    path("<slug:slug>/draw/<int:number>/draw.json", draws.public, name="public"),
    path("<slug:slug>/draw/<int:number>/check/", checking.steps, name="check"),
    path("<slug:slug>/draw/<int:number>/sealed.txt", checking.sealed_text, name="sealed_text"),
    path("<slug:slug>/mine/draw/<int:number>/record.json", checking.record, name="record"),
    path("<slug:slug>/invitation/", invitation.answer, name="invitation"),
    path("<slug:slug>/office/draw/", office.prepare, name="prepare"),
    path("<slug:slug>/office/draw/<int:number>/read-out/", office.read_out, name="read_out"),
    path("<slug:slug>/office/draw/<int:number>/call-off/", office.call_off, name="call_off"),
    path("<slug:slug>/office/draw/<int:number>/lottery.json", office.council, name="council"),
    path("<slug:slug>/office/seats/", seats.every, name="seats"),
    path("<slug:slug>/office/seats/invite/", seats.invite, name="invite"),
    path("<slug:slug>/office/seats/letters/", seats.letters, name="letters"),
    path("<slug:slug>/office/seats/<uuid:pk>/answer/", seats.answer, name="answer"),
    path("<slug:slug>/office/seats/<uuid:pk>/again/", seats.again, name="again"),
    path("<slug:slug>/office/standby/", standby.page, name="standby"),
    path("<slug:slug>/office/standby/step-in/", standby.step_in, name="step_in"),
    path("<slug:slug>/office/tables/", tables.tables, name="tables"),
]
