"""The addresses of a vote, under /ballots/ and the address of its round."""

from django.urls import path

from fairground.web.ballots import office, views

app_name = "ballots"
urlpatterns = [
    path("<slug:slug>/", views.start, name="start"),
    path("<slug:slug>/code/", views.by_code, name="code"),
    path("<slug:slug>/number/", views.by_number, name="number"),
    path("<slug:slug>/person/", views.by_person, name="person"),
    path("<slug:slug>/leave/", views.leave, name="leave"),
    path("<slug:slug>/ballot/", views.ballot, name="ballot"),
    path("<slug:slug>/cast/", views.cast_ballot, name="cast"),
    path("<slug:slug>/receipt/<str:code>/", views.receipt, name="receipt"),
    path("<slug:slug>/log/", views.log, name="log"),
    path("<slug:slug>/log.json", views.log_file, name="log_file"),
    path("<slug:slug>/paper.json", views.paper_file, name="paper_file"),
    path("<slug:slug>/office/", office.desk, name="desk"),
    path("<slug:slug>/office/roll/", office.import_roll, name="import_roll"),
    path("<slug:slug>/office/letters/", office.letters, name="letters"),
    path("<slug:slug>/office/new-letter/", office.new_letter, name="new_letter"),
    path("<slug:slug>/office/printed/", office.printed, name="printed"),
    path("<slug:slug>/office/hand-out/", office.hand_out, name="hand_out"),
    path("<slug:slug>/office/batches/", office.open_batch, name="open_batch"),
    path("<slug:slug>/office/batches/<int:pk>/", office.batch, name="batch"),
    path("<slug:slug>/office/batches/<int:pk>/aside/", office.aside, name="aside"),
    path("<slug:slug>/office/batches/<int:pk>/take-out/", office.take_out, name="take_out"),
    path("<slug:slug>/office/<str:deed>/", office.act, name="act"),
]
