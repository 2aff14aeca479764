"""The addresses of the pages of juries."""

from django.urls import path

from fairground.web.power.juries.views import entry, juries, own, people, pool, tables, targets, volunteering

app_name = "juries"
urlpatterns = [
    path("", juries.index, name="index"),
    path("new/", juries.new, name="new"),
    path("<slug:slug>/", juries.one, name="jury"),
    path("<slug:slug>/office/", juries.office, name="office"),
    path("<slug:slug>/office/change/", juries.change, name="change"),
    path("<slug:slug>/office/publish/", juries.publish, name="publish"),
    path("<slug:slug>/office/people/", people.officers, name="people"),
    path("<slug:slug>/office/people/<int:pk>/remove/", people.remove, name="remove_officer"),
    path("<slug:slug>/office/targets/", targets.edit, name="targets"),
    path("<slug:slug>/office/targets/table/", targets.table, name="targets_table"),
    path("<slug:slug>/office/targets/questions/", targets.questions, name="questions"),
    path("<slug:slug>/office/pool/", pool.dashboard, name="pool"),
    path("<slug:slug>/office/pool/write-down/", entry.write_down, name="write_down"),
    path("<slug:slug>/office/pool/table/", pool.export, name="export"),
    path("<slug:slug>/office/pool/take-in/", tables.choose, name="tables"),
    path("<slug:slug>/office/pool/take-in/confirm/", tables.confirm, name="table_confirm"),
    path("<slug:slug>/office/pool/take-in/<uuid:pk>/undo/", tables.undo, name="table_undo"),
    path("<slug:slug>/office/pool/people/", pool.people, name="volunteers"),
    path("<slug:slug>/office/pool/people/<int:number>/", pool.person, name="person"),
    path("<slug:slug>/office/pool/people/<int:number>/change/", pool.change, name="person_change"),
    path("<slug:slug>/office/pool/people/<int:number>/withdraw/", pool.remove, name="person_withdraw"),
    path("<slug:slug>/office/pool/people/<int:number>/code/", pool.renew, name="person_code"),
    path("<slug:slug>/volunteer/", volunteering.start, name="volunteer"),
    path("<slug:slug>/volunteer/check/", volunteering.check, name="volunteer_check"),
    path("<slug:slug>/volunteer/done/", volunteering.done, name="volunteer_done"),
    path("<slug:slug>/volunteer/forget/", volunteering.forget, name="volunteer_forget"),
    path("<slug:slug>/volunteer/<slug:step>/", volunteering.step, name="volunteer_step"),
    path("<slug:slug>/mine/", own.mine, name="mine"),
    path("<slug:slug>/mine/change/", own.change, name="mine_change"),
    path("<slug:slug>/mine/data.json", own.data, name="mine_data"),
    path("<slug:slug>/mine/withdraw/", own.withdraw, name="mine_withdraw"),
    path("<slug:slug>/mine/leave/", own.leave, name="mine_leave"),
]
