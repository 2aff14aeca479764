"""The addresses of the pages of a jury's sittings."""

from django.urls import path

from fairground.web.power.sittings.views import answers, evidence, payments, recommendations, sessions

app_name = "sittings"
ONE, OFFICE = "<slug:slug>/", "<slug:slug>/office/"
urlpatterns = [
    path("what-came-of-it/", answers.tracker, name="tracker"),
    path("what-came-of-it/things/", answers.things, name="things"),
    path("what-came-of-it/news.atom", answers.tracker_news, name="tracker_news"),
    path(f"{ONE}sessions/", sessions.programme, name="sessions"),
    path(f"{ONE}sessions/<int:number>/", sessions.one, name="session"),
    path(f"{ONE}sessions/sessions.ics", sessions.dates, name="dates"),
    path(f"{ONE}news.atom", sessions.news, name="news"),
    path(f"{ONE}materials/<int:pk>/", sessions.material, name="material"),
    path(f"{ONE}hearing/", evidence.heard, name="hearing"),
    path(f"{ONE}hearing/suggest/", evidence.suggest, name="suggest"),
    path(f"{ONE}evidence/", evidence.read, name="evidence"),
    path(f"{ONE}evidence/<int:pk>/", evidence.file, name="evidence_file"),
    path(f"{ONE}report/", recommendations.report, name="report"),
    path(f"{ONE}report/<int:number>/", recommendations.one, name="recommendation"),
    path(f"{ONE}report/report.<str:kind>", recommendations.file, name="report_file"),
    path(f"{ONE}letters-sent/<int:pk>/", answers.sent, name="sent"),
    path(f"{OFFICE}report/new/", recommendations.add, name="add_recommendation"),
    path(f"{OFFICE}report/publish/", recommendations.publish, name="publish_report"),
    path(f"{OFFICE}report/correct/", recommendations.correct, name="correct"),
    path(f"{OFFICE}report/<int:number>/words/", recommendations.reword, name="reword"),
    path(f"{OFFICE}report/<int:number>/vote/", recommendations.vote, name="vote"),
    path(f"{OFFICE}report/<int:number>/minority/", recommendations.minority, name="minority"),
    path(f"{OFFICE}report/<int:number>/drop/", recommendations.drop, name="drop"),
    path(f"{OFFICE}report/<int:number>/answer/", answers.respond, name="respond"),
    path(f"{OFFICE}report/<int:number>/done/", answers.follow, name="follow"),
    path(f"{OFFICE}report/letters/<slug:about>/", answers.letter, name="letter"),
    path(f"{ONE}cost/", payments.cost, name="cost"),
    path(f"{OFFICE}payments/", payments.lines, name="payments"),
    path(f"{OFFICE}payments/new/", payments.add, name="pay"),
    path(f"{OFFICE}payments/<int:pk>/strike/", payments.strike, name="strike"),
    path(f"{OFFICE}sides/new/", evidence.add_side, name="add_side"),
    path(f"{OFFICE}experts/new/", evidence.add_witness, name="add_witness"),
    path(f"{OFFICE}experts/<int:pk>/accept/", evidence.accept, name="accept"),
    path(f"{OFFICE}experts/<int:pk>/refuse/", evidence.refuse, name="refuse"),
    path(f"{OFFICE}evidence/new/", evidence.add, name="add_evidence"),
    path(f"{OFFICE}evidence/<int:pk>/remove/", evidence.remove, name="remove_evidence"),
    path(f"{OFFICE}questions/new/", evidence.ask, name="ask"),
    path(f"{OFFICE}questions/<int:pk>/reply/", evidence.reply, name="reply"),
    path(f"{OFFICE}sessions/new/", sessions.add, name="add_session"),
    path(f"{OFFICE}sessions/<int:number>/change/", sessions.change, name="change_session"),
    path(f"{OFFICE}sessions/<int:number>/call-off/", sessions.call_off, name="call_off"),
    path(f"{OFFICE}sessions/<int:number>/who/", sessions.attendance, name="attendance"),
    path(f"{OFFICE}sessions/<int:number>/material/", sessions.add_material, name="add_material"),
    path(f"{OFFICE}materials/<int:pk>/remove/", sessions.remove_material, name="remove_material"),
]
