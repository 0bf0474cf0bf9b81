from django.urls import path

from sameboat.outside.operator import concerns, signposts, views

urlpatterns = [
    path("", views.desk, name="operator"),
    path("start-code", views.start_code, name="operator-start-code"),
    path("concerns", concerns.concerns, name="operator-concerns"),
    path("concerns.csv", concerns.stamps, name="operator-concerns-table"),
    path("concerns/<int:number>", concerns.concern, name="operator-concern"),
    path("concerns/<int:number>/read", concerns.read_concern, name="operator-concern-read"),
    path("concerns/<int:number>/answer", concerns.answer_concern, name="operator-concern-answer"),
    path("concerns/<int:number>/close", concerns.close_concern, name="operator-concern-close"),
    path("signposts", signposts.signposts, name="operator-signposts"),
    path("signposts/<slug:key>", signposts.signpost, name="operator-signpost"),
    path("signposts/<slug:key>/check", signposts.check_signpost, name="operator-signpost-check"),
    path("signposts/<slug:key>/change", signposts.change_signpost, name="operator-signpost-change"),
    path("signposts/<slug:key>/confirm", signposts.confirm_signpost, name="operator-signpost-confirm"),
    path("signposts/<slug:key>/put-aside", signposts.drop_change, name="operator-signpost-put-aside"),
]
