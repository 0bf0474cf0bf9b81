from django.urls import include, path

from sameboat.outside import concern_views, views

urlpatterns = [
    path("", views.front, name="front"),
    path("find", views.find, name="find"),
    path("how-groups-work", views.how_groups_work, name="how-groups-work"),
    path("what-stays-here", views.what_stays_here, name="what-stays-here"),
    path("help", views.get_help, name="help"),
    path("help/<slug:code>", views.get_help, name="help-in"),
    path("help/go/<slug:key>", views.go_to_signpost, name="help-go"),
    path("privacy", views.privacy, name="privacy"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("old-browser", views.old_browser, name="old-browser"),
    path("under-18", views.under_18, name="under-18"),
    path("concern", concern_views.concern, name="concern"),
    path("concern/look-up", concern_views.look_up, name="concern-look-up"),
    path("operator/", include("sameboat.outside.operator.urls")),
]
