"""Every address of the site; each module names its own below its prefix."""

from __future__ import annotations

from django.urls import include, path

from sameboat.config.api import api

urlpatterns = [
    path("api/", include("sameboat.config.api_page")),
    path("api/", api.urls),
    path("", include("sameboat.web.urls")),
    path("", include("sameboat.meetings.urls")),
    path("", include("sameboat.staff.urls")),
    path("", include("sameboat.told.urls")),
    path("", include("sameboat.oversight.urls")),
    path("", include("sameboat.outside.urls")),
]

handler400 = "sameboat.web.answers.not_understood"
handler404 = "sameboat.web.answers.not_here"
handler500 = "sameboat.web.answers.broken"
